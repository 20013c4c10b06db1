import { none } from './calls.ts'
import type { Calls } from './calls.ts'

/** Saved list. */
export interface CallListState {
  readonly head: number
  readonly tail: number
  readonly length: number
}

/** A queue of calls that wait, first come first served, linked through the calls themselves. A call waits in one queue at a time. */
export class CallList {
  head = none
  tail = none
  length = 0
  private readonly calls: Calls

  constructor(calls: Calls) {
    this.calls = calls
  }

  push(call: number): void {
    const { calls } = this
    calls.next[call] = none
    calls.previous[call] = this.tail
    if (this.tail === none) this.head = call
    else calls.next[this.tail] = call
    this.tail = call
    this.length += 1
  }

  /** The call that waits longest, taken out; none when the queue is empty. */
  shift(): number {
    const call = this.head
    if (call !== none) this.remove(call)
    return call
  }

  /** The call that came last, taken out. */
  pop(): number {
    const call = this.tail
    if (call !== none) this.remove(call)
    return call
  }

  /** Takes a call out of the middle; it must be in this queue. */
  remove(call: number): void {
    const { calls } = this
    const next = calls.next[call] as number
    const previous = calls.previous[call] as number
    if (previous === none) this.head = next
    else calls.next[previous] = next
    if (next === none) this.tail = previous
    else calls.previous[next] = previous
    this.length -= 1
  }

  save(): CallListState {
    return { head: this.head, tail: this.tail, length: this.length }
  }

  load(state: CallListState): void {
    this.head = state.head
    this.tail = state.tail
    this.length = state.length
  }
}
