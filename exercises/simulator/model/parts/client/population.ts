import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import type { Counter, Histogram } from '../../../telemetry/index.ts'
import { none, stage } from '../../calls.ts'
import { KeySampler } from '../../keys.ts'
import { outcomeCode, outcomes } from '../../outcome.ts'
import type { Program } from '../../program/compiler.ts'
import { hostEvent } from '../../program/calling-part.ts'
import { ProgramPart } from '../../program/program-part.ts'
import type { HostState } from '../../program/calling-part.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from '../service/pod-signals.ts'
import type { ClientSpec } from './schema.ts'

const event = { arrival: 8, think: 9, leave: 10 } as const
/** The rate is looked at again at least this often, while it changes. */
const lookUs = 1_000_000

interface AttributeDraw {
  readonly index: number
  readonly values: readonly { readonly value: number; readonly upTo: number }[]
}

export interface PopulationState {
  readonly host: HostState
  readonly factor: number
  readonly arrival: number
  readonly journeys: number
}

/** Users: open arrivals or a closed group, with what they ask for, how long they wait and what they do about failures. */
export class Population extends ProgramPart<PopulationState> {
  private readonly spec: ClientSpec
  private readonly arrivals: RandomStream
  private readonly people: RandomStream
  private readonly think: Sampler
  private readonly key: KeySampler | null
  private readonly attributes: readonly AttributeDraw[]
  /** Traffic is this many times what the topology says. */
  private factor = 1
  private arrival = 0
  private journeys = 0
  private outcomes: (Counter | undefined)[] = []
  private durations: Histogram
  private attempts: Counter

  constructor(world: World, name: string, spec: ClientSpec, attributes: readonly AttributeDraw[]) {
    super(world, name)
    this.spec = spec
    this.attributes = attributes
    this.arrivals = world.stream(`${name}/arrivals`)
    this.people = world.stream(`${name}/people`)
    this.think = new Sampler(spec.think)
    this.key = spec.key === undefined ? null : new KeySampler(spec.key)
    this.durations = this.durationHistogram()
    this.attempts = this.attemptCounter()
  }

  /** Second pass: the program of a journey, and the first arrivals. */
  begin(program: Program): void {
    this.setProgram(program, 1)
    for (let user = 0; user < (this.spec.users ?? 0); user += 1) this.world.schedule(this.think.sampleUs(this.arrivals), this.index, event.think)
    if (this.spec.users === undefined) this.scheduleArrival()
  }

  /** Multiplies traffic from now on. */
  setTraffic(factor: number): void {
    this.factor = factor
    if (this.spec.users !== undefined) return
    this.world.simulation.cancel(this.arrival)
    this.scheduleArrival()
  }

  get traffic(): number {
    return this.factor
  }

