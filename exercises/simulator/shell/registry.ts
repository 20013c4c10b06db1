import type { Command } from './command.ts'
import { helpCommands } from './help.ts'
import { kubectl } from './kubectl/index.ts'
import { aws } from './machine/aws.ts'
import { date, hostname, whoami } from './machine/date.ts'
import { git } from './machine/git.ts'
import { df, free, top } from './machine/host.ts'
import { curl } from './network/curl.ts'
import { dig, nslookup } from './network/dns.ts'
import { openssl } from './network/openssl.ts'
import { psql } from './psql/index.ts'
import { kafkaConsumerGroups, kafkaTopics } from './stores/kafka.ts'
import { redisCli } from './stores/redis.ts'

const askers: readonly Command[] = [kubectl, psql, redisCli, kafkaConsumerGroups, kafkaTopics, curl, dig, nslookup, openssl, aws, git, df, free, top, date, hostname, whoami]

/** All commands that ask the simulated world. */
export const commands: readonly Command[] = [...askers, ...helpCommands(askers)]
