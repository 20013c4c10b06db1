/** Outboxes: rows that a service writes with its data, and a relay that publishes them, in order and at least once. */
import { z } from 'zod'
import { spanStatus } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Operation } from '../../../telemetry/index.ts'
import { duration, positiveCount, positiveDuration } from '../../../topology/quantity.ts'
import { outcomes } from '../../outcome.ts'
import type { CallSite } from '../../policy/call-site.ts'
import { policyFields } from '../../policy/schema.ts'
import type { Program } from '../../program/compiler.ts'
import type { HostState } from '../../program/calling-part.ts'
import type { World } from '../../world.ts'
import { BackgroundPart, firstOwnEvent } from '../background/background-part.ts'
import { MessageLog } from '../broker/message-log.ts'
import type { MessageLogState } from '../broker/message-log.ts'

export const outboxSchema = z.strictObject({
  /** Where rows go: `kafka orders`. */
  call: z.string(),
  /** How often the relay looks for rows. */
  every: positiveDuration.default(1_000_000),
  /** Most rows of one look. */
  batch: positiveCount.default(100),
  /** A query that each look makes first: `orders-db poll-outbox`. */
  read: z.string().optional(),
  /** When the relay looks first. */
  first: duration.default(0),
  ...policyFields,
})
export type OutboxSpec = z.output<typeof outboxSchema>

const event = { look: firstOwnEvent, next: firstOwnEvent + 1 } as const
/** Rows that the table holds; older ones would be lost, as they never are in life, so it is large. */
const mostRows = 2 ** 24
/** A row older than this begins a trace of its own. */
const sameTraceUs = 30_000_000

export interface OutboxState {
  readonly host: HostState
  readonly rows: MessageLogState
  readonly numbers: readonly number[]
  readonly stopped: boolean
}

export class Outbox extends BackgroundPart<OutboxState> {
  /** Rows that were written; those from `start` on are not published yet. */
  readonly rows = new MessageLog(mostRows)
  stopped = false
  private readonly spec: OutboxSpec
  private entries: { readonly read: number; readonly publish: number } = { read: -1, publish: 0 }
  /** Rows that this look may still publish. */
  private left = 0
  /** Frame of the relay, or -1. */
  private frame = -1
  private sends: Operation | null = null
  private instruments: { readonly pending: Gauge; readonly age: Gauge; readonly written: Counter } | null = null

  constructor(world: World, name: string, spec: OutboxSpec) {
    super(world, name)
    this.spec = spec
  }

  /** Second pass: what a look does first (or -1), and how a row is published. */
  begin(program: Program, entries: { readonly read: number; readonly publish: number }): void {
    this.entries = entries
    this.setProgram(program, 1)
    this.world.schedule(this.spec.first, this.index, event.look)
  }

  /** A row is written, in the transaction of the frame that runs the step. */
  override step(call: number): boolean {
    const { calls, nowUs } = this.world
    this.rows.append(calls, call, calls.span[call] as number, nowUs, 0)
    this.made().written.add(1)
    return true
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind < firstOwnEvent) super.handle(kind, a, b)
    else if (kind === event.next) this.next()
    else {
      this.world.schedule(this.spec.every, this.index, event.look)
      if (this.stopped || this.frame >= 0) return
      this.left = this.spec.batch
      if (this.entries.read < 0) this.next()
      else {
        this.frame = this.beginFrame(this.entries.read, 0)
        this.run(this.frame)
      }
    }
  }

  /** Stops the relay where it is, or lets it go on. */
  setStopped(stopped: boolean): void {
    this.stopped = stopped
    if (!stopped || this.frame < 0) return
    this.abort(this.frame)
    this.world.calls.release(this.frame)
    this.frame = -1
  }

  override measure(): void {
    const { pending, age } = this.made()
    const { rows } = this
    pending.set(rows.length)
    age.set(rows.length === 0 ? 0 : (this.world.nowUs - rows.producedAtUs(rows.start)) / 1e6)
  }

  save(): OutboxState {
    return { host: this.saveHost(), rows: this.rows.save(), numbers: [this.left, this.frame], stopped: this.stopped }
  }

  load(state: OutboxState): void {
    this.loadHost(state.host)
    this.rows.load(state.rows)
    this.left = state.numbers[0] ?? 0
    this.frame = state.numbers[1] ?? -1
    this.stopped = state.stopped
    this.sends = null
    this.instruments = null
  }

  protected override observe(call: number, child: number, site?: CallSite, outcome = 0): void {
    if (site === undefined || (this.world.calls.parent[call] as number) === 0) return
    const { calls, causes, nowUs, parts } = this.world
    const { name = '', attributes = {} } = parts[site.target]?.spanOf(site.operationName) ?? {}
    this.sends ??= this.world.telemetry.operation({ service: this.name, name, kind: 'producer', attributes })
    const startUs = calls.sentUs[child] as number
    this.sends.record(
      calls.traceHi[call] as number, calls.traceLo[call] as number, calls.clientSpan[child] as number, calls.parentSpan[call] as number, startUs, nowUs - startUs,
      outcome === 0 ? spanStatus.unset : spanStatus.error, outcome === 0 ? 0 : causes.of(site.target, outcome),
    )
  }

  protected ended(call: number, outcome: number): void {
    const { calls, nowUs, telemetry, causes } = this.world
    const isRow = calls.parent[call] === 1
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const cause = (calls.cause[call] as number) || outcome
    const causePart = calls.causePart[call] as number
    calls.release(call)
    this.frame = -1
    if (isRow) this.target.counter('outbox_publish_attempts_total', 'Attempts to publish a row, by how they ended.', { outcome: outcomes[outcome === 0 ? 0 : cause]?.name ?? '' }).add(1)
    if (outcome !== 0) {
      // Later rows must not overtake this one: the next look tries it again.
      telemetry.logTemplate({ labels: { service: this.name }, level: 'error', message: 'outbox relay failed: {error}', fields: [{ name: 'error', kind: 'text' }, { name: 'pending', kind: 'number' }] })
        .write(nowUs, hi, lo, 0, causes.of(causePart, cause), this.rows.length)
      return
    }
    if (isRow) this.rows.dropBefore(this.rows.start + 1)
    this.world.schedule(0, this.index, event.next)
  }

  private next(): void {
    if (this.stopped || this.frame >= 0 || this.left === 0 || this.rows.length === 0) return
    this.left -= 1
    const { calls, nowUs } = this.world
    const { rows } = this
    const call = this.beginFrame(this.entries.publish, 1)
    if (nowUs - rows.producedAtUs(rows.start) > sameTraceUs) {
      calls.key[call] = rows.keyAt(rows.start)
    } else rows.fill(calls, call, rows.start)
    this.frame = call
    this.run(call)
  }

  private get target(): ReturnType<World['telemetry']['target']> {
    return this.world.telemetry.target({ job: 'outbox-relay', outbox: this.name }, 0)
  }

  private made(): { pending: Gauge; age: Gauge; written: Counter } {
    return (this.instruments ??= {
      pending: this.target.gauge('outbox_pending_rows', 'Rows that are not published yet.', {}),
      age: this.target.gauge('outbox_oldest_row_age_seconds', 'Age of the oldest row that is not published.', {}),
      written: this.target.counter('outbox_rows_total', 'Rows written.', {}),
    })
  }
}
