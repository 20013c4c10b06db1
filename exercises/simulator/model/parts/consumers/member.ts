import { none } from '../../calls.ts'

/**
 * What a consumer does. `idle` polls and gets nothing, `parked` has joined a rebalance and waits for its end, `fetching`
 * waits for a batch, `handling` works on it, `gone` is a dead process that the coordinator may not have missed yet.
 */
export type MemberState = 'idle' | 'parked' | 'fetching' | 'handling' | 'gone'

/** Messages of one partition in a batch: from the first that is still to be handled, up to `to` - 1. */
export interface BatchRange {
  readonly partition: number
  readonly from: number
  at: number
  readonly to: number
}

/** Range of the message that a member handles, or is to handle next; undefined when its batch is done. */
export function currentRange(member: Member): BatchRange | undefined {
  return member.batch.find(({ at, to }) => at < to)
}

/** One consumer of a group. Plain data. */
export interface Member {
  readonly id: number
  readonly replica: number
  readonly slot: number
  /** Process of the replica: a restart makes another. */
  epoch: number
  state: MemberState
  /** Known to the coordinator as a member. One that was thrown out works on without knowing. */
  inGroup: boolean
  /** Has joined the rebalance that is under way. */
  joined: boolean
  /** Partitions that it reads, and those that it is to read once nobody else does. */
  partitions: number[]
  target: number[]
  /** Where it begins to look for messages at the next poll. */
  turn: number
  batch: BatchRange[]
  /** Handler's call, or none; when it began; the span around it and the span of the producer. */
  call: number
  startedUs: number
  span: number
  parentSpan: number
  /** Identifies the wait for a fetch, an answer or a retry. */
  wait: number
  pollUs: number
  heartbeatUs: number
}

/** A consumer that has started and is in no group yet. */
export function newMember(id: number, replica: number, slot: number, epoch: number, nowUs: number): Member {
  return { id, replica, slot, epoch, state: 'idle', inGroup: false, joined: false, partitions: [], target: [], turn: 0, batch: [], call: none, startedUs: 0, span: 0, parentSpan: 0, wait: 0, pollUs: nowUs, heartbeatUs: nowUs }
}