  /** Requests a second that are meant to arrive now; 0 for a closed population. */
  rateNow(): number {
    const { rate, shape } = this.spec
    if (rate !== undefined) return rate * this.factor
    if (shape === undefined) return 0
    const { nowUs } = this.world
    const next = shape.findIndex(({ at }) => at > nowUs)
    const after = shape[next]
    const before = shape[next < 0 ? shape.length - 1 : Math.max(0, next - 1)]
    if (before === undefined) return 0
    if (after === undefined || next === 0) return before.rate * this.factor
    return (before.rate + ((after.rate - before.rate) * (nowUs - before.at)) / (after.at - before.at)) * this.factor
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind < hostEvent.ownEvents) super.handle(kind, a, b)
    else if (kind === event.think) this.begins()
    else if (kind === event.arrival) {
      this.scheduleArrival()
      if (a === 1) this.begins()
    } else if (this.world.calls.value[a] === b && this.world.calls.stage[a] !== stage.done && this.world.calls.callee[a] === this.index) this.leaves(a)
  }

  save(): PopulationState {
    return { host: this.saveHost(), factor: this.factor, arrival: this.arrival, journeys: this.journeys }
  }

  load(state: PopulationState): void {
    this.loadHost(state.host)
    this.factor = state.factor
    this.arrival = state.arrival
    this.journeys = state.journeys
    this.outcomes = []
    this.durations = this.durationHistogram()
    this.attempts = this.attemptCounter()
  }

  protected prepare(_call: number, child: number): void {
    const { world } = this
    const { calls } = world
    world.traces += 1
    calls.traceHi[child] = Math.floor(world.traces / 2 ** 32)
    calls.traceLo[child] = world.traces >>> 0
    calls.parentSpan[child] = 0
    this.attempts.add(1)
  }

  protected beginWork(call: number, us: number): boolean {
    this.world.schedule(us, this.index, hostEvent.sleep, call, this.world.calls.wait(call, stage.sleep))
    return false
  }

  protected ended(call: number, outcome: number): void {
    const { calls } = this.world
    // Users see what ended their last attempt, not what a server would make of it.
    const seen = outcome === 0 ? 0 : (calls.cause[call] as number) || outcome
    const counter = this.outcomes[seen] ?? this.outcomeCounter(seen)
    counter.add(1)
    this.durations.observe((this.world.nowUs - (calls.arrivedUs[call] as number)) / 1e6)
    calls.release(call)
    if (this.spec.users !== undefined) this.world.schedule(this.think.sampleUs(this.arrivals), this.index, event.think)
  }

  protected observe(): void {
    /* Browsers of users send no telemetry of their calls. */
  }
  protected waitedForPool(): void {
    /* Nor of their connections. */
  }
  protected waitedForLoan(): void {
    /* Nor of their connections. */
  }
  protected breakerTurned(): void {
    /* Nor of their breakers. */
  }
  protected leaks(): boolean {
    return false
  }
  protected branchBegan(): void {
    /* Users have no replicas to keep lists of. */
  }
  protected branchEnded(): void {
    /* Users have no replicas to keep lists of. */
  }
  protected extraCalls(): number {
    return 0
  }

  private scheduleArrival(): void {
    const rate = this.rateNow()
    const gapUs = rate > 0 ? Math.round((this.arrivals.exponential() / rate) * 1e6) : Number.POSITIVE_INFINITY
    // Waiting is memoryless: a look at a changed rate can begin the wait anew.
    const looks = (this.spec.shape !== undefined || rate === 0) && gapUs > lookUs
    this.arrival = this.world.schedule(looks ? lookUs : gapUs, this.index, event.arrival, looks ? 0 : 1)
  }

  private begins(): void {
    const { calls, nowUs } = this.world
    const call = calls.take(none, none, this.index, 0)
    calls.stage[call] = stage.running
    calls.arrivedUs[call] = nowUs
    calls.key[call] = this.key === null ? 0 : this.key.draw(this.people)
    calls.attributes[call] = this.drawAttributes()
    const { patience } = this.spec
    if (patience !== undefined) {
      this.journeys += 1
      calls.value[call] = this.journeys
      calls.deadlineUs[call] = nowUs + patience
      this.world.schedule(patience, this.index, event.leave, call, this.journeys)
    }
    this.run(call)
  }

  private leaves(call: number): void {
    this.abort(call)
    this.world.calls.cause[call] = outcomeCode.timeout
    this.ended(call, outcomeCode.timeout)
  }

  private drawAttributes(): number {
    let packed = 0
    for (const { index, values } of this.attributes) {
      const uniform = this.people.uniform()
      const value = values.find(({ upTo }) => uniform < upTo)?.value ?? 0
      packed |= value << (8 * index)
    }
    return packed
  }

  private outcomeCounter(outcome: number): Counter {
    const counter = this.world.telemetry.target({ job: 'users', client: this.name }, 0).counter('user_requests_total', 'Journeys of users, by how they ended.', { outcome: outcomes[outcome]?.name ?? '' })
    this.outcomes[outcome] = counter
    return counter
  }

  private durationHistogram(): Histogram {
    return this.world.telemetry.target({ job: 'users', client: this.name }, 0).histogram('user_request_duration_seconds', 'Time of a journey, with all tries.', {}, latencyBounds)
  }

  private attemptCounter(): Counter {
    return this.world.telemetry.target({ job: 'users', client: this.name }, 0).counter('user_attempts_total', 'Requests that users sent, retries among them.', {})
  }
}
