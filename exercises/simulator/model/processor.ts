import { CallList } from './call-list.ts'
import type { CallListState } from './call-list.ts'
import { stage } from './calls.ts'
import type { World } from './world.ts'

/** Longest that a call keeps a core while others wait for one. */
const sliceUs = 10_000

/** Saved processor. */
export interface ProcessorState {
  readonly busy: number
  readonly cores: number
  readonly factor: number
  readonly usedUs: number
  readonly runnable: CallListState
}

/** Cores that calls share in turns: for databases and whatever else computes without threads of its own. Uses `work`, `value` and `stage.work` of calls. */
export class Processor {
  cores: number
  /** Work takes this many times longer. */
  factor = 1
  /** Time on cores so far. */
  usedUs = 0
  busy = 0
  readonly runnable: CallList
  private readonly world: World
  private readonly part: number
  private readonly event: number

  /** @param event of the part that is handled by calling `done` with its payload */
  constructor(world: World, part: number, event: number, cores: number) {
    this.world = world
    this.part = part
    this.event = event
    this.cores = cores
    this.runnable = new CallList(world.calls)
  }

  /** Begins work, or lines it up. @param us of one core at full speed */
  begin(call: number, us: number): void {
    const { calls } = this.world
    calls.work[call] = Math.max(1, Math.round(us * this.factor))
    if (this.busy < this.cores) this.slice(call)
    else this.lineUp(call)
  }

  /** Handles the event. True when the work is done. */
  done(call: number, token: number): boolean {
    const { calls } = this.world
    if (calls.token[call] !== token) return false
    const tookUs = calls.value[call] as number
    const left = (calls.work[call] as number) - tookUs
    calls.work[call] = left
    this.usedUs += tookUs
    this.busy -= 1
    if (left > 0 && this.runnable.length === 0) {
      this.slice(call)
      return false
    }
    if (left > 0) this.lineUp(call)
    this.next()
    if (left > 0) return false
    calls.wake(call)
    return true
  }

  /** Takes a call off its core or out of the line. */
  stop(call: number): void {
    const { calls } = this.world
    if (calls.value[call] === 0) this.runnable.remove(call)
    else {
      this.busy -= 1
      this.next()
    }
    calls.wake(call)
  }

  /** Starts what waits, after `cores` has grown. */
  next(): void {
    while (this.busy < this.cores && this.runnable.length > 0) this.slice(this.runnable.shift())
  }

  save(): ProcessorState {
    const { busy, cores, factor, usedUs } = this
    return { busy, cores, factor, usedUs, runnable: this.runnable.save() }
  }

  load({ runnable, ...numbers }: ProcessorState): void {
    Object.assign(this, numbers)
    this.runnable.load(runnable)
  }

  private lineUp(call: number): void {
    const { calls } = this.world
    calls.wait(call, stage.work)
    calls.value[call] = 0
    this.runnable.push(call)
  }

  private slice(call: number): void {
    const { calls } = this.world
    const left = calls.work[call] as number
    const tookUs = left > sliceUs ? sliceUs : left
    this.busy += 1
    calls.value[call] = tookUs
    this.world.schedule(tookUs, this.part, this.event, call, calls.wait(call, stage.work))
  }
}
