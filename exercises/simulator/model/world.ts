import { Simulation, hashState } from '../engine/index.ts'
import type { Component, RandomStream, RunOutcome, SimulationState } from '../engine/index.ts'
import { instantQuery } from '../promql/index.ts'
import { Telemetry, TraceSampler } from '../telemetry/index.ts'
import type { Evaluate, TelemetryState } from '../telemetry/index.ts'
import type { Topology } from '../topology/model.ts'
import { UserAttributes } from './attributes.ts'
import { Calls } from './calls.ts'
import type { CallState } from './calls.ts'
import { CauseTexts } from './cause-texts.ts'
import { Changes } from './changes.ts'
import type { ActionRequest, ActionResult } from './changes.ts'
import { Deadlines } from './deadlines.ts'
import { Holds } from './holds.ts'
import type { HoldState } from './holds.ts'
import type { BuildContext, Part, PartKind, Path } from './part.ts'
import { Wire } from './wire.ts'

/** A world between two events, copied: plain data and typed arrays, fit for structured cloning. */
export interface WorldState {
  readonly simulation: SimulationState
  readonly telemetry: TelemetryState
}

/** How a world is made from a topology. */
export interface WorldOptions {
  /** Same topology, seed and actions: same world, byte for byte. Default 1. */
  readonly seed?: number | string
  /** Leaves the topology's faults and changes out: the world as it would have been. */
  readonly withoutFaults?: boolean
  /** Share of traces kept, instead of the topology's. */
  readonly traceSampleRate?: number
}

/** Something that the topology says and that cannot be. */
export interface BuildProblem {
  readonly path: Path
  readonly message: string
}

/**
 * A simulated production system: parts that call each other, the telemetry they leave, and what happens to them.
 * Made by `createWorld`. Everything that it shows comes from the same simulated requests.
 */
export class World {
  readonly topology: Topology
  readonly simulation: Simulation
  readonly telemetry: Telemetry
  readonly calls = new Calls()
  readonly holds: Holds
  readonly wire: Wire
  readonly deadlines: Deadlines
  readonly changes: Changes
  readonly parts: Part[] = []
  readonly attributes = new UserAttributes()
  /** Texts of failures, for logs and spans. */
  readonly causes: CauseTexts
  /** Which requests have a line in the access log: some of those whose trace is kept. */
  readonly accessLog: TraceSampler
  /** Traces begun so far. */
  traces = 0
  private readonly options: WorldOptions
  private readonly scraper: Scraper
  /** All kinds of parts that the model knows. */
  readonly kinds: readonly PartKind[]
  private readonly partKindNames: string[] = []
  private readonly indexByName = new Map<string, number>()
  private building = ''
  private componentOffset = -1

  /** @param problems gets what cannot be built; a world with problems must not be run */
  constructor(kinds: readonly PartKind[], topology: Topology, options: WorldOptions, problems: BuildProblem[]) {
    this.kinds = kinds
    this.topology = topology
    this.options = options
    this.simulation = new Simulation(options.seed ?? 1)
    this.telemetry = new Telemetry({ epochMs: topology.telemetry.epochMs, traceSampleRate: options.traceSampleRate ?? topology.telemetry.traces, missing: topology.telemetry.missing, nowUs: () => this.nowUs })
    this.telemetry.setAlertRules(topology.alerts, evaluateOn(this.telemetry))
    this.causes = new CauseTexts(this.telemetry, this.parts)
    this.accessLog = new TraceSampler(topology.telemetry.accessLogs)
    this.scraper = new Scraper(this)
    this.holds = new Holds(this.calls)
    this.wire = new Wire(this.simulation, this.calls, this.parts)
    this.deadlines = new Deadlines(this.simulation, this.calls, this.parts)
    this.changes = new Changes(this)
    const contextOf = (path: Path): BuildContext => ({ world: this, path, problem: (at, message) => problems.push({ path: [...path, ...at], message }) })
    const built = topology.parts.flatMap(({ kind, name, spec, path }) => {
      const partKind = kinds.find((candidate) => candidate.kind === kind)
      if (partKind === undefined) return []
      this.building = kind
      return [{ partKind, spec, context: contextOf(path), part: partKind.build(spec, name, contextOf(path)) }]
    })
    for (const { partKind, spec, context, part } of built) partKind.connect?.(part, spec, context)
    this.changes.schedule(options.withoutFaults === true ? [] : topology.faults, (path, message) => problems.push({ path, message }))
    this.scraper.start()
  }

  /** The present, in microseconds from the start. */
  get nowUs(): number {
    return this.simulation.nowUs
  }

