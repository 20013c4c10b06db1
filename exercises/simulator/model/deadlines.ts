import { noTimer } from '../engine/index.ts'
import type { Component, ComponentId, Simulation, TimerHandle } from '../engine/index.ts'
import type { Calls } from './calls.ts'
import type { Part } from './part.ts'

const stride = 4
/** Different timeouts with a queue of their own; the deadlines of others are single events. */
const mostRings = 64
const ringEvent = 0
const singleEvent = 1
/** Stands for the timer while a ring is being gone through. */
const inHand = -1

/** Deadlines of one duration: they fall due in the order in which they were set, so one event waits for all of them. */
interface Ring {
  readonly durationUs: number
  /** deadline, token, call, part of each. */
  entries: Float64Array
  first: number
  length: number
  timer: TimerHandle
}

/** Saved deadlines. */
export interface DeadlineState {
  readonly rings: readonly Ring[]
}

/**
 * Timeouts of waits. Nearly all of them are outlived by what they guard, so a wait costs a few stores here and no event:
 * only the oldest deadline of each duration that still matters has one.
 */
export class Deadlines implements Component<DeadlineState> {
  private readonly simulation: Simulation
  private readonly calls: Calls
  private readonly parts: readonly Part[]
  private readonly id: ComponentId
  private rings: Ring[] = []
  private ringByDuration = new Map<number, number>()
  private lastDuration = -1
  private lastRing = -1

  constructor(simulation: Simulation, calls: Calls, parts: readonly Part[]) {
    this.simulation = simulation
    this.calls = calls
    this.parts = parts
    this.id = simulation.register('deadlines', this)
  }

  /** Calls `expired(call)` of the part after the duration, unless the call's token has changed by then. */
  set(part: number, call: number, token: number, durationUs: number): void {
    const index = durationUs === this.lastDuration ? this.lastRing : this.ringOf(durationUs)
    const dueUs = this.simulation.nowUs + durationUs
    const ring = this.rings[index]
    if (ring === undefined) {
      this.simulation.scheduleAt(dueUs, this.id, singleEvent, part * 2 ** 24 + call, token)
      return
    }
    const capacity = ring.entries.length / stride
    if (ring.length === capacity) enlarge(ring)
    const at = ((ring.first + ring.length) & (ring.entries.length / stride - 1)) * stride
    ring.entries[at] = dueUs
    ring.entries[at + 1] = token
    ring.entries[at + 2] = call
    ring.entries[at + 3] = part
    ring.length += 1
    if (ring.timer === noTimer) ring.timer = this.simulation.scheduleAt(dueUs, this.id, ringEvent, index)
  }

  handle(kind: number, a: number, b: number): void {
    if (kind === singleEvent) {
      const call = a % 2 ** 24
      if (this.calls.token[call] === b) this.parts[Math.floor(a / 2 ** 24)]?.expired(call)
      return
    }
    const ring = this.rings[a]
    if (ring === undefined) return
    // Handlers that run in this loop may set deadlines of the same duration; the loop itself sees to their timer.
    ring.timer = inHand
    while (ring.length > 0) {
      const { entries } = ring
      const at = ring.first * stride
      const call = entries[at + 2] as number
      if (this.calls.token[call] !== entries[at + 1]) {
        dropFirst(ring)
        continue
      }
      if ((entries[at] as number) > this.simulation.nowUs) {
        ring.timer = this.simulation.scheduleAt(entries[at] as number, this.id, ringEvent, a)
        return
      }
      const part = entries[at + 3] as number
      dropFirst(ring)
      this.parts[part]?.expired(call)
    }
    ring.timer = noTimer
  }

  save(): DeadlineState {
    return { rings: this.rings.map((ring) => ({ ...ring, entries: ring.entries.slice() })) }
  }

  load(state: DeadlineState): void {
    this.rings = state.rings.map((ring) => ({ ...ring, entries: ring.entries.slice() }))
    this.ringByDuration = new Map(this.rings.map((ring, index) => [ring.durationUs, index]))
    this.lastDuration = -1
  }

  private ringOf(durationUs: number): number {
    let index = this.ringByDuration.get(durationUs) ?? -1
    if (index < 0 && this.rings.length < mostRings) {
      index = this.rings.length
      this.rings.push({ durationUs, entries: new Float64Array(64 * stride), first: 0, length: 0, timer: noTimer })
      this.ringByDuration.set(durationUs, index)
    }
    this.lastDuration = durationUs
    this.lastRing = index
    return index
  }
}

function dropFirst(ring: Ring): void {
  ring.first = (ring.first + 1) & (ring.entries.length / stride - 1)
  ring.length -= 1
}

function enlarge(ring: Ring): void {
  const grown = new Float64Array(ring.entries.length * 2)
  const head = ring.entries.subarray(ring.first * stride)
  grown.set(head)
  grown.set(ring.entries.subarray(0, ring.first * stride), head.length)
  ring.entries = grown
  ring.first = 0
}
