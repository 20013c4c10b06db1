import { CallList } from '../call-list.ts'
import type { CallListState } from '../call-list.ts'
import { none } from '../calls.ts'
import type { Calls } from '../calls.ts'

/** Saved pool. */
export interface PoolState {
  readonly numbers: readonly number[]
  readonly waiting: CallListState
}

/** Connections of one replica to one target. Requests that find none free wait in line. */
export class ConnectionPool {
  size: number
  /** Lent to requests. */
  busy = 0
  /** Lent and never given back. */
  leaked = 0
  readonly waiting: CallList

  constructor(calls: Calls, size: number) {
    this.size = size
    this.waiting = new CallList(calls)
  }

  /** Takes a connection; false when all are in use. */
  take(): boolean {
    if (this.busy + this.leaked >= this.size) return false
    this.busy += 1
    return true
  }

  /** Gives a connection back, or loses it. Returns the request that gets it next, already counted, or none. */
  giveBack(leaks: boolean): number {
    this.busy -= 1
    if (leaks) this.leaked += 1
    return this.next()
  }

  /** The request that gets a connection now, already counted, or none. Also for when the pool has grown. */
  next(): number {
    if (this.waiting.length === 0 || !this.take()) return none
    return this.waiting.shift()
  }

  /** As in a new process. */
  clear(): void {
    this.busy = 0
    this.leaked = 0
  }

  save(): PoolState {
    return { numbers: [this.size, this.busy, this.leaked], waiting: this.waiting.save() }
  }

  load(state: PoolState): void {
    const [size = 0, busy = 0, leaked = 0] = state.numbers
    this.size = size
    this.busy = busy
    this.leaked = leaked
    this.waiting.load(state.waiting)
  }
}
