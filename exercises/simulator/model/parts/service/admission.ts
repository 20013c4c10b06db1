import { none, role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import { podPhase } from './replica.ts'
import type { Replica } from './replica.ts'
import type { Service } from './service.ts'

/** Work of a probe, in microseconds. */
const probeWorkUs = 200

/** How requests come to threads: chosen replica, full queues, load that is shed, deadlines that have passed. */
export class Admission {
  private readonly service: Service
  private readonly world: World
  /** Replica in whose queue a loop looks for the next request: a request that ends at once must not begin another loop. */
  private draining = none

  constructor(service: Service, world: World) {
    this.service = service
    this.world = world
  }

  /** A request comes to the service, and so to one of its replicas. */
  arrive(call: number): void {
    const { calls } = this.world
    const index = ((calls.role[call] as number) & role.placed) === 0 ? this.service.balancer.pick() : (calls.replica[call] as number)
    if (index === none) this.world.wire.finish(call, outcomeCode.unavailable)
    else this.accept(call, index)
  }

  /** A request reaches a replica. */
  accept(call: number, index: number): void {
    const { calls } = this.world
    const { settings } = this.service
    const replica = this.service.replicas[index] as Replica
    if (replica.unreachable === 1) {
      this.service.lifecycle.leaveUnanswered(call)
      return
    }
    if (replica.phase === podPhase.starting || replica.phase === podPhase.dead) {
      this.world.wire.finish(call, outcomeCode.refused)
      return
    }
    calls.replica[call] = index
    calls.arrivedUs[call] = this.world.nowUs
    calls.span[call] = calls.nextSpan()
    replica.inFlight += 1
    replica.join(call)
    if (replica.inFlight > settings.shedInflight) this.refuse(call, outcomeCode.unavailable)
    else if (replica.threadsBusy < settings.threads) this.start(call, replica)
    else if (replica.queue.length < settings.queue) {
      calls.wait(call, stage.queued)
      replica.queue.push(call)
    } else this.refuse(call, outcomeCode.unavailable)
  }

  /** Starts requests that wait, while there are threads. */
  drain(index: number): void {
    if (this.draining === index) return
    const { settings } = this.service
    const replica = this.service.replicas[index] as Replica
    const before = this.draining
    this.draining = index
    while (replica.queue.length > 0 && replica.threadsBusy < settings.threads && replica.phase !== podPhase.dead) {
      const call = replica.queue.shift()
      if (this.world.nowUs - (this.world.calls.arrivedUs[call] as number) > settings.shedQueueUs) this.refuse(call, outcomeCode.unavailable)
      else this.start(call, replica)
    }
    this.draining = before
  }

  private start(call: number, replica: Replica): void {
    const { calls } = this.world
    calls.wake(call)
    if (this.service.settings.threads !== Number.POSITIVE_INFINITY) {
      calls.role[call] = (calls.role[call] as number) | role.threaded
      replica.threadsBusy += 1
    }
    if (((calls.role[call] as number) & role.probe) !== 0) this.service.beginProbe(call, probeWorkUs)
    else if (this.service.spec.deadlines && this.world.nowUs >= (calls.deadlineUs[call] as number)) this.refuse(call, outcomeCode['upstream-timeout'])
    // The process may not survive one more request.
    else if (this.service.memory.grew(replica, calls.replica[call] as number)) this.service.beginRequest(call)
  }

  private refuse(call: number, outcome: number): void {
    this.world.calls.cause[call] = outcome
    this.service.endRequest(call, outcome)
  }
}
