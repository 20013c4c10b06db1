/** Logs: LogQL over what the parts wrote. */
import { parseLogql, queryLogs, queryRange } from '../../../../../exercises/simulator/logql/index.ts'
import type { LogResult, LogqlError, MetricResult } from '../../../../../exercises/simulator/logql/index.ts'
import type { RoomCall } from './room-call.ts'

export type LogsAnswer =
  | { readonly ok: true; readonly kind: 'lines'; readonly result: LogResult }
  | { readonly ok: true; readonly kind: 'metric'; readonly result: MetricResult; readonly steps: { startMs: number; endMs: number; stepMs: number } }
  | { readonly ok: false; readonly error: LogqlError }

/** Ends in wall-clock milliseconds; a metric query is evaluated at each step. */
export interface LogsQuestion {
  readonly query: string
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
  readonly limit: number
  readonly direction: 'newest-first' | 'oldest-first'
}

const query: RoomCall<LogsQuestion, LogsAnswer> = ({ world }, { query: text, fromMs, toMs, stepMs, limit, direction }) => {
  const parsed = parseLogql(text)
  if (!parsed.ok) return { ok: false, error: parsed.error }
  if (parsed.value.kind === 'logs') {
    const lines = queryLogs(world.telemetry.logs, text, { fromUs: fromMs * 1000, toUs: toMs * 1000, limit, direction })
    return lines.ok ? { ok: true, kind: 'lines', result: lines.value } : { ok: false, error: lines.error }
  }
  const steps = { startMs: fromMs, endMs: toMs, stepMs }
  const metric = queryRange(world.telemetry.logs, text, steps)
  return metric.ok ? { ok: true, kind: 'metric', result: metric.value, steps } : { ok: false, error: metric.error }
}

/** Labels of streams and their values. */
const labels: RoomCall<null, Readonly<Record<string, readonly string[]>>> = ({ world }) => {
  const { logs } = world.telemetry
  return Object.fromEntries(logs.labelNames().map((name) => [name, logs.labelValues(name)]))
}

/** Lines of one stream around a moment, oldest first. */
const around: RoomCall<{ readonly stream: Readonly<Record<string, string>>; readonly timeUs: number; readonly lines: number }, LogsAnswer> = ({ world }, { stream, timeUs, lines }) => {
  const selector = `{${Object.entries(stream)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`
  const read = (fromUs: number, toUs: number, direction: 'newest-first' | 'oldest-first') => queryLogs(world.telemetry.logs, selector, { fromUs, toUs, limit: lines, direction })
  const before = read(0, timeUs, 'newest-first')
  const after = read(timeUs, Number.MAX_SAFE_INTEGER, 'oldest-first')
  if (!before.ok) return { ok: false, error: before.error }
  if (!after.ok) return { ok: false, error: after.error }
  return { ok: true, kind: 'lines', result: { type: 'streams', rows: [...before.value.rows.toReversed(), ...after.value.rows], truncated: false, scannedLines: before.value.scannedLines + after.value.scannedLines } }
}

export const logsCalls = { 'logs.query': query, 'logs.labels': labels, 'logs.around': around }
