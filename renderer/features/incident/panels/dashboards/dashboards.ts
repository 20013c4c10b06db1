/** Which charts the room shows of which part: rate, errors and duration of what serves, use and saturation of what is used. */
import type { ChartQuery } from '../../charts/query-chart.tsx'
import { unitOf } from '../../charts/value-text.ts'
import type { Unit } from '../../charts/value-text.ts'
import type { AlertLevel } from '../../world/calls/alerts.ts'
import type { PartMetric } from '../../world/calls/metrics.ts'
import { metricCharts } from './metric-charts.ts'

export interface ChartSpec {
  readonly title: string
  readonly unit: Unit
  readonly queries: readonly ChartQuery[]
  readonly threshold?: number
  /** Colours by the part in this label. */
  readonly colorLabel?: string
  /** What it means that there is no series. */
  readonly none?: string
  /** A metric without which the chart says nothing. */
  readonly needs: string
}

export interface Dashboard {
  readonly id: string
  readonly title: string
  readonly charts: readonly ChartSpec[]
}

/** A part, and the metrics that this world has. */
export interface System {
  readonly parts: readonly { readonly name: string; readonly kind: string }[]
  readonly metrics: ReadonlySet<string>
  /** What the alerts measure, the page's first. */
  readonly levels?: readonly AlertLevel[]
  /** What is measured of each part, for those that have no charts of their kind. */
  readonly measured?: Readonly<Record<string, readonly PartMetric[]>>
}

/** Overview first, then one dashboard for each part that has charts of its own. */
export function dashboardsOf({ parts, metrics, levels = [], measured = {} }: System): readonly Dashboard[] {
  const kept = (charts: readonly ChartSpec[]): readonly ChartSpec[] => charts.filter(({ needs }) => metrics.has(needs))
  const overview = { id: 'overview', title: 'Overview', charts: [...levels.map(alertChart), ...kept(overviewCharts)] }
  return [overview, ...parts.map(({ name, kind }) => ({ id: name, title: name, charts: ownCharts(kept(chartsOf(kind, name)), name, measured[name] ?? []) })).filter(({ charts }) => charts.length > 0)]
}

/** What an alert measures, with the level at which it is pending. */
function alertChart({ rule, query, threshold }: AlertLevel): ChartSpec {
  return { title: `Alert: ${rule}`, unit: unitOf(query), threshold, queries: [{ query, legend: rule }], needs: rule }
}

/** Charts of its kind, or else one for each metric that names the part. */
function ownCharts(charts: readonly ChartSpec[], name: string, measured: readonly PartMetric[]): readonly ChartSpec[] {
  return charts.length > 0 ? charts : metricCharts(name, measured)
}

const quantiles = (metric: string, by: string, selector: string): readonly ChartQuery[] =>
  [0.5, 0.95, 0.99].map((quantile) => ({ query: `histogram_quantile(${String(quantile)}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket${selector}[1m])))`, legend: `p${String(quantile * 100)}${by === '' ? '' : ` {{${by}}}`}` }))

const overviewCharts: readonly ChartSpec[] = [
  { title: 'Users: requests by outcome', unit: 'perSecond', needs: 'user_requests_total', queries: [{ query: 'sum by (client, outcome) (rate(user_requests_total[1m]))', legend: '{{client}} {{outcome}}' }] },
  { title: 'Users: share that fails', unit: 'ratio', needs: 'user_requests_total', queries: [{ query: '(sum by (client) (rate(user_requests_total{outcome!="ok"}[1m])) or 0 * sum by (client) (rate(user_requests_total[1m]))) / sum by (client) (rate(user_requests_total[1m]))', legend: '{{client}}' }] },
  { title: 'Users: p95 duration', unit: 'seconds', needs: 'user_request_duration_seconds_bucket', queries: [{ query: 'histogram_quantile(0.95, sum by (le, client) (rate(user_request_duration_seconds_bucket[1m])))', legend: '{{client}}' }] },
  { title: 'Services: requests', unit: 'perSecond', colorLabel: 'job', needs: 'http_requests_total', queries: [{ query: 'sum by (job) (rate(http_requests_total[1m]))', legend: '{{job}}' }] },
  { title: 'Services: share of 5xx', unit: 'ratio', colorLabel: 'job', needs: 'http_requests_total', queries: [{ query: '(sum by (job) (rate(http_requests_total{code=~"5.."}[1m])) or 0 * sum by (job) (rate(http_requests_total[1m]))) / sum by (job) (rate(http_requests_total[1m]))', legend: '{{job}}' }] },
  { title: 'Services: p95 duration', unit: 'seconds', colorLabel: 'job', needs: 'http_request_duration_seconds_bucket', queries: [{ query: 'histogram_quantile(0.95, sum by (le, job) (rate(http_request_duration_seconds_bucket[1m])))', legend: '{{job}}' }] },
  { title: 'Pools: connections in use', unit: 'ratio', needs: 'db_pool_connections', queries: [{ query: 'sum by (job, pool) (db_pool_connections{state="used"}) / sum by (job, pool) (db_pool_connections_max)', legend: '{{job}} to {{pool}}' }] },
  { title: 'Consumers: lag', unit: 'count', needs: 'kafka_consumergroup_lag_sum', queries: [{ query: 'sum by (consumergroup, topic) (kafka_consumergroup_lag_sum)', legend: '{{consumergroup}} of {{topic}}' }] },
]