  /** Adds a part while the world is built; `BasePart` does it. Returns the part's index. */
  add(part: Part): number {
    const index = this.parts.length
    if (this.indexByName.has(part.name)) throw new RangeError(`Two parts are called "${part.name}".`)
    this.parts.push(part)
    this.partKindNames.push(this.building)
    this.indexByName.set(part.name, index)
    const id = this.simulation.register(part.name, part)
    // One number for both makes events of parts easy to schedule: see `schedule`.
    if (this.componentOffset < 0) this.componentOffset = id - index
    else if (id - index !== this.componentOffset) throw new RangeError('Parts must be the last components that a world registers.')
    return index
  }

  /** Schedules an event for a part, after a delay in microseconds. */
  schedule(delayUs: number, part: number, kind: number, a = 0, b = 0): number {
    return this.simulation.schedule(delayUs, part + this.componentOffset, kind, a, b)
  }

  /** The part of this name, or undefined. */
  part(name: string): Part | undefined {
    return this.parts[this.indexByName.get(name) ?? -1]
  }

  /** The kind of a part, by its index. */
  kindOf(index: number): string {
    return this.partKindNames[index] ?? ''
  }

  /** What kind of part it is, by its index. */
  partKindOf(index: number): PartKind | undefined {
    return this.kinds.find(({ kind }) => kind === this.kindOf(index))
  }

  /** Names of all parts, in the order of the file. */
  partNames(): readonly string[] {
    return this.parts.map(({ name }) => name)
  }

  /** A random stream of this name, for one source of randomness: `orders/work`. */
  stream(name: string): RandomStream {
    return this.simulation.stream(name)
  }

  /** Runs all events up to and at `us` microseconds from the start. @param mostEvents for slicing work */
  runUntil(us: number, mostEvents?: number): RunOutcome {
    return this.simulation.runUntil(us, mostEvents)
  }

  /** Does what an operator asks for: checked at once, done after the time that it takes in life, and audited. */
  act(action: ActionRequest): ActionResult {
    return this.changes.act(action)
  }

  /** A copy of everything, between two events. */
  save(): WorldState {
    return { simulation: this.simulation.save(), telemetry: this.telemetry.save() }
  }

  /** Becomes what was saved by a world of the same topology and seed. */
  load(state: WorldState): void {
    // Telemetry first: parts ask it for their instruments again when they load.
    this.telemetry.load(state.telemetry)
    this.causes.clear()
    this.simulation.load(state.simulation)
  }

  /** Another world in exactly this state, or in one that was saved before. The two share nothing and go their own ways. */
  fork(from: WorldState = this.save()): World {
    const other = new World(this.kinds, this.topology, this.options, [])
    other.load(from)
    return other
  }

  /** Hash of all telemetry and all state: equal for equal runs. */
  fingerprint(): string {
    return `${this.telemetry.fingerprint()}-${hashState(this.simulation.save())}`
  }
}

/** Alerting rules see what anybody sees: the scraped series. */
function evaluateOn({ series }: Telemetry): Evaluate {
  return (expr, timeMs) => {
    const answer = instantQuery(series, expr, timeMs)
    if (!answer.ok) return { error: answer.error.message }
    const { result } = answer
    if (result.type === 'vector') return result.samples
    return { error: `an alert needs an instant vector, and this is a ${result.type}` }
  }
}

/** State that belongs to no part. */
interface SharedState {
  readonly calls: CallState
  readonly holds: HoldState
  readonly traces: number
}

/** Scrapes on time, and keeps what belongs to no part. */
class Scraper implements Component<SharedState> {
  private readonly world: World
  private readonly id: number

  constructor(world: World) {
    this.world = world
    this.id = world.simulation.register('world', this)
  }

  start(): void {
    this.world.simulation.schedule(this.world.topology.telemetry.scrapeUs, this.id, 0)
  }

  handle(): void {
    for (const part of this.world.parts) part.measure()
    this.world.telemetry.scrape(this.world.nowUs)
    this.evaluateAlerts()
    this.start()
  }

  /** After the first scrape at or past each multiple of the evaluation interval. */
  private evaluateAlerts(): void {
    const { nowUs, topology, telemetry } = this.world
    const { scrapeUs, evaluateUs } = topology.telemetry
    if (topology.alerts.length > 0 && Math.floor(nowUs / evaluateUs) > Math.floor((nowUs - scrapeUs) / evaluateUs)) telemetry.alerts.evaluate(nowUs)
  }

  save(): SharedState {
    return { calls: this.world.calls.save(), holds: this.world.holds.save(), traces: this.world.traces }
  }

  load(state: SharedState): void {
    this.world.traces = state.traces
    this.world.calls.load(state.calls)
    this.world.holds.load(state.holds)
  }
}
