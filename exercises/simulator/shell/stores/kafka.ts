import type { World } from '../../model/index.ts'
import { Broker } from '../../model/parts/broker/broker.ts'
import { describeGroup } from '../../model/parts/consumers/describe.ts'
import { ConsumerGroup } from '../../model/parts/consumers/group.ts'
import { askFor } from '../ask-action.ts'
import { podIp, pods } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'

/** Kafka's tools write `--name value`; switches stand alone. */
export function optionsOf(args: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [index, word] of args.entries()) if (word.startsWith('--')) found.set(word.slice(2), args[index + 1]?.startsWith('--') === false ? (args[index + 1] ?? '') : '')
  return found
}

/** Brokers of the topology. */
export const brokers = (world: World): readonly Broker[] => world.parts.filter((part) => part instanceof Broker)
const groups = (world: World): readonly ConsumerGroup[] => world.parts.filter((part) => part instanceof ConsumerGroup)

/** The broker of --bootstrap-server, or the tool's complaint. */
export function brokerOf(world: World, options: ReadonlyMap<string, string>, pod: string | null): Broker | CommandResult {
  const server = options.get('bootstrap-server')
  if (server === undefined) return failed('Missing required argument "[bootstrap-server]"')
  const host = server.replace(/:\d+$/, '').replace(/-\d+$/, '')
  const found = brokers(world).find(({ name }) => name === host || (host === 'localhost' && (pod?.startsWith(name) ?? true)))
  return found ?? failed(`org.apache.kafka.common.config.ConfigException: No resolvable bootstrap urls given in bootstrap.servers: ${server}`)
}

function describe(world: World, group: ConsumerGroup): string {
  const { partitions, state, members } = describeGroup(group)
  const addresses = new Map(pods(world, world.nowUs).map(({ name, ip }) => [name, ip]))
  const note = state === 'PreparingRebalance' ? `\nWarning: Consumer group '${group.name}' is rebalancing.\n` : members.length === 0 ? `\nConsumer group '${group.name}' has no active members.\n` : ''
  const rows = partitions.map(({ topic, partition, currentOffset, logEndOffset, lag, consumer, pod }) => [group.name, topic, String(partition), String(currentOffset), String(logEndOffset), String(lag), consumer ?? '-', pod === null ? '-' : `/${addresses.get(pod) ?? podIp(group.index, 0)}`, consumer === null ? '-' : (pod ?? '-')])
  return `${note}\n${columns([['GROUP', 'TOPIC', 'PARTITION', 'CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG', 'CONSUMER-ID', 'HOST', 'CLIENT-ID'], ...rows], 1)}`
}

/** `kafka-consumer-groups.sh`. */
export const kafkaConsumerGroups: Command = {
  name: 'kafka-consumer-groups.sh',
  summary: 'list and describe consumer groups with their lag; move offsets',
  synopsis: ['kafka-consumer-groups.sh --bootstrap-server BROKER:9092 --list', 'kafka-consumer-groups.sh --bootstrap-server BROKER:9092 --describe --group GROUP [--state|--members]', 'kafka-consumer-groups.sh --bootstrap-server BROKER:9092 --group GROUP --reset-offsets --to-latest|--to-earliest --execute'],
  description: ['Tells what the coordinator of a group knows now: offsets committed, ends of the logs, and who reads what.', 'Moving offsets is an action for which all consumers stop and join again. Messages that are skipped are never handled.'],
  answers: ['cmd.kafka-consumer-groups', 'cmd.metric-consumer-lag'],
  run({ world, args, pod }) {
    const options = optionsOf(args)
    const broker = brokerOf(world, options, pod)
    if ('exitCode' in broker) return broker
    const own = groups(world).filter((group) => group.parts.broker === broker)
    if (options.has('list')) return printedLines(own.map(({ name }) => name))
    const name = options.get('group')
    if (name === undefined && !options.has('all-groups')) return failed('Command must include exactly one action: [list], [describe], [reset-offsets]; describe and reset-offsets need --group or --all-groups')
    const chosen = own.filter((group) => name === undefined || group.name === name)
    const [group] = chosen
    if (group === undefined) return failed(`Error: Consumer group '${name ?? ''}' does not exist.`)
    if (options.has('reset-offsets')) {
      if (!options.has('execute')) return failed('WARN: No action will be performed as the --execute option is missing.', 0)
      const to = options.has('to-latest') ? 'latest' : options.has('to-earliest') ? 'earliest' : null
      return to === null ? failed('One of --to-latest and --to-earliest is needed; others are not part of this simulation.') : askFor(world, { action: 'reset-offsets', target: group.name, to }, `Offsets of ${group.name} are set to ${to}.\n`)
    }
    if (!options.has('describe')) return failed('Command must include exactly one action: [list], [describe], [reset-offsets]')
    if (options.has('state')) return printed(`\n${columns([['GROUP', 'COORDINATOR (ID)', 'STATE', '#MEMBERS'], ...chosen.map((one) => { const { state, members } = describeGroup(one); return [one.name, `${broker.name}-0:9092 (0)`, state, String(members.length)] })], 1)}`)
    if (options.has('members')) return printed(`\n${columns([['GROUP', 'CONSUMER-ID', 'CLIENT-ID', '#PARTITIONS'], ...chosen.flatMap((one) => describeGroup(one).members.map((member) => [one.name, member.consumer, member.pod, String(member.partitions.length)]))], 1)}`)
    return printed(chosen.map((one) => describe(world, one)).join(''))
  },
  candidates: (world, words) => (words.at(-1) === '--group' ? groups(world).map(({ name }) => name) : words.at(-1) === '--bootstrap-server' ? brokers(world).map(({ name }) => `${name}:9092`) : ['--bootstrap-server', '--describe', '--group', '--list', '--all-groups', '--members', '--state', '--reset-offsets', '--to-latest', '--to-earliest', '--execute']),
}

