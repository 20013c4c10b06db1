import type { AttributeValue, Span, Trace } from '../traces/source.ts'
import type { StoredEntry } from './log-reader.ts'
import type { LogLevel } from './log-shape.ts'
import { spanKinds } from './span-shapes.ts'
import { inChunks } from './text-chunks.ts'

const scope = { name: 'firedrill' }
const statusCodes = { unset: 0, ok: 1, error: 2 } as const
const severities: Readonly<Record<LogLevel, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }

/** Traces as one OTLP/JSON document (ExportTraceServiceRequest) in chunks; Jaeger and collectors accept it. */
export function otlpTraces(traces: Iterable<Trace>): Generator<string> {
  return inChunks(document('resourceSpans', resourceSpans(traces)))
}

/** Log lines as one OTLP/JSON document (ExportLogsServiceRequest) in chunks. */
export function otlpLogs(entries: Iterable<StoredEntry>): Generator<string> {
  return inChunks(document('resourceLogs', resourceLogs(entries)))
}

function* document(name: string, items: Iterable<string>): Generator<string> {
  yield `{"${name}":[`
  let separator = ''
  for (const item of items) {
    yield separator + item
    separator = ',\n'
  }
  yield ']}\n'
}

/** One entry for each trace and process: spans of a trace stay together. */
function* resourceSpans(traces: Iterable<Trace>): Generator<string> {
  for (const trace of traces) {
    const byResource = new Map<string, { readonly resource: unknown; readonly spans: unknown[] }>()
    for (const span of trace.spans) {
      const resource = { attributes: attributes({ 'service.name': span.service, ...resourceAttributes(span) }) }
      const key = JSON.stringify(resource)
      const group = byResource.get(key)
      if (group === undefined) byResource.set(key, { resource, spans: [otlpSpan(span)] })
      else group.spans.push(otlpSpan(span))
    }
    for (const { resource, spans } of byResource.values()) yield JSON.stringify({ resource, scopeSpans: [{ scope, spans }] })
  }
}

/** Attributes that describe the process and not the operation, by the namespaces of the semantic conventions. */
const resourceNamespaces = /^(service|k8s|host|cloud|container|deployment|process)\./

function resourceAttributes(span: Span): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(span.attributes).filter(([name]) => resourceNamespaces.test(name)))
}

function otlpSpan(span: Span): unknown {
  return {
    traceId: span.traceId, spanId: span.spanId, ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }), name: span.name,
    kind: spanKinds.indexOf(span.kind) + 1, startTimeUnixNano: nanoseconds(span.startUs), endTimeUnixNano: nanoseconds(span.startUs + span.durationUs),
    attributes: attributes(Object.fromEntries(Object.entries(span.attributes).filter(([name]) => !resourceNamespaces.test(name)))),
    events: span.events.map((event) => ({ timeUnixNano: nanoseconds(event.timeUs), name: event.name, attributes: attributes(event.attributes) })),
    status: { code: statusCodes[span.status], ...(span.statusMessage === null ? {} : { message: span.statusMessage }) },
  }
}

function* resourceLogs(entries: Iterable<StoredEntry>): Generator<string> {
  for (const entry of entries) {
    const record = entry.record()
    const logRecord = {
      timeUnixNano: nanoseconds(record.timeUs), observedTimeUnixNano: nanoseconds(record.timeUs), severityNumber: severities[record.level],
      severityText: record.level.toUpperCase(), body: { stringValue: record.message }, attributes: record.fields.map(({ name, value }) => ({ key: name, value: anyValue(value) })),
      ...(record.traceId === null ? {} : { traceId: record.traceId }), ...(record.spanId === null ? {} : { spanId: record.spanId }),
    }
    yield JSON.stringify({ resource: { attributes: attributes(record.labels) }, scopeLogs: [{ scope, logRecords: [logRecord] }] })
  }
}

function attributes(values: Readonly<Record<string, AttributeValue>>): unknown[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))
}

/** OTLP/JSON writes 64-bit integers as strings. */
function anyValue(value: AttributeValue): unknown {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (Number.isSafeInteger(value)) return { intValue: String(value) }
  return { doubleValue: Number.isFinite(value) ? value : value > 0 ? 'Infinity' : value < 0 ? '-Infinity' : 'NaN' }
}

/** Microseconds as nanoseconds, which no double holds exactly. */
function nanoseconds(timeUs: number): string {
  return `${Math.round(timeUs)}000`
}
