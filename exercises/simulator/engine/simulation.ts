import { EventQueue, latestTimeUs, mostKinds } from './event-queue.ts'
import type { EventQueueState, TimerHandle } from './event-queue.ts'
import { RandomStream } from './random-stream.ts'

/**
 * A part of the simulated world. Everything that it remembers between events is plain data, which `save` returns as a
 * copy (see `copyState`) and `load` restores, without keeping a reference to what it was given. References to the
 * simulation and to other components are made when the world is built, and are no state.
 */
export interface Component<State extends object = object> {
  /** An event that was scheduled for this component. `kind`, `a` and `b` are what was scheduled. */
  handle(kind: number, a: number, b: number): void
  save(): State
  load(state: State): void
}

/** Index of a component, in order of registration. */
export type ComponentId = number

/** Why `runUntil` returned: the time was reached, a handler called `pause`, or `mostEvents` were handled. */
export type RunOutcome = 'reached' | 'paused' | 'limit'

/** A simulation between two events, copied: plain data and typed arrays. */
export interface SimulationState {
  readonly seed: number | string
  readonly nowUs: number
  readonly eventCount: number
  readonly queue: EventQueueState
  readonly streams: Readonly<Record<string, Int32Array>>
  readonly components: readonly { readonly name: string; readonly state: object }[]
}

/**
 * Events at one instant that are taken for a loop of zero delays: a hang told as an error. A thundering herd of every
 * client of a large topology is still far below this.
 */
export const mostEventsAtOneInstant = 5_000_000

/**
 * A discrete-event simulation: a clock in whole microseconds from 0, events in order of (time, scheduling), components
 * that handle them, and a random stream per source. It paces nothing: it advances when told, and time at rest costs
 * nothing, so pause, 1x, 10x and "as fast as possible" are the same code with different calls of `runUntil`.
 *
 * Build the same components in the same order from the same seed and do the same things at the same times, and every
 * run is the same, byte for byte.
 */
export class Simulation {
  readonly seed: number | string
  /** The present, in microseconds from the start. Only the simulation writes it. */
  nowUs = 0
  /** Events handled so far. Only the simulation writes it. */
  eventCount = 0

  private readonly queue = new EventQueue()
  private readonly components: Component[] = []
  private readonly names: string[] = []
  private readonly streams = new Map<string, RandomStream>()
  private pauseAsked = false
  private eventsAtThisInstant = 0

  constructor(seed: number | string) {
    this.seed = seed
  }

  /** Events that wait. */
  get pendingEvents(): number {
    return this.queue.size
  }

  /** Adds a component while the world is built. @param name unique, such as `checkout/pool` @throws RangeError for a name that is taken */
  register(name: string, component: Component): ComponentId {
    if (this.names.includes(name)) throw new RangeError(`A component is called "${name}" already.`)
    if (this.components.length === mostKinds) throw new RangeError(`A simulation holds ${mostKinds} components.`)
    this.components.push(component)
    this.names.push(name)
    return this.components.length - 1
  }

  /** The random stream of this name; the same object whenever it is asked for. Ask once and keep it. */
  stream(name: string): RandomStream {
    const known = this.streams.get(name)
    if (known !== undefined) return known
    const made = new RandomStream(this.seed, name)
    this.streams.set(name, made)
    return made
  }

  /**
   * Schedules an event after a delay. Events of the same time happen in the order in which they were scheduled.
   * @param delayUs whole microseconds, 0 for "after everything already scheduled for now"
   * @param target from `register` @param kind 0 to 65535, for the component to tell its events apart
   * @returns a handle for `cancel`, unique in this run and plain data @throws RangeError for a delay that is negative or no integer
   */
  schedule(delayUs: number, target: ComponentId, kind: number, a = 0, b = 0): TimerHandle {
    return this.scheduleAt(this.nowUs + delayUs, target, kind, a, b)
  }

  /** Schedules an event at a time that is not in the past. See `schedule`. */
  scheduleAt(timeUs: number, target: ComponentId, kind: number, a = 0, b = 0): TimerHandle {
    if (!(timeUs >= this.nowUs && timeUs <= latestTimeUs) || Math.floor(timeUs) !== timeUs) throw refusedTime(timeUs, this.nowUs)
    return this.queue.schedule(timeUs, target, kind, a, b)
  }

