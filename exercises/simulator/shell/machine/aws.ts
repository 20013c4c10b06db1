import { searchByFilterExpression, summariseTrace } from '../../traces/index.ts'
import type { Trace } from '../../traces/index.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagValue, parseFlags } from '../flags.ts'
import { cloudMetricNames, cloudwatch } from './cloudwatch.ts'

const flags = {
  'start-time': { value: true }, 'end-time': { value: true }, 'filter-expression': { value: true }, 'trace-ids': { value: true }, output: { value: true }, region: { value: true },
} as const

const mostTraces = 100

/** `aws xray`. */
export const aws: Command = {
  name: 'aws',
  summary: 'search traces with X-Ray, read metrics with CloudWatch',
  synopsis: ["aws xray get-trace-summaries --start-time T --end-time T [--filter-expression 'service(\"NAME\") AND duration > 2']", 'aws xray batch-get-traces --trace-ids ID', 'aws cloudwatch get-metric-statistics --namespace N --metric-name M --dimensions "Name=D,Value=V" --start-time T --end-time T --period SECONDS --statistics Average'],
  description: [`Searches the traces that were kept, the slowest first, up to ${mostTraces} of them. Times are seconds since 1970 or ISO 8601; the last 15 minutes where they are left out. Answers are JSON: --query is not known here, so choose fields with jq.`, `CloudWatch knows ${cloudMetricNames.join('; ')}; its values are those of the telemetry. describe-alarms shows the alerts of the incident.`],
  answers: ['cmd.xray-service-slow', 'cmd.xray-get-trace', 'cmd.xray-subsegments', 'cmd.cloudwatch-lag'],
  run(invocation) {
    const [service, verb, ...rest] = invocation.args
    if (service === 'cloudwatch') return cloudwatch(invocation, [...(verb === undefined ? [] : [verb]), ...rest])
    if (service !== 'xray') return failed(`aws: error: argument command: Invalid choice for this simulation: '${service ?? ''}'; xray and cloudwatch are known`, 252)
    const parsed = parseFlags(rest, flags)
    if ('error' in parsed) return failed(`aws: error: ${parsed.error.replace('unknown flag', 'Unknown options')}`, 252)
    if (verb === 'get-trace-summaries') return summaries(invocation, flagValue(parsed, 'start-time'), flagValue(parsed, 'end-time'), flagValue(parsed, 'filter-expression') ?? 'duration >= 0')
    if (verb === 'batch-get-traces') return traces(invocation, [...(parsed.values.get('trace-ids') ?? []), ...parsed.words])
    return failed(`aws: error: argument operation: Invalid choice for this simulation: '${verb ?? ''}'; get-trace-summaries and batch-get-traces are known`, 252)
  },
  candidates: (_world, words) => (words.length === 0 ? ['xray', 'cloudwatch'] : words[0] === 'cloudwatch' ? ['get-metric-statistics', 'describe-alarms', '--namespace', '--metric-name', '--dimensions', '--start-time', '--end-time', '--period', '--statistics'] : words.length === 1 ? ['get-trace-summaries', 'batch-get-traces'] : ['--start-time', '--end-time', '--filter-expression', '--trace-ids']),
}

/** Microseconds since 1970 of a time as the tool takes it; NaN when it is none. */
function timeUs(text: string): number {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1e6 : Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`) * 1000
}

/** X-Ray writes an id with its version and its first 8 digits apart. */
const idText = (id: string): string => `1-${id.slice(0, 8)}-${id.slice(8)}`

function summaries({ world, nowUs }: Invocation, start: string | null, end: string | null, expression: string): CommandResult {
  const nowWallUs = world.telemetry.epochMs * 1000 + nowUs
  const toUs = end === null ? nowWallUs : Math.min(nowWallUs, timeUs(end))
  const fromUs = start === null ? toUs - 900_000_000 : timeUs(start)
  if (Number.isNaN(toUs) || Number.isNaN(fromUs)) return failed(`Invalid timestamp "${Number.isNaN(fromUs) ? (start ?? '') : (end ?? '')}"`, 255)
  const found = searchByFilterExpression(world.telemetry.traces, expression, { fromUs, toUs, limit: mostTraces, order: 'slowest' })
  if (!found.ok) return failed(`An error occurred (InvalidRequestException) when calling the GetTraceSummaries operation: ${found.error.message}`, 254)
  const list = found.value.found.flatMap(({ trace }) => {
    const summary = summariseTrace(trace)
    return summary === null ? [] : [{ Id: idText(trace.traceId), StartTime: new Date(trace.startUs / 1000).toISOString(), Duration: summary.durationUs / 1e6, ResponseTime: summary.responseTimeUs / 1e6, HasFault: summary.status === 'error', HasError: false, Http: { HttpStatus: summary.httpStatus }, ServiceIds: summary.services.map((name) => ({ Name: name })) }]
  })
  return printed(`${JSON.stringify({ TraceSummaries: list, TracesProcessedCount: found.value.scannedCount }, null, 4)}\n`)
}

function traces({ world }: Invocation, ids: readonly string[]): CommandResult {
  if (ids.length === 0) return failed('aws: error: the following arguments are required: --trace-ids', 252)
  const found = ids.map((id) => ({ id, trace: world.telemetry.traces.trace(id.replace(/^1-/, '').replaceAll('-', '')) }))
  return printed(`${JSON.stringify({ Traces: found.flatMap(({ trace }) => (trace === null ? [] : [traceOf(trace)])), UnprocessedTraceIds: found.flatMap(({ id, trace }) => (trace === null ? [id] : [])) }, null, 4)}\n`)
}

function traceOf({ traceId, durationUs, spans }: Trace): Readonly<Record<string, unknown>> {
  const servers = spans.filter(({ kind }) => kind === 'server' || kind === 'consumer')
  return {
    Id: idText(traceId), Duration: durationUs / 1e6,
    Segments: servers.map((server) => ({
      Id: server.spanId,
      Document: JSON.stringify({
        id: server.spanId, name: server.service, trace_id: idText(traceId), parent_id: server.parentSpanId, start_time: server.startUs / 1e6, end_time: (server.startUs + server.durationUs) / 1e6, fault: server.status === 'error', annotations: server.attributes,
        subsegments: spans.filter(({ parentSpanId }) => parentSpanId === server.spanId).map((span) => ({ id: span.spanId, name: span.name, start_time: span.startUs / 1e6, end_time: (span.startUs + span.durationUs) / 1e6, fault: span.status === 'error' })),
      }),
    })),
  }
}
