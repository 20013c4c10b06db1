/** Paths of services beside their endpoints: numbers for debugging, and sagas by their id. */
import type { World } from '../../model/index.ts'
import { Saga } from '../../model/parts/sagas/saga.ts'
import type { Service } from '../../model/parts/service/service.ts'
import { askFor } from '../ask-action.ts'
import type { Pod } from '../cluster.ts'
import type { CommandResult } from '../command.ts'
import { cpuCores } from '../kubectl/tables.ts'
import { ratePerSecond, reading, readings } from '../readings.ts'
import { wallUs } from '../times.ts'

/** `/debug/metrics`: memory, cores, pools, caches and requests in one answer. */
export function debugMetrics(world: World, service: Service, pod: Pod, nowUs: number): unknown {
  const gauge = (name: string, labels: Readonly<Record<string, string>> = {}): number => reading(world, name, { pod: pod.name, ...labels }, nowUs) ?? 0
  const perSecond = ratePerSecond(world, 'http_request_duration_seconds_count', { pod: pod.name }, nowUs, 60_000_000)
  const pools = Object.fromEntries(readings(world, 'db_pool_connections_max', { pod: pod.name }, nowUs).map(({ labels: { pool = '' }, value }) => [pool, { size: value, used: gauge('db_pool_connections', { pool, state: 'used' }), waiting: gauge('db_pool_pending_requests', { pool }) }]))
  const caches = Object.fromEntries([...new Set(readings(world, 'client_requests_total', { pod: pod.name, operation: 'get' }, nowUs).map(({ labels }) => labels['peer'] ?? ''))].map((peer) => {
    const hits = ratePerSecond(world, 'cache_requests_total', { job: peer, result: 'hit' }, nowUs, 60_000_000)
    const all = ratePerSecond(world, 'cache_requests_total', { job: peer }, nowUs, 60_000_000)
    return [peer, { hitRate: all === 0 ? null : Number((hits / all).toFixed(3)) }]
  }))
  return {
    pod: pod.name, memory: { usedBytes: gauge('process_resident_memory_bytes'), limitBytes: gauge('container_spec_memory_limit_bytes') }, cpu: { cores: pod.replica?.cores ?? service.spec.cores, used: Number(cpuCores(world, { pod: pod.name }, nowUs).toFixed(3)) },
    requests: { inFlight: gauge('http_server_active_requests'), queued: gauge('http_server_queue_requests'), perSecond: Number(perSecond.toFixed(2)), meanMs: perSecond === 0 ? null : Number(((ratePerSecond(world, 'http_request_duration_seconds_sum', { pod: pod.name }, nowUs, 60_000_000) / perSecond) * 1000).toFixed(1)) }, pools, caches,
  }
}

/** A saga of any kind by its id, as /api/v1/sagas/ID/status and /steps tell it; null for a path that is not about sagas. */
export function sagaPath(world: World, method: string, path: string, query: string, nowUs: number): { readonly status: number; readonly value: unknown; readonly asks?: CommandResult } | null {
  const match = /^\/api\/v1\/sagas\/(?:(\d+)\/)?(status|steps|compensate|retry)$/.exec(path)
  const saga = world.parts.find((part) => part instanceof Saga)
  if (match === null || !(saga instanceof Saga)) return null
  const [, inPath, verb] = match
  const id = Number(inPath ?? /(?:^|&)(?:orderId|sagaId)=(\d+)/.exec(query)?.[1] ?? Number.NaN)
  const open = saga.openAt(id)
  if (open === null) return { status: 404, value: { status: 404, error: 'Not Found', message: `No saga ${Number.isNaN(id) ? '' : String(id)} is open: it was completed or compensated, or never began.` } }
  const step = open.step < 0 ? 'begun' : (saga.spec.steps[open.step] ?? '')
  const isStuck = saga.stuck().includes(id)
  const iso = (us: number): string => new Date(wallUs(world, us) / 1000).toISOString()
  const told = { sagaId: id, type: saga.name, currentStep: step, status: isStuck ? 'STUCK' : 'RUNNING', createdAt: iso(open.startedUs), updatedAt: iso(open.sinceUs), secondsAtStep: Math.round((nowUs - open.sinceUs) / 1e6) }
  if (verb === 'status') return { status: 200, value: told }
  if (verb === 'steps') return { status: 200, value: stepsOf(saga, open).map(({ step: name, atUs }) => ({ step: name, status: atUs === null ? 'NOT REACHED' : 'DONE', executedAt: atUs === null ? null : iso(atUs) })) }
  if (method !== 'POST') return { status: 405, value: { status: 405, error: 'Method Not Allowed' } }
  const asks = askFor(world, { action: 'recover', target: saga.name, step, id }, '')
  return asks.act === undefined ? { status: 409, value: { status: 409, error: 'Conflict', message: asks.stderr.replace(/^error: /, '').trim() } } : { status: 202, value: { ...told, accepted: verb }, asks }
}

/** All steps of a saga in their order, with the times of those that it has reached. */
function stepsOf(saga: Saga, { startedUs, passed }: NonNullable<ReturnType<Saga['openAt']>>): readonly { readonly step: string; readonly atUs: number | null }[] {
  return [{ step: 'begun', atUs: startedUs }, ...saga.spec.steps.map((step, index) => ({ step, atUs: passed.find((entry) => entry.step === index)?.atUs ?? null }))]
}
