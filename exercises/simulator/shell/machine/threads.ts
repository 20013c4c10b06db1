/** What the requests of a pod's process do at this moment, from the calls that the world has in flight. */
import type { World } from '../../model/index.ts'
import { none, role, stage } from '../../model/calls.ts'
import type { Replica } from '../../model/parts/service/replica.ts'
import type { Service } from '../../model/parts/service/service.ts'

/** Requests that do the same. */
export interface ThreadGroup {
  readonly state: 'RUNNABLE' | 'WAITING' | 'TIMED_WAITING' | 'BLOCKED'
  /** Endpoint that is served. */
  readonly serves: string
  readonly does: string
  readonly count: number
  /** How long the one that has been there for longest has been there, in microseconds. */
  readonly oldestUs: number
}

/** Groups of requests, the largest first. */
export function threadGroups(world: World, service: Service, replica: Replica): readonly ThreadGroup[] {
  const { calls } = world
  const index = service.replicas.indexOf(replica)
  const groups = new Map<string, { -readonly [Key in keyof ThreadGroup]: ThreadGroup[Key] }>()
  for (let call = replica.live; call !== none; call = calls.liveNext[call] ?? none) {
    if (((calls.role[call] ?? 0) & role.probe) !== 0) continue
    const { state, does } = doing(world, service, index, call)
    const serves = service.endpoints[calls.operation[call] ?? 0]?.name ?? ''
    const ageUs = world.nowUs - (calls.arrivedUs[call] ?? world.nowUs)
    const key = `${serves} ${state} ${does}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { state, serves, does, count: 1, oldestUs: ageUs })
    else {
      group.count += 1
      group.oldestUs = Math.max(group.oldestUs, ageUs)
    }
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count || (one.does < other.does ? -1 : 1))
}

function doing(world: World, service: Service, replica: number, call: number): Pick<ThreadGroup, 'state' | 'does'> {
  const { calls } = world
  const at = calls.stage[call]
  if (at === stage.queued) return { state: 'WAITING', does: 'in the queue, without a thread' }
  if (at === stage.work) return (calls.value[call] ?? 0) > 0 ? { state: 'RUNNABLE', does: 'on a core' } : { state: 'RUNNABLE', does: 'waits for a core' }
  if (at === stage.pool) return { state: 'TIMED_WAITING', does: `waits for a connection of the pool${poolWith(service, replica, world)}` }
  if (at === stage.reply) {
    const child = calls.child[call] ?? none
    const part = child === none ? undefined : world.parts[calls.callee[child] ?? none]
    const operation = part?.operationNames()[calls.operation[child] ?? 0]
    return { state: 'TIMED_WAITING', does: `reads the answer of ${part?.name ?? 'another part'}${operation === undefined ? '' : `, ${operation}`}` }
  }
  if (at === stage.backoff) return { state: 'TIMED_WAITING', does: 'sleeps before it tries again' }
  if (at === stage.sleep) return { state: 'TIMED_WAITING', does: 'sleeps' }
  if (at === stage.branches) return { state: 'WAITING', does: 'waits for its branches' }
  return at === stage.part ? { state: 'BLOCKED', does: 'waits for a lock' } : { state: 'RUNNABLE', does: 'between two steps' }
}

/** Names of the pools of a replica that somebody waits for. */
function poolWith(service: Service, replica: number, world: World): string {
  const names = service.gatesOf(replica).flatMap(({ pool }, group) => (pool !== null && pool.waiting.length > 0 ? [world.parts[service.groups[group]?.target ?? none]?.name ?? ''] : []))
  return names.length === 0 ? '' : ` ${[...new Set(names)].join(' or ')}`
}
