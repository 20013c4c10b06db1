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
  /** Partitions that it reads. */
  partitions: number[]
  /** Where it begins to look for messages at the next poll. */
  turn: number
  batch: BatchRange[]
  /** Handler's call, or none; its tries before this one; the span around it. */
  call: number
  tries: number
  startedUs: number
  /** Identifies the wait for a fetch or a retry. */
  wait: number
  pollUs: number
  heartbeatUs: number
}

export function newMember(id: number, replica: number, slot: number, epoch: number, nowUs: number): Member {
  return { id, replica, slot, epoch, state: 'idle', inGroup: false, joined: false, partitions: [], turn: 0, batch: [], call: none, tries: 0, startedUs: 0, wait: 0, pollUs: nowUs, heartbeatUs: nowUs }
}
