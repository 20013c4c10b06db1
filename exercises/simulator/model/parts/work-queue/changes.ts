/** What can be done and can happen to a work queue. */
import { z } from 'zod'
import { positiveCount, positiveDuration, rate, share } from '../../../topology/quantity.ts'
import { action, either, fault } from '../../change-kind.ts'
import type { ChangeKind } from '../../part.ts'
import type { WorkQueue } from './work-queue.ts'

const second = 1_000_000
const nothing = z.strictObject({})

export const workQueueChanges: readonly ChangeKind<WorkQueue>[] = [
  either({
    name: 'pause',
    summary: 'Nobody gets messages any more; they wait.',
    schema: nothing,
    durationUs: () => 5 * second,
    apply(queue: WorkQueue) {
      queue.setPaused(true)
      return 'paused'
    },
    revert: (queue) => queue.setPaused(false),
  }),
  action({
    name: 'resume',
    summary: 'Messages are given out again.',
    schema: nothing,
    durationUs: () => 5 * second,
    refuse: (queue: WorkQueue) => (queue.paused ? null : `${queue.name} is not paused.`),
    apply(queue) {
      queue.setPaused(false)
      return 'gives messages out again'
    },
  }),
  action({
    name: 'purge',
    summary: 'Deletes all messages that wait. They are lost.',
    schema: nothing,
    durationUs: () => 10 * second,
    apply: (queue: WorkQueue) => `${queue.purge()} messages deleted`,
  }),
  action({
    name: 'redrive',
    summary: 'Sends dead letters back to the queue that they came from, at a rate.',
    schema: z.strictObject({ rate: rate.prefault('50/s') }),
    durationUs: () => 20 * second,
    refuse: (queue: WorkQueue) => (queue.source === null ? `No queue sends its dead letters to ${queue.name}.` : null),
    apply(queue, args) {
      const { waitingCount } = queue
      queue.redrive(args.rate)
      return `${waitingCount} messages go back to ${queue.source?.name ?? ''} at ${args.rate}/s`
    },
  }),
  either({
    name: 'configure',
    summary: 'Changes visibility, most-receives or per-pod.',
    schema: z.strictObject({ visibility: positiveDuration.optional(), 'most-receives': positiveCount.optional(), 'per-pod': positiveCount.optional() }),
    durationUs: () => 15 * second,
    apply(queue: WorkQueue, args) {
      const { settings: before } = queue
      queue.configure({ visibilityUs: args.visibility ?? before.visibilityUs, mostReceives: args['most-receives'] ?? before.mostReceives, perPod: args['per-pod'] ?? before.perPod })
      return `visibility ${before.visibilityUs / 1e6} s -> ${queue.settings.visibilityUs / 1e6} s, most receives ${before.mostReceives} -> ${queue.settings.mostReceives}, per pod ${before.perPod} -> ${queue.settings.perPod}`
    },
  }),
  fault({
    name: 'poison',
    summary: 'Messages that no consumer can handle: the next few, or a share of all.',
    schema: z.strictObject({ messages: positiveCount.optional(), share: share.optional() }).refine(({ messages, share: part }) => (messages === undefined) !== (part === undefined), { error: 'needs one of messages and share.' }),
    apply(queue: WorkQueue, args) {
      queue.poisonLeft += args.messages ?? 0
      queue.poisonShare = args.share ?? queue.poisonShare
      return args.messages === undefined ? `${queue.poisonShare * 100}% of messages cannot be handled` : `${args.messages} messages cannot be handled`
    },
    revert: (queue) => void (queue.poisonShare = 0),
  }),
  fault({
    name: 'down',
    summary: 'The queue refuses connections and gives nothing out.',
    schema: nothing,
    apply(queue: WorkQueue) {
      queue.down = true
      return 'refuses connections'
    },
    revert: (queue) => void (queue.down = false),
  }),
]
