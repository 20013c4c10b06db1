import { none } from '../../calls.ts'
import type { MessageLog } from '../broker/message-log.ts'

/** Keys whose order is watched: more would cost memory for nothing. */
const mostWatchedKeys = 65_536

/** Saved offsets. */
export interface OffsetsState {
  readonly committed: Float64Array
  readonly position: Float64Array
  readonly done: Float64Array
  readonly owner: Int32Array
  readonly tries: Int32Array
  readonly lastProducedUs: Float64Array
}

/** What a message that was handled is to its group. */
export interface HandledMessage {
  /** It was handled before: its offset had not been committed when its partition changed hands. */
  readonly redelivered: boolean
  /** A message of the same key that was produced later was handled before it. */
  readonly outOfOrder: boolean
}

const plain: HandledMessage = { redelivered: false, outOfOrder: false }
const again: HandledMessage = { redelivered: true, outOfOrder: false }
const late: HandledMessage = { redelivered: false, outOfOrder: true }

/** Where a group is in each partition of its topic. */
export class Offsets {
  /** Offset that a new owner begins at. */
  committed = new Float64Array(0)
  /** Offset that the owner fetches next. */
  position = new Float64Array(0)
  /** Every message below it has been handled at least once. */
  done = new Float64Array(0)
  /** Member that reads the partition, or none. */
  owner = new Int32Array(0)
  /** Tries of the message at which the partition stands. */
  tries = new Int32Array(0)
  private lastProducedUs = new Float64Array(0)

  get partitions(): number {
    return this.committed.length
  }

  /** Adds partitions, which begin at offset 0. */
  grow(partitions: number): void {
    const wider = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(partitions)
      grown.set(values)
      return grown
    }
    const owner = new Int32Array(partitions).fill(none)
    owner.set(this.owner)
    const tries = new Int32Array(partitions)
    tries.set(this.tries)
    Object.assign(this, { committed: wider(this.committed), position: wider(this.position), done: wider(this.done), owner, tries })
  }

  /** Messages that are in the partition and not committed. */
  lag(partition: number, log: MessageLog): number {
    return Math.max(0, log.end - Math.max(this.committed[partition] ?? 0, log.start))
  }

  /** Takes an owner, who begins where the group has committed. */
  give(partition: number, member: number): void {
    this.owner[partition] = member
    this.position[partition] = this.committed[partition] ?? 0
    this.tries[partition] = 0
  }

  /** A message has been handled. */
  handled(partition: number, offset: number, key: number, producedUs: number): HandledMessage {
    const redelivered = offset < (this.done[partition] ?? 0)
    this.done[partition] = Math.max(this.done[partition] ?? 0, offset + 1)
    if (redelivered) return again
    if (key >= mostWatchedKeys || key < 0) return plain
    if (key >= this.lastProducedUs.length) {
      let length = 1024
      while (length <= key) length *= 2
      const grown = new Float64Array(length)
      grown.set(this.lastProducedUs)
      this.lastProducedUs = grown
    }
    const last = this.lastProducedUs[key] ?? 0
    if (producedUs < last) return late
    this.lastProducedUs[key] = producedUs
    return plain
  }

  save(): OffsetsState {
    const { committed, position, done, owner, tries, lastProducedUs } = this
    return { committed: committed.slice(), position: position.slice(), done: done.slice(), owner: owner.slice(), tries: tries.slice(), lastProducedUs: lastProducedUs.slice() }
  }

  load(state: OffsetsState): void {
    this.committed = state.committed.slice()
    this.position = state.position.slice()
    this.done = state.done.slice()
    this.owner = state.owner.slice()
    this.tries = state.tries.slice()
    this.lastProducedUs = state.lastProducedUs.slice()
  }
}
