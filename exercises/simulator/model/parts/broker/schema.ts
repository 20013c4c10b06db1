import { z } from 'zod'
import { distribution, duration, positiveCount, positiveDuration } from '../../../topology/quantity.ts'

/** Kafka allows more; a topology that needs more has a mistake. */
export const mostPartitions = 500

const partitions = positiveCount.refine((count) => count <= mostPartitions, { error: `must be at most ${mostPartitions}.` })

const topicSchema = z.strictObject({
  partitions: partitions.default(1),
  /** `key`: messages of one key go to one partition, in order. `none`: one partition after the other. */
  spread: z.enum(['key', 'none']).default('key'),
  /** Messages older than this are deleted, read or not. */
  retention: positiveDuration.default(86_400_000_000),
  /** Most messages that a partition keeps, whatever their age: the disk's share of the topic. */
  keep: positiveCount.default(200_000),
})

const topicName = z.string().regex(/^[a-zA-Z0-9._-]{1,249}$/, { error: 'a topic is named with letters, digits, dots, dashes and underscores, such as orders.created.' })

export const brokerSchema = z.strictObject({
  nodes: positiveCount.default(3),
  /** Who has a message when its producer gets an answer: all in-sync replicas, or the leader alone. */
  acks: z.enum(['all', 'leader']).default('all'),
  /** From the arrival of a message until its acknowledgement. */
  produce: distribution.prefault('lognormal(p50 2ms, p99 12ms)'),
  /** From a consumer's request until its batch has arrived. */
  fetch: distribution.prefault('1ms'),
  /** How long producers try to deliver while a partition has no leader. */
  'delivery-timeout': positiveDuration.default(120_000_000),
  /** Until a partition has a new leader after a node was lost. */
  failover: positiveDuration.default(8_000_000),
  /** How far followers are behind the leader; with acks: leader, so much is lost with it. */
  'replica-lag': duration.default(250_000),
  /** How long producers and consumers go by what they know of a topic's partitions. */
  'metadata-age': positiveDuration.default(300_000_000),
  topics: z.record(topicName, topicSchema.prefault({})).refine((topics) => Object.keys(topics).length > 0, { error: 'needs at least one topic, such as orders: { partitions: 12 }.' }),
})

export { partitions as partitionCount, topicName }
/** A broker as its topology says; times in microseconds. */
export type BrokerSpec = z.output<typeof brokerSchema>
export type TopicSpec = z.output<typeof topicSchema>
