import { attribute } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Histogram, MetricTarget, Operation, SpanStatus } from '../../../telemetry/index.ts'
import { outcomes } from '../../outcome.ts'
import type { CallSite } from '../../policy/call-site.ts'
import type { World } from '../../world.ts'
import type { Job, JobRun } from './job.ts'

const runBounds: readonly number[] = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400]

interface JobInstruments {
  readonly running: Gauge
  readonly left: Gauge
  readonly seconds: Histogram
  readonly lastSuccess: Gauge
  readonly skipped: Counter
}

/** What a scheduled job shows: its runs, its items, its spans. */
export class JobSignals {
  private readonly world: World
  private readonly job: Job
  private instruments: JobInstruments | null = null
  private root: Operation | null = null
  private clients = new Map<CallSite, Operation>()

  constructor(world: World, job: Job) {
    this.world = world
    this.job = job
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.instruments = null
    this.root = null
    this.clients = new Map()
  }

  measure(): void {
    const made = this.made()
    made.running.set(this.job.runs.length)
    made.left.set(this.job.runs.reduce((sum, { left, frames }) => sum + left + frames.length, 0))
  }

  started(run: JobRun, items: number): void {
    this.log('info', 'job {job} run {run} started, {items} items', ['run', run.id], ['items', items])
  }

  /** A run was due while another held the lock. */
  skipped(): void {
    this.made().skipped.add(1)
    this.log('warn', 'job {job} skipped: the last run has not ended')
  }

  finished(run: JobRun, outcome: string): void {
    const { nowUs, telemetry } = this.world
    const made = this.made()
    this.target.counter('scheduled_job_runs_total', 'Runs that ended, by how.', { outcome }).add(1)
    made.seconds.observe((nowUs - run.startedUs) / 1e6)
    if (outcome === 'success') made.lastSuccess.set(Math.round(telemetry.epochMs / 1000 + nowUs / 1e6))
    this.log(outcome === 'success' ? 'info' : 'error', `job {job} run {run} ended: ${outcome}, {done} items, {failed} failed, {duration_ms} ms`, ['run', run.id], ['done', run.done], ['failed', run.failed], ['duration_ms', Math.round((nowUs - run.startedUs) / 1000)])
  }

  /** An item is done with. */
  item(call: number, status: SpanStatus, outcome: number): void {
    const { calls, causes, nowUs } = this.world
    this.target.counter('scheduled_job_items_total', 'Items that a run was done with, by how.', { outcome: outcomes[outcome]?.name ?? '' }).add(1)
    this.root ??= this.world.telemetry.operation({ service: this.job.name, name: this.job.name, kind: 'internal' })
    const message = outcome === 0 ? 0 : causes.of(calls.causePart[call] as number, (calls.cause[call] as number) || outcome)
    const startUs = calls.arrivedUs[call] as number
    this.root.record(calls.traceHi[call] as number, calls.traceLo[call] as number, calls.span[call] as number, 0, startUs, nowUs - startUs, status, message)
  }

  /** A call of an item has ended. */
  called(call: number, child: number, site: CallSite, outcome: number): void {
    const { calls, causes, nowUs } = this.world
    let operation = this.clients.get(site)
    if (operation === undefined) {
      const { name, kind = 'client', attributes } = this.world.parts[site.target]?.spanOf(site.operationName) ?? { name: site.operationName, attributes: {} }
      operation = this.world.telemetry.operation({ service: this.job.name, name, kind, attributes, variables: [{ name: attribute.errorType, kind: 'text' }] })
      this.clients.set(site, operation)
    }
    const startUs = calls.sentUs[child] as number
    operation.record(
      calls.traceHi[call] as number, calls.traceLo[call] as number, calls.clientSpan[child] as number, calls.span[call] as number, startUs, nowUs - startUs,
      outcome === 0 ? 0 : 2, outcome === 0 ? 0 : causes.of(site.target, outcome), outcome === 0 ? 0 : causes.type(outcome),
    )
  }

  private log(level: 'info' | 'warn' | 'error', message: string, ...fields: [string, number][]): void {
    const { telemetry, nowUs } = this.world
    const template = telemetry.logTemplate({ labels: { service: this.job.name }, level, message, fields: [{ name: 'job', kind: 'text' }, ...fields.map(([name]) => ({ name, kind: 'number' as const }))] })
    template.write(nowUs, 0, 0, 0, telemetry.intern(this.job.name), ...fields.map(([, value]) => value))
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: 'scheduler', name: this.job.name }, 0)
  }

  private made(): JobInstruments {
    return (this.instruments ??= {
      running: this.target.gauge('scheduled_job_running', 'Runs under way.', {}),
      left: this.target.gauge('scheduled_job_items_pending', 'Items that runs under way are not done with.', {}),
      seconds: this.target.histogram('scheduled_job_duration_seconds', 'Time of a run.', {}, runBounds),
      lastSuccess: this.target.gauge('scheduled_job_last_success_timestamp_seconds', 'When a run last ended well, since the epoch.', {}),
      skipped: this.target.counter('scheduled_job_skipped_total', 'Runs that did not begin because the last had not ended.', {}),
    })
  }
}
