import { none } from './calls.ts'
import type { Calls } from './calls.ts'

/** Saved holds. */
export interface HoldState {
  readonly columns: readonly Int32Array[]
  readonly numbers: readonly number[]
}

/**
 * What frames hold and must give back when they end, however they end: connections of pools, permits, locks.
 * A list for each frame; `unit` is a number of the part that lent it.
 */
export class Holds {
  part = new Int32Array(64)
  unit = new Int32Array(64)
  private next = new Int32Array(64)
  private used = 0
  private free = none
  private readonly calls: Calls

  constructor(calls: Calls) {
    this.calls = calls
  }

  /** Notes that the frame holds a unit of a part. */
  add(call: number, part: number, unit: number): void {
    let entry = this.free
    if (entry !== none) this.free = this.next[entry] as number
    else {
      entry = this.used
      if (entry === this.part.length) this.grow()
      this.used += 1
    }
    this.part[entry] = part
    this.unit[entry] = unit
    this.next[entry] = this.calls.holds[call] as number
    this.calls.holds[call] = entry
  }

  /** Whether the frame holds this unit. */
  has(call: number, part: number, unit: number): boolean {
    for (let entry = this.calls.holds[call] as number; entry !== none; entry = this.next[entry] as number) {
      if (this.part[entry] === part && this.unit[entry] === unit) return true
    }
    return false
  }

  /** Whether the frame holds any unit of a part from this number up. */
  hasFrom(call: number, part: number, from: number): boolean {
    for (let entry = this.calls.holds[call] as number; entry !== none; entry = this.next[entry] as number) {
      if (this.part[entry] === part && (this.unit[entry] as number) >= from) return true
    }
    return false
  }

  /** Takes one unit of a part off the frame's list and returns it; -1 when it holds none. */
  removeAny(call: number, part: number): number {
    for (let entry = this.calls.holds[call] as number; entry !== none; entry = this.next[entry] as number) {
      const unit = this.unit[entry] as number
      if (this.part[entry] === part && this.remove(call, part, unit)) return unit
    }
    return -1
  }

  /** Takes one unit off the frame's list; false when it does not hold it. */
  remove(call: number, part: number, unit: number): boolean {
    let before = none
    for (let entry = this.calls.holds[call] as number; entry !== none; entry = this.next[entry] as number) {
      if (this.part[entry] === part && this.unit[entry] === unit) {
        if (before === none) this.calls.holds[call] = this.next[entry] as number
        else this.next[before] = this.next[entry] as number
        this.next[entry] = this.free
        this.free = entry
        return true
      }
      before = entry
    }
    return false
  }

  /** Takes the latest hold off the frame's list and returns its entry, whose `part` and `unit` can be read at once; none when there is none. */
  pop(call: number): number {
    const entry = this.calls.holds[call] as number
    if (entry === none) return none
    this.calls.holds[call] = this.next[entry] as number
    this.next[entry] = this.free
    this.free = entry
    return entry
  }

  save(): HoldState {
    return { columns: [this.part, this.unit, this.next].map((column) => column.slice(0, this.used)), numbers: [this.used, this.free] }
  }

  load(state: HoldState): void {
    const [used = 0, free = none] = state.numbers
    while (this.part.length < used) this.grow()
    for (const [index, column] of [this.part, this.unit, this.next].entries()) column.set(state.columns[index] ?? [])
    this.used = used
    this.free = free
  }

  private grow(): void {
    const larger = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(column.length * 2)
      grown.set(column)
      return grown
    }
    this.part = larger(this.part)
    this.unit = larger(this.unit)
    this.next = larger(this.next)
  }
}
