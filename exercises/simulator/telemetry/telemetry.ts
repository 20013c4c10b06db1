import type { Labels, SeriesSource } from '../promql/source.ts'
import type { LogSource } from '../logql/source.ts'
import type { AttributeValue, TraceSource } from '../traces/source.ts'
import { AlertRules, type AlertRule, type AlertRulesState, type Evaluate } from './alert-rules.ts'
import { ChangeLog, type ChangeRecord } from './change-log.ts'
import type { Field } from './fields.ts'
import { Fingerprint } from './fingerprint.ts'
import type { Counter, Gauge, Histogram } from './instruments.ts'
import { jsonLines } from './json-lines.ts'
import { LogStore, type LogState, type LogTemplateOptions } from './log-store.ts'
import type { LogTemplate } from './log-stream.ts'
import { MetricStore, type MetricState } from './metric-store.ts'
import type { InstrumentFactory, MetricTarget } from './metric-target.ts'
import { lateLogs, lostTraces, type MissingTelemetry } from './missing.ts'
import { openMetrics, type OpenMetricsOptions } from './open-metrics.ts'
import { otlpLogs, otlpTraces } from './otlp.ts'
import { SpanCollector, type SpanCollectorState } from './span-collector.ts'
import { SpanCatalog, type Operation, type SpanCatalogState, type SpanEvent, type SpanKind } from './span-shapes.ts'
import { SpanStore, type SpanStoreState } from './span-store.ts'
import { StringTable } from './string-table.ts'
import { TraceSampler } from './trace-ids.ts'
import { TraceReader } from './trace-reader.ts'
import { defaultEpochMs } from './wall-clock.ts'

/** What `operation` of the recorder takes. */
export interface OperationOptions {
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  /** Of the process: pod, version, zone. */
  readonly resource?: Readonly<Record<string, AttributeValue>>
  /** Of the span, the same every time. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  /** Given with each span, in this order. */
  readonly variables?: readonly Field[]
}

/** What the model writes to. All times are simulation microseconds. Every registration returns the same handle for the same arguments. */
export interface Recorder extends InstrumentFactory {
  /** Something with its own life: its labels go on all its series, which end when it stops. */
  target(labels: Labels, startUs: number): MetricTarget
  /** The number that stands for a text in `text` fields and span messages. */
  intern(text: string): number
  logTemplate(options: LogTemplateOptions): LogTemplate
  operation(options: OperationOptions): Operation
  spanEvent(name: string, variables: readonly Field[]): SpanEvent
  change(change: ChangeRecord): void
  /** One sample per live series; also lets traces go whose root never ended. */
  scrape(timeUs: number): void
}

/** Settings of the telemetry of one world. */
export interface TelemetryOptions {
  /** Milliseconds since the Unix epoch at simulation time 0. */
  readonly epochMs?: number
  /** Share of traces kept whatever happens in them, 0 to 1. */
  readonly traceSampleRate?: number
  readonly limits?: Partial<TelemetryLimits>
  /** What is not collected. */
  readonly missing?: MissingTelemetry | null
  /** The present, in simulation microseconds; needed where logs arrive late. */
  readonly nowUs?: () => number
}

/** Bounds of what is kept. */
export interface TelemetryLimits {
  readonly samplesPerSeriesMax: number
  readonly exemplarsMax: number
  readonly logBytesMax: number
  readonly spanBytesMax: number
  readonly stringsMax: number
  /** Spans and events of traces in progress. */
  readonly pendingSpansMax: number
  /** Decided traces that are remembered for spans that come late. */
  readonly decidedTracesMax: number
  /** How long a trace may wait for its root. */
  readonly pendingTraceUs: number
}

const defaultLimits: TelemetryLimits = {
  samplesPerSeriesMax: 5760, exemplarsMax: 131_072, logBytesMax: 72 * 1024 * 1024, spanBytesMax: 40 * 1024 * 1024, stringsMax: 65_536,
  pendingSpansMax: 100_000, decidedTracesMax: 16_384, pendingTraceUs: 300_000_000,
}

