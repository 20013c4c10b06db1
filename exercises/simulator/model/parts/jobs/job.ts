import { spanStatus } from '../../../telemetry/index.ts'
import type { CallSite } from '../../policy/call-site.ts'
import type { HostState } from '../../program/calling-part.ts'
import type { Program } from '../../program/compiler.ts'
import type { World } from '../../world.ts'
import { BackgroundPart, firstOwnEvent } from '../background/background-part.ts'
import { JobSignals } from './job-signals.ts'
import type { JobSpec } from './schema.ts'

const event = { due: firstOwnEvent, late: firstOwnEvent + 1, next: firstOwnEvent + 2 } as const

/** A run that is under way. Plain data. */
export interface JobRun {
  readonly id: number
  readonly startedUs: number
  /** Items that no worker has begun, and the frames of those under way. */
  left: number
  frames: number[]
  failed: number
  done: number
}

export interface JobState {
  readonly host: HostState
  readonly runs: readonly JobRun[]
  readonly numbers: readonly number[]
  readonly suspended: boolean
}

/** Work that a clock begins: it takes so many items, with so many workers at once, each running the job's program. */
export class Job extends BackgroundPart<JobState> {
  readonly spec: JobSpec
  everyUs: number
  workers: number
  /** Items are this many times what the topology says. */
  growth = 1
  suspended = false
  runs: JobRun[] = []
  /** Until when a run holds the lock; 0 when nobody does. */
  private lockedUntilUs = 0
  private ids = 0
  private due = 0
  private readonly signals: JobSignals

  constructor(world: World, name: string, spec: JobSpec) {
    super(world, name)
    this.spec = spec
    this.everyUs = spec.every
    this.workers = spec.workers
    this.signals = new JobSignals(world, this)
  }

  /** Second pass: its program, and when it is due first. */
  begin(program: Program): void {
    this.setProgram(program, 1)
    this.due = this.world.schedule(this.spec.first ?? this.everyUs, this.index, event.due)
  }

  /** Items of a run that begins now. */
  get items(): number {
    return Math.max(1, Math.round(this.spec.items * this.growth))
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind < firstOwnEvent) super.handle(kind, a, b)
    else if (kind === event.due) {
      this.due = this.world.schedule(this.everyUs, this.index, event.due)
      if (this.suspended) return
      const isLocked = this.runs.length > 0 && this.world.nowUs < this.lockedUntilUs
      if (isLocked && this.spec.overlap === 'skip') this.signals.skipped()
      else this.start()
    } else {
      const run = this.runs.find(({ id }) => id === a)
      if (run === undefined) return
      if (kind === event.late) this.stop(run, 'timeout')
      else if (run.left > 0) this.next(run)
    }
  }

  /** Begins a run now, whatever runs already. */
  start(): void {
    const { nowUs } = this.world
    this.ids += 1
    const run: JobRun = { id: this.ids, startedUs: nowUs, left: this.items, frames: [], failed: 0, done: 0 }
    this.runs.push(run)
    this.lockedUntilUs = this.spec.lease === undefined ? Number.POSITIVE_INFINITY : nowUs + this.spec.lease
    this.signals.started(run, this.items)
    if (this.spec.timeout !== undefined) this.world.schedule(this.spec.timeout, this.index, event.late, run.id)
    for (let worker = 0; worker < this.workers && worker < run.left; worker += 1) this.world.schedule(0, this.index, event.next, run.id)
  }

  /** Ends all runs where they are. Returns how many. */
  kill(): number {
    const { length } = this.runs
    for (const run of this.runs.slice()) this.stop(run, 'killed')
    return length
  }

  /** Changes how often it is due, from now on. */
  reschedule(everyUs: number): void {
    this.everyUs = everyUs
    this.world.simulation.cancel(this.due)
    this.due = this.world.schedule(everyUs, this.index, event.due)
  }

  override measure(): void {
    this.signals.measure()
  }

  save(): JobState {
    const runs = this.runs.map((run) => ({ ...run, frames: run.frames.slice() }))
    return { host: this.saveHost(), runs, numbers: [this.everyUs, this.workers, this.growth, this.lockedUntilUs, this.ids, this.due], suspended: this.suspended }
  }

  load(state: JobState): void {
    this.loadHost(state.host)
    this.runs = state.runs.map((run) => ({ ...run, frames: run.frames.slice() }))
    const [everyUs = 0, workers = 1, growth = 1, lockedUntilUs = 0, ids = 0, due = 0] = state.numbers
    Object.assign(this, { everyUs, workers, growth, lockedUntilUs, ids, due, suspended: state.suspended })
    this.signals.clear()
  }

  protected override observe(call: number, child: number, site?: CallSite, outcome = 0): void {
    if (site !== undefined) this.signals.called(call, child, site, outcome)
  }

  protected ended(call: number, outcome: number): void {
    const { calls } = this.world
    const run = this.runs.find(({ id }) => id === calls.parent[call])
    this.signals.item(call, outcome === 0 ? spanStatus.unset : spanStatus.error, outcome)
    calls.release(call)
    if (run === undefined) return
    run.frames = run.frames.filter((frame) => frame !== call)
    run.done += 1
    if (outcome !== 0) run.failed += 1
    if (outcome !== 0 && this.spec['on-error'] === 'stop') this.stop(run, 'failed')
    else if (run.left > 0) this.world.schedule(0, this.index, event.next, run.id)
    else if (run.frames.length === 0) this.finish(run, run.failed === 0 ? 'success' : 'failed')
  }

  private next(run: JobRun): void {
    run.left -= 1
    const call = this.beginFrame(0, run.id)
    this.world.calls.key[call] = run.done + run.frames.length
    run.frames.push(call)
    this.run(call)
  }

  private stop(run: JobRun, outcome: string): void {
    run.left = 0
    for (const frame of run.frames.slice()) {
      this.abort(frame)
      this.world.calls.release(frame)
    }
    run.frames = []
    this.finish(run, outcome)
  }

  private finish(run: JobRun, outcome: string): void {
    this.runs = this.runs.filter((other) => other !== run)
    this.signals.finished(run, outcome)
  }
}