  /** Takes back an event. False when it happened or was cancelled before; then nothing changes. `noTimer` may be given. */
  cancel(handle: TimerHandle): boolean {
    return this.queue.cancel(handle)
  }

  /** Whether the event still waits. */
  isPending(handle: TimerHandle): boolean {
    return this.queue.isPending(handle)
  }

  /** Time of the next event, or Infinity. */
  nextEventUs(): number {
    return this.queue.nextTimeUs()
  }

  /**
   * Handles all events at or before `timeUs` and leaves the clock there. What the caller does then happens after them.
   * Paused or at its limit, the clock stays at the last event, and the next call goes on from there.
   * @param timeUs not before `nowUs` @param mostEvents handled by this call at most, for slicing work
   */
  runUntil(timeUs: number, mostEvents: number = Number.POSITIVE_INFINITY): RunOutcome {
    if (!(timeUs >= this.nowUs && timeUs <= latestTimeUs) || Math.floor(timeUs) !== timeUs) throw refusedTime(timeUs, this.nowUs)
    this.pauseAsked = false
    for (let left = mostEvents; left > 0; left -= 1) {
      if (!this.handleNext(timeUs)) {
        this.nowUs = timeUs
        return 'reached'
      }
      if (this.pauseAsked) return 'paused'
    }
    return 'limit'
  }

  /** Handles the next event, whenever it is. False when none waits. */
  step(): boolean {
    return this.handleNext(latestTimeUs)
  }

  /** Makes `runUntil` return after the event that is being handled. */
  pause(): void {
    this.pauseAsked = true
  }

  /** A copy of everything, to `load` into a simulation with the same components. Call it between events. */
  save(): SimulationState {
    return {
      seed: this.seed,
      nowUs: this.nowUs,
      eventCount: this.eventCount,
      queue: this.queue.save(),
      streams: Object.fromEntries(Array.from(this.streams, ([name, stream]) => [name, stream.save()])),
      components: this.components.map((component, id) => ({ name: this.names[id] ?? '', state: component.save() })),
    }
  }

  /**
   * Becomes what was saved. A stream that the saved simulation had not used yet starts as from the seed.
   * @throws RangeError when the seed or the components are not those of the saved simulation; nothing has changed then
   */
  load(state: SimulationState): void {
    const names = state.components.map(({ name }) => name)
    if (state.seed !== this.seed) throw new RangeError(`The snapshot is of seed ${state.seed}, this simulation of seed ${this.seed}.`)
    if (names.length !== this.names.length || names.some((name, id) => name !== this.names[id])) {
      throw new RangeError(`The snapshot is of other components (${names.join(', ')}) than this simulation (${this.names.join(', ')}).`)
    }
    this.nowUs = state.nowUs
    this.eventCount = state.eventCount
    this.eventsAtThisInstant = 0
    this.queue.load(state.queue)
    for (const name of this.streams.keys()) if (!Object.hasOwn(state.streams, name)) this.stream(name).load(new RandomStream(this.seed, name).save())
    for (const [name, words] of Object.entries(state.streams)) this.stream(name).load(words)
    for (const [id, saved] of state.components.entries()) this.components[id]?.load(saved.state)
  }

  private handleNext(untilUs: number): boolean {
    const queue = this.queue
    if (!queue.take(untilUs)) return false
    if (queue.timeUs === this.nowUs) {
      this.eventsAtThisInstant += 1
      if (this.eventsAtThisInstant > mostEventsAtOneInstant) throw this.stuck()
    } else {
      this.nowUs = queue.timeUs
      this.eventsAtThisInstant = 0
    }
    this.eventCount += 1
    const component = this.components[queue.target]
    if (component === undefined) throw new RangeError(`An event was scheduled for component ${queue.target}, which is not registered.`)
    component.handle(queue.kind, queue.a, queue.b)
    return true
  }

  private stuck(): RangeError {
    return new RangeError(`More than ${mostEventsAtOneInstant} events happened at ${this.nowUs} us, the last for "${this.names[this.queue.target] ?? ''}": a loop without delay. Give one of its steps a delay.`)
  }
}

function refusedTime(timeUs: number, nowUs: number): RangeError {
  return new RangeError(`Time ${timeUs} us must be a whole number from ${nowUs} (now) to ${latestTimeUs}.`)
}