/** Saved telemetry: plain data, mostly shared with what is being recorded, so it costs little. */
export interface TelemetryState {
  readonly strings: readonly string[]
  readonly metrics: MetricState
  readonly logs: LogState
  readonly catalog: SpanCatalogState
  readonly spans: SpanStoreState
  readonly collector: SpanCollectorState
  readonly changes: readonly ChangeRecord[]
  readonly alerts: AlertRulesState
}

/** Everything a world tells about itself: written through the recorder, read through the sources. */
export class Telemetry implements Recorder {
  readonly epochMs: number
  readonly metrics: MetricStore
  readonly changes: ChangeLog
  readonly strings: StringTable
  readonly sampler: TraceSampler
  readonly catalog = new SpanCatalog()
  private readonly limits: TelemetryLimits
  private readonly logStore: LogStore
  private readonly spanStore: SpanStore
  private readonly collector: SpanCollector
  private readonly reader: TraceReader
  private readonly missing: MissingTelemetry | null
  private readonly missingJobs: ReadonlySet<string>
  private readonly logSource: LogSource
  private readonly traceSource: TraceSource
  private alertRules: AlertRules

  constructor(options: TelemetryOptions = {}) {
    const limits = { ...defaultLimits, ...options.limits }
    this.epochMs = options.epochMs ?? defaultEpochMs
    this.limits = limits
    this.sampler = new TraceSampler(options.traceSampleRate ?? 1)
    this.strings = new StringTable(limits.stringsMax)
    this.metrics = new MetricStore({ epochMs: this.epochMs, samplesPerSeriesMax: limits.samplesPerSeriesMax, exemplarsMax: limits.exemplarsMax, sampler: this.sampler })
    this.logStore = new LogStore(this.epochMs, limits.logBytesMax, this.strings)
    this.spanStore = new SpanStore(limits.spanBytesMax, this.catalog)
    this.collector = new SpanCollector(this.spanStore, this.sampler, { pendingMax: limits.pendingSpansMax, decidedMax: limits.decidedTracesMax })
    this.reader = new TraceReader(this.spanStore, this.catalog, this.strings, this.epochMs)
    this.changes = new ChangeLog(this.epochMs)
    this.missing = options.missing ?? null
    this.missingJobs = new Set(this.missing?.jobs)
    const epochUs = this.epochMs * 1000
    const { missing } = this
    const { nowUs = () => 0 } = options
    this.logSource = missing === null || missing.logDelayUs === 0 ? this.logStore : lateLogs(this.logStore, () => epochUs + nowUs(), epochUs + missing.fromUs, missing.logDelayUs)
    this.traceSource = missing?.traces === true ? lostTraces(this.reader, epochUs + missing.fromUs) : this.reader
    this.alertRules = new AlertRules([], () => [], this.metrics)
  }

  /** Reads metrics. */
  get series(): SeriesSource {
    return this.metrics.samples
  }

  /** Reads logs, as the log store has them. */
  get logs(): LogSource {
    return this.logSource
  }

  /** Reads what processes write, at the pod: there it is at once. */
  get podLogs(): LogSource {
    return this.logStore
  }

  /** Reads traces. */
  get traces(): TraceSource {
    return this.traceSource
  }

  /** Alerts, their states and history. */
  get alerts(): AlertRules {
    return this.alertRules
  }

  /** Sets the alerting rules and how to evaluate them. Part of building a world: do it before `load`. */
  setAlertRules(rules: readonly AlertRule[], evaluate: Evaluate): void {
    this.alertRules = new AlertRules(rules, evaluate, this.metrics)
  }

  /** All samples as OpenMetrics text, in chunks. */
  exportOpenMetrics(options: OpenMetricsOptions = {}): Generator<string> {
    return openMetrics(this.metrics, options)
  }

  /** Traces that start in fromUs <= t < toUs, microseconds since the Unix epoch, as one OTLP/JSON document in chunks. */
  exportTraces(fromUs: number, toUs: number): Generator<string> {
    return otlpTraces(this.reader.traces(fromUs, toUs))
  }

  /** Log lines in fromUs <= t < toUs as one OTLP/JSON document in chunks. */
  exportOtlpLogs(fromUs: number, toUs: number): Generator<string> {
    return otlpLogs(this.logStore.entries([], fromUs, toUs))
  }

