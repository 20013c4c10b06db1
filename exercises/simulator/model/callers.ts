import { none, role } from './calls.ts'
import { Service } from './parts/service/service.ts'
import type { World } from './world.ts'

/** Replica of the caller from which a call comes; 0 for callers without replicas. */
export function callerReplica(world: World, call: number): number {
  const { calls } = world
  const frame = calls.parent[call] as number
  return frame !== none && calls.callee[frame] === calls.caller[call] ? (calls.replica[frame] as number) : 0
}

/** Number of the caller's process, for what a process keeps: its replica's place, not its life. */
export function callerPlace(world: World, call: number): number {
  return (world.calls.caller[call] as number) * 4096 + callerReplica(world, call)
}

/** Counts the processes that there have been in the place from which a call comes: what they kept is lost with them. */
export function callerEpoch(world: World, call: number): number {
  const part = world.parts[world.calls.caller[call] as number]
  return part instanceof Service ? (part.replicas[callerReplica(world, call)]?.epoch ?? 0) : 0
}

/** Replica to which a call goes, chosen now if it has not been; 0 for callees without replicas, none when there is none to choose. */
export function placeCall(world: World, call: number): number {
  const { calls } = world
  const part = world.parts[calls.callee[call] as number]
  if (!(part instanceof Service)) return 0
  const roles = calls.role[call] as number
  if ((roles & role.placed) === 0) {
    calls.replica[call] = part.balancer.pick()
    calls.role[call] = roles | role.placed
  }
  return calls.replica[call] as number
}
