/** The meters of /actuator/metrics, under the names that Micrometer gives them. */
import type { World } from '../../model/index.ts'
import type { Service } from '../../model/parts/service/service.ts'
import { ratePerSecond, reading, readings } from '../readings.ts'

/** One number of a meter. */
export interface Measurement {
  readonly statistic: 'VALUE' | 'COUNT' | 'TOTAL_TIME'
  readonly value: number
}

type Labels = Readonly<Record<string, string>>
type Meter = (world: World, service: Service, pod: string, labels: Labels, nowUs: number) => readonly Measurement[]

const gauge = (name: string): Meter => (world, _service, pod, labels, nowUs) => {
  const value = reading(world, name, { pod, ...labels }, nowUs)
  return value === null ? [] : [{ statistic: 'VALUE', value }]
}
const timer = (name: string): Meter => (world, _service, pod, labels, nowUs) => {
  const count = reading(world, `${name}_count`, { pod, ...labels }, nowUs)
  return count === null ? [] : [{ statistic: 'COUNT', value: count }, { statistic: 'TOTAL_TIME', value: reading(world, `${name}_sum`, { pod, ...labels }, nowUs) ?? 0 }]
}
const ofService = (name: string): Meter => (world, service, _pod, labels, nowUs) => {
  const found = readings(world, name, { job: service.name, ...labels }, nowUs)
  return found.length === 0 ? [] : [{ statistic: 'VALUE', value: found.reduce((sum, { value }) => sum + value, 0) }]
}

const meters: Readonly<Record<string, Meter>> = {
  'http.server.requests': (world, service, pod, labels, nowUs) => {
    if (labels['code'] === undefined) return timer('http_request_duration_seconds')(world, service, pod, labels, nowUs)
    const count = reading(world, 'http_requests_total', { pod, ...labels }, nowUs)
    return [{ statistic: 'COUNT', value: count ?? 0 }]
  },
  'http.server.requests.active': gauge('http_server_active_requests'),
  'executor.active': gauge('http_server_threads_busy'),
  'executor.pool.max': gauge('http_server_threads_max'),
  'executor.queued': gauge('http_server_queue_requests'),
  'executor.queue.remaining': (world, service, pod, labels, nowUs) => gauge('http_server_queue_requests')(world, service, pod, labels, nowUs).map(({ statistic, value }) => ({ statistic, value: Math.max(0, service.settings.queue - value) })),
  'executor.rejected': (world, service, pod, _labels, nowUs) => [{ statistic: 'COUNT', value: refusedBy(world, service, pod, nowUs) }],
  'jvm.threads.live': gauge('http_server_threads_busy'),
  'jvm.memory.used': gauge('process_resident_memory_bytes'),
  'jvm.memory.max': gauge('container_spec_memory_limit_bytes'),
  'resilience4j.circuitbreaker.failure.rate': (world, service, pod, labels) => {
    const index = service.replicas.findIndex((replica) => replica.gone === 0 && replica.pod === pod)
    const breakers = service.gatesOf(index).flatMap(({ breaker }, group) => (breaker === null || (labels['peer'] ?? world.parts[service.groups[group]?.target ?? -1]?.name) !== world.parts[service.groups[group]?.target ?? -1]?.name ? [] : [breaker]))
    const [first] = breakers
    // resilience4j says -1 while there are fewer calls than it needs to judge.
    return first === undefined ? [] : [{ statistic: 'VALUE', value: first.failureShare === null ? -1 : first.failureShare * 100 }]
  },
  'jvm.gc.pause': timer('jvm_gc_pause_seconds'),
  'hikaricp.connections.active': (world, service, pod, labels, nowUs) => gauge('db_pool_connections')(world, service, pod, { ...labels, state: 'used' }, nowUs),
  'hikaricp.connections.max': gauge('db_pool_connections_max'),
  'hikaricp.connections.pending': gauge('db_pool_pending_requests'),
  'hikaricp.connections.timeout': gauge('db_pool_timeouts_total'),
  'resilience4j.circuitbreaker.state': gauge('circuit_breaker_state'),
  'kafka.consumer.records.consumed.rate': (world, service, _pod, _labels, nowUs) => (reading(world, 'spring_kafka_listener_seconds_count', { job: service.name }, nowUs) === null ? [] : [{ statistic: 'VALUE', value: ratePerSecond(world, 'spring_kafka_listener_seconds_count', { job: service.name }, nowUs, 60_000_000) }]),
  'messages.dead.lettered': ofService('messages_dead_lettered_total'),
}

/** Requests that this pod refused because its queue was full: they were answered within a millisecond, with a 503 of its own. */
function refusedBy(world: World, service: Service, pod: string, nowUs: number): number {
  const epochUs = world.telemetry.epochMs * 1000
  let count = 0
  for (const { line } of world.telemetry.logs.select([{ name: 'service', op: '=', value: service.name }, { name: 'pod', op: '=', value: pod }], epochUs, epochUs + nowUs + 1)) if (line.includes('503 Service Unavailable from itself')) count += 1
  return count
}

const tagLabels: Readonly<Record<string, string>> = { status: 'code', uri: 'route', method: 'method', name: 'peer', pool: 'pool' }

/** Names of the meters that a pod has now. */
export function meterNames(world: World, service: Service, pod: string, nowUs: number): readonly string[] {
  const own = world.telemetry.series.metricNames().filter((name) => reading(world, name, { pod }, nowUs) !== null)
  return [...Object.keys(meters).filter((name) => (meters[name]?.(world, service, pod, {}, nowUs) ?? []).length > 0), ...own].toSorted()
}

/** What a meter says; null for a name or a tag that there is not. @param query `tag=status:429&tag=uri:/orders` */
export function measure(world: World, service: Service, pod: string, name: string, query: string, nowUs: number): readonly Measurement[] | null {
  const labels: Record<string, string> = {}
  for (const [, key = '', value = ''] of query.matchAll(/(?:^|&)tag=([^:&]+):([^&]*)/g)) {
    const label = Object.hasOwn(tagLabels, key) ? tagLabels[key] : undefined
    if (label === undefined) return null
    labels[label] = decoded(value)
  }
  const meter = Object.hasOwn(meters, name) ? meters[name] : undefined
  const plain = world.telemetry.series.metricNames().find((metric) => metric === name || metric.replaceAll('_', '.') === name)
  const found = meter?.(world, service, pod, labels, nowUs) ?? (plain === undefined ? [] : gauge(plain)(world, service, pod, labels, nowUs))
  return found.length === 0 ? null : found
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