  /** Log lines in fromUs <= t < toUs as JSON Lines in chunks. */
  exportJsonLines(fromUs: number, toUs: number): Generator<string> {
    return jsonLines(this.logStore.entries([], fromUs, toUs))
  }

  counter(name: string, help: string, labels: Labels): Counter {
    return this.world().counter(name, help, labels)
  }

  gauge(name: string, help: string, labels: Labels): Gauge {
    return this.world().gauge(name, help, labels)
  }

  histogram(name: string, help: string, labels: Labels, bounds: readonly number[]): Histogram {
    return this.world().histogram(name, help, labels, bounds)
  }

  target(labels: Labels, startUs: number): MetricTarget {
    return this.metrics.target(labels, startUs)
  }

  intern(text: string): number {
    return this.strings.intern(text)
  }

  logTemplate(options: LogTemplateOptions): LogTemplate {
    return this.logStore.template(options)
  }

  operation(options: OperationOptions): Operation {
    const { service, name, kind, resource = {}, attributes = {}, variables = [] } = options
    return this.catalog.operation({ service, name, kind, resource, attributes, variables }, this.collector)
  }

  spanEvent(name: string, variables: readonly Field[]): SpanEvent {
    return this.catalog.event({ name, variables }, this.collector)
  }

  change(change: ChangeRecord): void {
    this.changes.add(change)
  }

  scrape(timeUs: number): void {
    this.metrics.scrape(timeUs, this.missing !== null && timeUs >= this.missing.fromUs ? this.missingJobs : undefined)
    this.collector.expire(timeUs - this.limits.pendingTraceUs)
  }

  /** Bytes held, by kind. Objects and labels, which do not grow with traffic, are not counted. */
  bytes(): { readonly metrics: number; readonly logs: number; readonly spans: number; readonly pending: number; readonly total: number } {
    const metrics = this.metrics.bytes()
    const logs = this.logStore.bytes() + this.strings.bytes()
    const spans = this.spanStore.bytes()
    const pending = this.collector.bytes()
    return { metrics, logs, spans, pending, total: metrics + logs + spans + pending }
  }

  /** What was recorded and is no longer, or was never, kept. */
  dropped(): { readonly samples: number; readonly exemplars: number; readonly logLines: number; readonly traces: number; readonly spans: number; readonly unsampledTraces: number; readonly evictedTraces: number } {
    return {
      samples: this.metrics.samples.droppedSamples, exemplars: this.metrics.exemplars.dropped, logLines: this.logStore.droppedLines, traces: this.spanStore.droppedTraces,
      spans: this.spanStore.droppedSpans, unsampledTraces: this.collector.unsampledTraces, evictedTraces: this.collector.evictedTraces,
    }
  }

  /** The whole state. Full chunks and samples are shared, not copied: nothing writes to them again. */
  save(): TelemetryState {
    return {
      strings: this.strings.save(), metrics: this.metrics.save(), logs: this.logStore.save(), catalog: this.catalog.save(),
      spans: this.spanStore.save(), collector: this.collector.save(), changes: this.changes.save(), alerts: this.alertRules.save(),
    }
  }

  /**
   * Restores what `save` of a telemetry with the same options gave, and continues byte for byte.
   * Handles registered before the save stay good here; ask again for handles registered after it.
   */
  load(state: TelemetryState): void {
    this.strings.load(state.strings)
    this.metrics.load(state.metrics)
    this.logStore.load(state.logs)
    this.catalog.load(state.catalog, this.collector)
    this.spanStore.load(state.spans)
    this.collector.load(state.collector)
    this.changes.load(state.changes)
    this.alertRules.load(state.alerts)
  }

  /** A hash of all that is kept: equal for equal runs on every machine, whether or not they went through a snapshot. */
  fingerprint(): string {
    const hash = new Fingerprint()
    for (const text of this.strings.save()) hash.text(text)
    this.metrics.fingerprint(hash)
    this.logStore.fingerprint(hash)
    hash.text(JSON.stringify(this.catalog.save()))
    this.spanStore.fingerprint(hash)
    this.collector.fingerprint(hash)
    this.changes.fingerprint(hash)
    this.alertRules.fingerprint(hash)
    return hash.digest()
  }

  /** The target of instruments that belong to no pod or node. */
  private world(): MetricTarget {
    return this.metrics.target({}, 0)
  }
}
