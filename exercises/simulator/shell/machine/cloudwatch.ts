/** `aws cloudwatch get-metric-statistics`: the metrics of managed services, from the telemetry of the world. */
import { instantQuery } from '../../promql/index.ts'
import type { CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagValue, parseFlags } from '../flags.ts'
import type { ParsedFlags } from '../flags.ts'

/** A metric as PromQL. `$` is the value of the dimension. */
interface CloudMetric {
  readonly dimension: string
  readonly unit: string
  readonly expr: string
}

const metrics: Readonly<Record<string, Readonly<Record<string, CloudMetric>>>> = {
  'AWS/Kafka': {
    SumOffsetLag: { dimension: 'Consumer Group', unit: 'Count', expr: 'sum(kafka_consumergroup_lag_sum{consumergroup="$"})' },
    EstimatedMaxTimeLag: { dimension: 'Consumer Group', unit: 'Seconds', expr: 'max(kafka_consumergroup_group_max_lag_seconds{consumergroup="$"})' },
  },
  'AWS/RDS': {
    CPUUtilization: { dimension: 'DBInstanceIdentifier', unit: 'Percent', expr: 'sum(rate(db_cpu_seconds_total{job="$"}[1m])) * 100' },
    DatabaseConnections: { dimension: 'DBInstanceIdentifier', unit: 'Count', expr: 'sum(db_connections{job="$"})' },
    FreeStorageSpace: { dimension: 'DBInstanceIdentifier', unit: 'Bytes', expr: 'sum(db_disk_size_bytes{job="$"}) - sum(db_disk_used_bytes{job="$"})' },
    ReplicaLag: { dimension: 'DBInstanceIdentifier', unit: 'Seconds', expr: 'max(db_replication_lag_seconds{job="$"})' },
  },
  'AWS/ElastiCache': {
    CacheHits: { dimension: 'CacheClusterId', unit: 'Count/Second', expr: 'sum(rate(cache_requests_total{job="$",result="hit"}[1m]))' },
    CacheMisses: { dimension: 'CacheClusterId', unit: 'Count/Second', expr: 'sum(rate(cache_requests_total{job="$",result="miss"}[1m]))' },
    CurrItems: { dimension: 'CacheClusterId', unit: 'Count', expr: 'sum(cache_entries{job="$"})' },
  },
}

/** Metrics that are known, for the manual. */
export const cloudMetricNames: readonly string[] = Object.entries(metrics).map(([namespace, known]) => `${namespace}: ${Object.entries(known).map(([name, { dimension }]) => `${name} (${dimension})`).join(', ')}`)

const flags = { namespace: { value: true }, 'metric-name': { value: true }, dimensions: { value: true }, 'start-time': { value: true }, 'end-time': { value: true }, period: { value: true }, statistics: { value: true }, region: { value: true }, output: { value: true } } as const
const overTime: Readonly<Record<string, string>> = { Average: 'avg_over_time', Maximum: 'max_over_time', Minimum: 'min_over_time' }
const mostPoints = 1_440

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined)

export function cloudwatch(invocation: Invocation, words: readonly string[]): CommandResult {
  const [verb = '', ...rest] = words
  if (verb === 'describe-alarms') return alarms(invocation)
  if (verb === 'put-metric-alarm') return failed('An error occurred (AccessDenied) when calling the PutMetricAlarm operation: alarms are made with the code of the system, which is reviewed. Ask the Metrics tab with the condition of the alarm: it tells when it would have fired.', 254)
  if (verb !== 'get-metric-statistics') return failed(`aws: error: argument operation: Invalid choice for this simulation: '${verb}'; get-metric-statistics and describe-alarms are known.`, 252)
  const parsed = parseFlags(rest, flags)
  if ('error' in parsed) return failed(`aws: error: ${parsed.error.replace('unknown flag', 'Unknown options')}`, 252)
  const missing = ['namespace', 'metric-name', 'start-time', 'end-time', 'period', 'statistics'].filter((name) => flagValue(parsed, name) === null)
  if (missing.length > 0) return failed(`aws: error: the following arguments are required: ${missing.map((name) => `--${name}`).join(', ')}`, 252)
  return points(invocation, parsed)
}

/** The alerts of the incident as alarms, with their state. */
function alarms({ world }: Invocation): CommandResult {
  const active = world.telemetry.alerts.alerts()
  const list = world.topology.alerts.map(({ name, expr }) => {
    const states = active.filter(({ rule }) => rule === name).map(({ state }) => state)
    return { AlarmName: name, StateValue: states.includes('firing') ? 'ALARM' : 'OK', MetricName: expr }
  })
  return printed(`${JSON.stringify({ MetricAlarms: list }, null, 4)}\n`)
}

function points({ world, nowUs }: Invocation, parsed: ParsedFlags): CommandResult {
  const known = own(metrics, flagValue(parsed, 'namespace') ?? '')
  const label = flagValue(parsed, 'metric-name') ?? ''
  const metric = known === undefined ? undefined : own(known, label)
  if (metric === undefined) return failed(`aws: error: this simulation has no such metric. Known are ${cloudMetricNames.join('; ')}.`, 254)
  const [, name = '', value = ''] = /^Name=(.+?),\s*Value=(.+)$/.exec([flagValue(parsed, 'dimensions') ?? '', ...parsed.words].join(' ')) ?? []
  if (name !== metric.dimension || !/^[\w.-]+$/.test(value)) return failed(`aws: error: ${label} needs --dimensions "Name=${metric.dimension},Value=NAME", in quotes where the name has a space.`, 252)
  const epochMs = world.telemetry.epochMs
  const startMs = momentMs(flagValue(parsed, 'start-time') ?? '')
  const endMs = Math.min(momentMs(flagValue(parsed, 'end-time') ?? ''), epochMs + nowUs / 1000)
  const periodMs = Number(flagValue(parsed, 'period')) * 1000
  const statistic = flagValue(parsed, 'statistics') ?? ''
  const over = own(overTime, statistic)
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) return failed('aws: error: a time is written as 2026-03-03T09:00:00', 252)
  if (!(periodMs >= 1000) || (endMs - startMs) / periodMs > mostPoints) return failed(`aws: error: --period is a number of seconds from 1 that gives at most ${mostPoints} points`, 254)
  if (over === undefined) return failed('aws: error: --statistics knows Average, Maximum and Minimum here', 252)
  const stepSeconds = Math.max(1, world.topology.telemetry.scrapeUs / 1e6)
  const query = `${over}((${metric.expr.replaceAll('$', value)})[${periodMs / 1000}s:${stepSeconds}s])`
  const found: Readonly<Record<string, unknown>>[] = []
  for (let atMs = Math.max(startMs, epochMs); atMs + periodMs <= endMs; atMs += periodMs) {
    const answer = instantQuery(world.telemetry.series, query, atMs + periodMs)
    const sample = answer.ok && answer.result.type === 'vector' ? answer.result.samples[0] : undefined
    if (sample !== undefined) found.push({ Timestamp: `${new Date(atMs).toISOString().slice(0, 19)}+00:00`, [statistic]: sample.value, Unit: metric.unit })
  }
  return printed(`${JSON.stringify({ Label: label, Datapoints: found }, null, 4)}\n`)
}

function momentMs(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
}