function chartsOf(kind: string, name: string): readonly ChartSpec[] {
  const own = `{job="${name}"}`
  switch (kind) {
    case 'service':
      return [...requestCharts(name, own), ...resourceCharts(name, own)]
    case 'database':
      return databaseCharts(name, own)
    case 'cache':
      return [
        { title: 'Reads by result', unit: 'perSecond', needs: 'cache_requests_total', queries: [{ query: `sum by (result) (rate(cache_requests_total${own}[1m]))`, legend: '{{result}}' }] },
        { title: 'Expired and evicted', unit: 'perSecond', needs: 'cache_expired_keys_total', queries: [{ query: `sum(rate(cache_expired_keys_total${own}[1m]))`, legend: 'expired' }, { query: `sum(rate(cache_evicted_keys_total${own}[1m]))`, legend: 'evicted' }] },
        { title: 'Entries', unit: 'count', needs: 'cache_entries', queries: [{ query: `sum by (pod) (cache_entries${own})`, legend: '{{pod}}' }] },
        { title: 'Fills in flight', unit: 'count', needs: 'cache_fills_in_flight', queries: [{ query: `sum(cache_fills_in_flight${own})`, legend: 'fills' }] },
      ]
    case 'broker':
      return [
        { title: 'Lag by group', unit: 'count', needs: 'kafka_consumergroup_lag_sum', queries: [{ query: `sum by (consumergroup, topic) (kafka_consumergroup_lag_sum{cluster="${name}"})`, legend: '{{consumergroup}} of {{topic}}' }] },
        { title: 'Oldest waiting message', unit: 'seconds', needs: 'kafka_consumergroup_group_max_lag_seconds', queries: [{ query: `max by (consumergroup) (kafka_consumergroup_group_max_lag_seconds{cluster="${name}"})`, legend: '{{consumergroup}}' }] },
        { title: 'Produced', unit: 'perSecond', needs: 'kafka_topic_partition_current_offset', queries: [{ query: `sum by (topic) (rate(kafka_topic_partition_current_offset{cluster="${name}"}[1m]))`, legend: '{{topic}}' }] },
        { title: 'Members and rebalances', unit: 'count', needs: 'kafka_consumergroup_members', queries: [{ query: `sum by (consumergroup) (kafka_consumergroup_members{cluster="${name}"})`, legend: 'members of {{consumergroup}}' }, { query: `sum by (consumergroup) (increase(kafka_consumergroup_rebalances_total{cluster="${name}"}[5m]))`, legend: 'rebalances of {{consumergroup}} in 5 min' }] },
      ]
    case 'external':
      return [
        { title: 'Calls by outcome', unit: 'perSecond', needs: 'client_requests_total', queries: [{ query: `sum by (job, outcome) (rate(client_requests_total{peer="${name}"}[1m]))`, legend: '{{job}} {{outcome}}' }] },
        { title: 'Duration of calls', unit: 'seconds', needs: 'client_request_duration_seconds_bucket', queries: quantiles('client_request_duration_seconds', '', `{peer="${name}"}`) },
      ]
    case 'client':
      return [
        { title: 'Requests by outcome', unit: 'perSecond', needs: 'user_requests_total', queries: [{ query: `sum by (outcome) (rate(user_requests_total{client="${name}"}[1m]))`, legend: '{{outcome}}' }] },
        { title: 'Attempts, with retries', unit: 'perSecond', needs: 'user_attempts_total', queries: [{ query: `sum(rate(user_attempts_total{client="${name}"}[1m]))`, legend: 'attempts' }, { query: `sum(rate(user_requests_total{client="${name}"}[1m]))`, legend: 'requests' }] },
        { title: 'Duration', unit: 'seconds', needs: 'user_request_duration_seconds_bucket', queries: quantiles('user_request_duration_seconds', '', `{client="${name}"}`) },
      ]
    default:
      return []
  }
}

