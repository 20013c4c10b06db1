import type { World } from '../../world.ts'
import { stage } from '../../calls.ts'
import { podPhase } from './replica.ts'
import type { Replica } from './replica.ts'
import { serviceEvent } from './service-events.ts'
import type { Service } from './service.ts'

/** Longest that a frame keeps a core while others wait for one. */
const sliceUs = 10_000

/**
 * The cores of replicas: frames run one to a core and take turns in slices, so that long work does not starve short
 * work for long, and short work costs one event. A pause of the whole process delays all of it.
 */
export class Cores {
  private readonly service: Service
  private readonly world: World

  constructor(service: Service, world: World) {
    this.service = service
    this.world = world
  }

  /** Begins work of a frame, or lines it up. @param us of one core at full speed */
  begin(call: number, us: number): void {
    const { calls } = this.world
    const replica = this.replicaOf(call)
    calls.work[call] = us * this.factor(replica)
    if (replica.coresBusy < replica.cores) this.slice(call, replica)
    else {
      calls.wait(call, stage.work)
      calls.value[call] = 0
      replica.runnable.push(call)
    }
  }

  /** A slice has ended. */
  done(call: number, token: number): void {
    const { calls } = this.world
    if (calls.token[call] !== token) return
    const replica = this.replicaOf(call)
    const pausedUs = replica.pausedUs - (calls.waitUs[call] as number)
    if (pausedUs > 0) {
      calls.waitUs[call] = replica.pausedUs
      this.world.schedule(pausedUs, this.service.index, serviceEvent.workDone, call, token)
      return
    }
    const tookUs = calls.value[call] as number
    const left = (calls.work[call] as number) - tookUs
    replica.cpuUs += tookUs
    calls.work[call] = left
    const others = replica.runnable.length > 0
    if (left > 0 && !others) {
      replica.coresBusy -= 1
      this.slice(call, replica)
      return
    }
    replica.coresBusy -= 1
    if (left > 0) {
      calls.wait(call, stage.work)
      calls.value[call] = 0
      replica.runnable.push(call)
    }
    if (others) this.slice(replica.runnable.shift(), replica)
    if (left <= 0) this.service.worked(call)
  }

  /** Takes a frame off its core or out of the line. */
  stop(call: number, replica: Replica): void {
    if (this.world.calls.value[call] === 0) {
      replica.runnable.remove(call)
      return
    }
    replica.coresBusy -= 1
    if (replica.runnable.length > 0 && replica.phase !== podPhase.dead) this.slice(replica.runnable.shift(), replica)
  }

  /** How many times longer work takes on this replica now. */
  factor(replica: Replica): number {
    const { releases, settings, spec } = this.service
    const factor = replica.slowness * settings.slowness * (releases[replica.release]?.cpuFactor ?? 1)
    const cold = spec['cold-factor']
    if (cold === 1) return factor
    const age = this.world.nowUs - replica.startedUs
    return age >= spec.warm ? factor : factor * (1 + (cold - 1) * (1 - age / spec.warm))
  }

  private slice(call: number, replica: Replica): void {
    const { calls, nowUs } = this.world
    const workUs = Math.max(1, Math.round(calls.work[call] as number))
    const tookUs = workUs > sliceUs ? sliceUs : workUs
    replica.coresBusy += 1
    // Below, the two are compared: what is left must come to nothing when the last slice is over.
    calls.work[call] = workUs
    calls.value[call] = tookUs
    calls.waitUs[call] = replica.pausedUs
    const frozenUs = replica.frozenUntilUs > nowUs ? replica.frozenUntilUs - nowUs : 0
    this.world.schedule(tookUs + frozenUs, this.service.index, serviceEvent.workDone, call, calls.wait(call, stage.work))
  }

  private replicaOf(call: number): Replica {
    return this.service.replicas[this.world.calls.replica[call] as number] as Replica
  }
}
