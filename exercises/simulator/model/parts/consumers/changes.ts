/** What can be done and can happen to a consumer group. */
import { z } from 'zod'
import { count, positiveCount, positiveDuration } from '../../../topology/quantity.ts'
import type { ChangeKind } from '../../part.ts'
import type { ConsumerGroup } from './group.ts'

const second = 1_000_000

function change<Arguments>(kind: ChangeKind<ConsumerGroup, Arguments>): ChangeKind<ConsumerGroup> {
  return kind as ChangeKind<ConsumerGroup>
}

function refusePartition(group: ConsumerGroup, partition: number): string | null {
  return partition < group.offsets.partitions ? null : `${group.name} reads partitions 0 to ${group.offsets.partitions - 1}.`
}

export const consumerChanges: readonly ChangeKind<ConsumerGroup>[] = [
  change({
    name: 'pause',
    use: 'both',
    summary: 'Consumers stop to fetch. They stay in the group, and messages stay in the topic.',
    schema: z.strictObject({}),
    durationUs: () => 5 * second,
    apply(group) {
      group.setPaused(true)
      return 'paused'
    },
    revert: (group) => group.setPaused(false),
  }),
  change({
    name: 'resume',
    use: 'action',
    summary: 'Consumers that were paused fetch again.',
    schema: z.strictObject({}),
    durationUs: () => 5 * second,
    refuse: (group) => (group.paused ? null : `${group.name} is not paused.`),
    apply(group) {
      group.setPaused(false)
      return 'fetches again'
    },
  }),
  change({
    name: 'skip-messages',
    use: 'action',
    summary: 'Moves the offset of a partition over messages, which are never handled. All consumers stop for it and join again.',
    schema: z.strictObject({ partition: count, messages: positiveCount.default(1) }),
    durationUs: () => 60 * second,
    refuse: (group, { partition }) => refusePartition(group, partition),
    apply(group, { partition, messages }) {
      const { committed } = group.offsets
      const log = group.log(partition)
      const before = Math.max(log.start, committed[partition] ?? 0)
      const after = Math.min(log.end, before + messages)
      group.restart('offsets are moved by hand', () => {
        committed[partition] = after
      })
      return `offset of partition ${partition} ${before} -> ${after}`
    },
  }),
  change({
    name: 'reset-offsets',
    use: 'action',
    summary: 'Moves all offsets: to earliest, to latest (what waits is never handled), or back by a time. All consumers stop for it and join again.',
    schema: z.strictObject({ to: z.enum(['earliest', 'latest']).optional(), back: positiveDuration.optional() }).refine(({ to, back }) => (to === undefined) !== (back === undefined), { error: 'needs one of to and back.' }),
    durationUs: () => 60 * second,
    apply(group, { to, back }) {
      const { offsets } = group
      const before = group.lag()
      group.restart('offsets are moved by hand', () => {
        for (let partition = 0; partition < offsets.partitions; partition += 1) {
          const log = group.log(partition)
          offsets.committed[partition] = to === 'latest' ? log.end : to === 'earliest' ? log.start : log.offsetAtUs(Math.max(0, group.clock.nowUs - (back ?? 0)))
        }
      })
      return `lag ${before} -> ${group.lag()} messages`
    },
  }),
  change({
    name: 'configure',
    use: 'both',
    summary: 'Changes consumers per pod, batch, max-poll-interval, session-timeout, assignment or retries. All consumers start anew.',
    schema: z.strictObject({
      'per-pod': positiveCount.refine((consumers) => consumers <= 64, { error: 'must be at most 64.' }).optional(),
      batch: positiveCount.optional(),
      'max-poll-interval': positiveDuration.optional(),
      'session-timeout': positiveDuration.optional(),
      assignment: z.enum(['eager', 'cooperative']).optional(),
      retries: z.union([z.literal('forever'), count]).optional(),
    }),
    durationUs: () => 45 * second,
    apply(group, args) {
      const before = group.settings
      const { retries } = args
      const after = {
        perPod: args['per-pod'] ?? before.perPod,
        batch: args.batch ?? before.batch,
        maxPollUs: args['max-poll-interval'] ?? before.maxPollUs,
        sessionUs: args['session-timeout'] ?? before.sessionUs,
        assignment: args.assignment ?? before.assignment,
        retries: retries === undefined ? before.retries : retries === 'forever' ? Number.POSITIVE_INFINITY : retries,
      }
      group.reconfigure(after)
      return Object.keys(args).map((name) => `${name} ${String(args[name as keyof typeof args])}`).join(', ')
    },
  }),
]