/** Rate, errors, duration. */
function requestCharts(name: string, own: string): readonly ChartSpec[] {
  return [
    { title: 'Requests by route', unit: 'perSecond', needs: 'http_requests_total', queries: [{ query: `sum by (method, route) (rate(http_requests_total${own}[1m]))`, legend: '{{method}} {{route}}' }] },
    { title: 'Responses by code', unit: 'perSecond', needs: 'http_requests_total', queries: [{ query: `sum by (code) (rate(http_requests_total${own}[1m]))`, legend: '{{code}}' }] },
    { title: 'p95 duration by route', unit: 'seconds', needs: 'http_request_duration_seconds_bucket', queries: [{ query: `histogram_quantile(0.95, sum by (le, method, route) (rate(http_request_duration_seconds_bucket${own}[1m])))`, legend: '{{method}} {{route}}' }] },
    { title: 'p95 of calls to others', unit: 'seconds', none: 'It calls nobody', colorLabel: 'peer', needs: 'client_request_duration_seconds_bucket', queries: [{ query: `histogram_quantile(0.95, sum by (le, peer) (rate(client_request_duration_seconds_bucket{job="${name}"}[1m])))`, legend: '{{peer}}' }] },
    { title: 'Failed calls to others', unit: 'perSecond', none: 'No call failed', needs: 'client_requests_total', queries: [{ query: `sum by (peer, outcome) (rate(client_requests_total{job="${name}",outcome!="ok"}[1m]))`, legend: '{{peer}} {{outcome}}' }] },
  ]
}

/** Utilisation, saturation, errors of what a service holds. */
function resourceCharts(name: string, own: string): readonly ChartSpec[] {
  return [
    { title: 'CPU', unit: 'count', needs: 'container_cpu_usage_seconds_total', queries: [{ query: `sum by (pod) (rate(container_cpu_usage_seconds_total${own}[1m]))`, legend: '{{pod}}' }] },
    { title: 'Threads in use', unit: 'ratio', needs: 'http_server_threads_busy', queries: [{ query: `sum by (pod) (http_server_threads_busy${own}) / sum by (pod) (http_server_threads_max${own})`, legend: '{{pod}}' }] },
    { title: 'Requests that wait', unit: 'count', needs: 'http_server_queue_requests', queries: [{ query: `sum by (pod) (http_server_queue_requests${own})`, legend: '{{pod}}' }] },
    { title: 'Pools in use', unit: 'ratio', none: 'It has no pool', needs: 'db_pool_connections', queries: [{ query: `sum by (pool) (db_pool_connections{job="${name}",state="used"}) / sum by (pool) (db_pool_connections_max${own})`, legend: '{{pool}}' }] },
    { title: 'Waiting for a connection', unit: 'count', none: 'It has no pool', needs: 'db_pool_pending_requests', queries: [{ query: `sum by (pool) (db_pool_pending_requests${own})`, legend: '{{pool}}' }] },
    { title: 'Memory', unit: 'bytes', needs: 'process_resident_memory_bytes', queries: [{ query: `sum by (pod) (process_resident_memory_bytes${own})`, legend: '{{pod}}' }] },
    { title: 'Restarts', unit: 'count', needs: 'kube_pod_container_status_restarts', queries: [{ query: `sum by (pod) (kube_pod_container_status_restarts${own})`, legend: '{{pod}}' }] },
    { title: 'Time in garbage collection', unit: 'ratio', needs: 'jvm_gc_pause_seconds_sum', queries: [{ query: `sum by (pod) (rate(jvm_gc_pause_seconds_sum${own}[1m]))`, legend: '{{pod}}' }] },
  ]
}

function databaseCharts(name: string, own: string): readonly ChartSpec[] {
  return [
    { title: 'Queries', unit: 'perSecond', needs: 'db_queries_total', queries: [{ query: `sum by (query) (rate(db_queries_total${own}[1m]))`, legend: '{{query}}' }] },
    { title: 'Failed queries', unit: 'perSecond', none: 'No query failed', needs: 'db_queries_total', queries: [{ query: `sum by (query, outcome) (rate(db_queries_total{job="${name}",outcome!="ok"}[1m]))`, legend: '{{query}} {{outcome}}' }] },
    { title: 'p95 duration by query', unit: 'seconds', needs: 'db_query_duration_seconds_bucket', queries: [{ query: `histogram_quantile(0.95, sum by (le, query) (rate(db_query_duration_seconds_bucket${own}[1m])))`, legend: '{{query}}' }] },
    { title: 'Rows read for each query', unit: 'count', needs: 'db_rows_examined_total', queries: [{ query: `sum by (query) (rate(db_rows_examined_total${own}[1m])) / sum by (query) (rate(db_queries_total${own}[1m]))`, legend: '{{query}}' }] },
    { title: 'Connections', unit: 'count', needs: 'db_connections', queries: [{ query: `sum by (state) (db_connections${own})`, legend: '{{state}}' }, { query: `sum(db_connections_max${own})`, legend: 'most' }] },
    { title: 'CPU', unit: 'count', needs: 'db_cpu_seconds_total', queries: [{ query: `sum(rate(db_cpu_seconds_total${own}[1m]))`, legend: 'cores in use' }] },
    { title: 'Disk in use', unit: 'ratio', needs: 'db_disk_used_bytes', queries: [{ query: `sum by (pod) (db_disk_used_bytes${own}) / sum by (pod) (db_disk_size_bytes${own})`, legend: '{{pod}}' }] },
    { title: 'Replication lag', unit: 'seconds', needs: 'db_replication_lag_seconds', queries: [{ query: `max by (pod) (db_replication_lag_seconds${own})`, legend: '{{pod}}' }] },
  ]
}