/** `kafka-topics.sh`. */
export const kafkaTopics: Command = {
  name: 'kafka-topics.sh',
  summary: 'list and describe topics with their leaders; add partitions',
  synopsis: ['kafka-topics.sh --bootstrap-server BROKER:9092 --list', 'kafka-topics.sh --bootstrap-server BROKER:9092 --describe [--topic TOPIC]', 'kafka-topics.sh --bootstrap-server BROKER:9092 --alter --topic TOPIC --partitions N'],
  description: ['Leaders and partitions are those of now. A partition without a leader can be neither written nor read.', 'Adding partitions is an action that cannot be undone: keys move to other partitions, messages do not.'],
  answers: ['cmd.kafka-topics-describe', 'cmd.kafka-topics-alter'],
  run({ world, args, pod, nowUs }) {
    const options = optionsOf(args)
    const broker = brokerOf(world, options, pod)
    if ('exitCode' in broker) return broker
    if (options.has('list')) return printedLines(broker.topics.map(({ name }) => name).toSorted())
    const wanted = options.get('topic')
    const chosen = broker.topics.filter(({ name }) => wanted === undefined || name === wanted)
    if (chosen.length === 0) return failed(`Error while executing topic command : Topic '${wanted ?? ''}' does not exist as expected`)
    if (options.has('alter')) {
      const count = Number(options.get('partitions') ?? '')
      if (wanted === undefined || !Number.isInteger(count) || count < 1) return failed('Missing required argument "[partitions]" or "[topic]"')
      return askFor(world, { action: 'add-partitions', target: broker.name, topic: wanted, partitions: count }, '')
    }
    if (!options.has('describe')) return failed('Command must include exactly one action: --list, --describe or --alter')
    const nodes = Array.from({ length: broker.spec.nodes }, (_, index) => index)
    return printedLines(chosen.flatMap((topic) => [
      `Topic: ${topic.name}\tPartitionCount: ${topic.logs.length}\tReplicationFactor: ${broker.spec.nodes}\tConfigs: retention.ms=${topic.spec.retention / 1000}`,
      ...topic.logs.map((_, partition) => `\tTopic: ${topic.name}\tPartition: ${partition}\tLeader: ${(topic.offlineUntilUs[partition] ?? 0) > nowUs ? 'none' : (topic.leaders[partition] ?? 'none')}\tReplicas: ${nodes.join(',')}\tIsr: ${nodes.filter((node) => !broker.downNodes.includes(node)).join(',')}`),
    ]))
  },
  candidates: (world, words) => (words.at(-1) === '--topic' ? brokers(world).flatMap(({ topics }) => topics.map(({ name }) => name)) : words.at(-1) === '--bootstrap-server' ? brokers(world).map(({ name }) => `${name}:9092`) : ['--bootstrap-server', '--describe', '--topic', '--list', '--alter', '--partitions']),
}

/** `kafka-leader-election.sh`. */
export const kafkaLeaderElection: Command = {
  name: 'kafka-leader-election.sh',
  summary: 'make a replica the leader of a partition that has none',
  synopsis: ['kafka-leader-election.sh --bootstrap-server BROKER:9092 --election-type unclean --topic TOPIC --partition N'],
  description: ['An action that takes some seconds. It is refused for a partition that has a leader.'],
  answers: [],
  run({ world, args, pod }) {
    const options = optionsOf(args)
    const broker = brokerOf(world, options, pod)
    if ('exitCode' in broker) return broker
    const topic = options.get('topic')
    const partition = Number(options.get('partition') ?? Number.NaN)
    if (topic === undefined || !Number.isInteger(partition) || !options.has('election-type')) return failed('Missing required option(s) [election-type], [topic] or [partition]')
    return askFor(world, { action: 'elect-leader', target: broker.name, topic, partition }, `Successfully completed leader election for partition ${topic}-${partition}\n`)
  },
  candidates: (world, words) => (words.at(-1) === '--topic' ? brokers(world).flatMap(({ topics }) => topics.map(({ name }) => name)) : words.at(-1) === '--bootstrap-server' ? brokers(world).map(({ name }) => `${name}:9092`) : ['--bootstrap-server', '--election-type', '--topic', '--partition']),
}
