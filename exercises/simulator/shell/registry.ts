import type { Command } from './command.ts'
import { helpCommands } from './help.ts'
import { kubectl } from './kubectl/index.ts'
import { aws } from './machine/aws.ts'
import { date, hostname, whoami } from './machine/date.ts'
import { git } from './machine/git.ts'
import { df, free, top } from './machine/host.ts'
import { iostat, uptime, vmstat } from './machine/load.ts'
import { curl } from './network/curl.ts'
import { dig, nslookup } from './network/dns.ts'
import { ping, traceroute } from './network/ping.ts'
import { netstat, ss } from './network/sockets.ts'
import { openssl } from './network/openssl.ts'
import { psql } from './psql/index.ts'
import { kafkaConsumerGroups, kafkaLeaderElection, kafkaTopics } from './stores/kafka.ts'
import { redisCli } from './stores/redis.ts'

const askers: readonly Command[] = [kubectl, psql, redisCli, kafkaConsumerGroups, kafkaTopics, kafkaLeaderElection, curl, dig, nslookup, ping, traceroute, ss, netstat, openssl, aws, git, df, free, top, uptime, vmstat, iostat, date, hostname, whoami]

/** All commands that ask the simulated world. */
export const commands: readonly Command[] = [...askers, ...helpCommands(askers)]
