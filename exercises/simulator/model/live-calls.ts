import { none } from './calls.ts'
import type { Calls } from './calls.ts'

/** All calls that a part or a replica has, whatever they wait for, linked through the calls themselves. */
export class LiveCalls {
  head = none
  length = 0
  private readonly calls: Calls

  constructor(calls: Calls) {
    this.calls = calls
  }

  add(call: number): void {
    const { calls } = this
    calls.liveNext[call] = this.head
    calls.livePrevious[call] = none
    if (this.head !== none) calls.livePrevious[this.head] = call
    this.head = call
    this.length += 1
  }

  remove(call: number): void {
    const { calls } = this
    const next = calls.liveNext[call] as number
    const previous = calls.livePrevious[call] as number
    if (previous === none) this.head = next
    else calls.liveNext[previous] = next
    if (next !== none) calls.livePrevious[next] = previous
    this.length -= 1
  }

  /** The calls, the newest first, as they are now. */
  list(): readonly number[] {
    const found: number[] = []
    for (let call = this.head; call !== none; call = this.calls.liveNext[call] as number) found.push(call)
    return found
  }

  save(): readonly number[] {
    return [this.head, this.length]
  }

  load([head = none, length = 0]: readonly number[]): void {
    this.head = head
    this.length = length
  }
}
