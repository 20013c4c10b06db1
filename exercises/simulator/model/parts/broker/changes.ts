/** What can be done and can happen to a broker. */
import { z } from 'zod'
import { count, positiveCount, rate, share } from '../../../topology/quantity.ts'
import type { ChangeKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import type { Broker } from './broker.ts'
import { partitionCount } from './schema.ts'

const second = 1_000_000
const topic = z.string()

function change<Arguments>(kind: ChangeKind<Broker, Arguments>): ChangeKind<Broker> {
  return kind as ChangeKind<Broker>
}

function refuseTopic(broker: Broker, name: string, partition?: number): string | null {
  const found = broker.topics[broker.operation(name)]
  if (found === undefined) return `${broker.name} has no topic "${name}".${didYouMean(name, broker.operationNames())} It has: ${broker.operationNames().join(', ')}.`
  if (partition !== undefined && partition >= found.logs.length) return `${name} has partitions 0 to ${found.logs.length - 1}.`
  return null
}

export const brokerChanges: readonly ChangeKind<Broker>[] = [
  change({
    name: 'add-partitions',
    use: 'both',
    summary: 'Adds partitions to a topic, up to the number given. Keys move to other partitions, messages do not; it cannot be undone.',
    schema: z.strictObject({ topic, partitions: partitionCount }),
    durationUs: () => 5 * second,
    refuse(broker, args) {
      const refused = refuseTopic(broker, args.topic)
      const now = broker.topics[broker.operation(args.topic)]?.logs.length ?? 0
      return refused ?? (args.partitions <= now ? `${args.topic} has ${now} partitions already; a topic cannot lose partitions.` : null)
    },
    apply(broker, args) {
      const index = broker.operation(args.topic)
      const before = broker.topics[index]?.logs.length ?? 0
      broker.addPartitions(index, args.partitions)
      return `partitions of ${args.topic} ${before} -> ${args.partitions}`
    },
  }),
  change({
    name: 'replay',
    use: 'action',
    summary: 'Sends the messages of one topic to another with their keys, at a rate: dead letters after a fix.',
    schema: z.strictObject({ from: topic, to: topic, rate: rate.prefault('50/s') }),
    durationUs: () => 20 * second,
    refuse: (broker, { from, to }) => refuseTopic(broker, from) ?? refuseTopic(broker, to) ?? (from === to ? 'A topic cannot be replayed into itself.' : null),
    apply(broker, args) {
      const from = broker.operation(args.from)
      const messages = broker.topics[from]?.logs.reduce((sum, log) => sum + log.length, 0) ?? 0
      broker.replay(from, broker.operation(args.to), args.rate)
      return `${messages} messages of ${args.from} go to ${args.to} at ${args.rate}/s`
    },
  }),
  change({
    name: 'purge',
    use: 'action',
    summary: 'Deletes all messages of a topic. They are lost.',
    schema: z.strictObject({ topic }),
    durationUs: () => 10 * second,
    refuse: (broker, args) => refuseTopic(broker, args.topic),
    apply(broker, args) {
      const logs = broker.topics[broker.operation(args.topic)]?.logs ?? []
      const messages = logs.reduce((sum, log) => sum + log.length, 0)
      for (const log of logs) log.dropBefore(log.end)
      return `${messages} messages of ${args.topic} deleted`
    },
  }),
  change({
    name: 'poison',
    use: 'fault',
    summary: 'Messages that no consumer can handle: the next few, or a share of all.',
    schema: z.strictObject({ topic, messages: positiveCount.optional(), share: share.optional() }).refine(({ messages, share: part }) => (messages === undefined) !== (part === undefined), { error: 'needs one of messages and share.' }),
    durationUs: () => 0,
    refuse: (broker, args) => refuseTopic(broker, args.topic),
    apply(broker, args) {
      const found = broker.topics[broker.operation(args.topic)]
      if (found === undefined) return 'nothing'
      found.poisonLeft += args.messages ?? 0
      found.poisonShare = args.share ?? found.poisonShare
      return args.messages === undefined ? `${found.poisonShare * 100}% of messages cannot be handled` : `${args.messages} messages cannot be handled`
    },
    revert(broker, args) {
      const found = broker.topics[broker.operation(args.topic)]
      if (found !== undefined) found.poisonShare = 0
    },
  }),
  change({
    name: 'lose-node',
    use: 'fault',
    summary: 'A node dies. Its partitions have no leader until another node takes over.',
    schema: z.strictObject({ node: count.default(0) }),
    durationUs: () => 0,
    apply(broker, { node }) {
      broker.setNode(node, false)
      return `node ${node} is down`
    },
    revert: (broker, { node }) => broker.setNode(node, true),
  }),
  change({
    name: 'restart-node',
    use: 'action',
    summary: 'Starts a node that is down.',
    schema: z.strictObject({ node: count }),
    durationUs: () => 60 * second,
    refuse: (broker, { node }) => (broker.downNodes.includes(node) ? null : `Node ${node} is not down.`),
    apply(broker, { node }) {
      broker.setNode(node, true)
      return `node ${node} is up`
    },
  }),
  change({
    name: 'lose-partition',
    use: 'fault',
    summary: 'A partition has no leader: it can be neither written nor read.',
    schema: z.strictObject({ topic, partition: count }),
    durationUs: () => 0,
    refuse: (broker, args) => refuseTopic(broker, args.topic, args.partition),
    apply(broker, args) {
      broker.lose(broker.operation(args.topic), args.partition, Number.POSITIVE_INFINITY)
      return `${args.topic}-${args.partition} has no leader`
    },
    revert: (broker, args) => broker.elect(broker.operation(args.topic), args.partition),
  }),
  change({
    name: 'elect-leader',
    use: 'action',
    summary: 'Makes a replica the leader of a partition that has none, as kafka-leader-election does.',
    schema: z.strictObject({ topic, partition: count }),
    durationUs: () => 15 * second,
    refuse: (broker, args) => refuseTopic(broker, args.topic, args.partition) ?? (broker.isOnline(broker.operation(args.topic), args.partition) ? `${args.topic}-${args.partition} has a leader.` : null),
    apply(broker, args) {
      broker.elect(broker.operation(args.topic), args.partition)
      return `${args.topic}-${args.partition} has a leader`
    },
  }),
  change({
    name: 'slow',
    use: 'fault',
    summary: 'Acknowledgements take longer, as with slow disks.',
    schema: z.strictObject({ factor: z.number().positive().max(10_000) }),
    durationUs: () => 0,
    apply(broker, { factor }) {
      broker.factor = factor
      return `acknowledgements take ${factor} times as long`
    },
    revert: (broker) => void (broker.factor = 1),
  }),
  change({
    name: 'disk-full',
    use: 'fault',
    summary: 'There is no room for new messages.',
    schema: z.strictObject({}),
    durationUs: () => 0,
    apply(broker) {
      broker.full = true
      return 'no room for new messages'
    },
    revert: (broker) => void (broker.full = false),
  }),
  change({
    name: 'free-disk',
    use: 'action',
    summary: 'Deletes old messages earlier, so that there is room.',
    schema: z.strictObject({}),
    durationUs: () => 45 * second,
    apply(broker) {
      broker.full = false
      for (const { logs } of broker.topics) for (const log of logs) log.dropBefore(log.end - Math.ceil(log.length / 2))
      return 'the older half of all messages deleted'
    },
  }),
]
