import type { World } from '../../world.ts'
import type { Replica } from './replica.ts'
import type { Service } from './service.ts'

const gb = 2 ** 30
/** Share of the container's limit that a collected heap may fill. */
const heapShare = 0.85
/** Alive above this share of the heap, every young collection is followed by a full one. */
const fullShare = 0.75
const leastYoung = 2 ** 18
const mostYoung = 2 ** 27

/**
 * Memory of replicas. Requests hold some while they are in flight, leaks never give theirs back, and what is left of
 * the heap decides how often it is collected: as a leak grows, pauses become longer and more frequent until the
 * process does little else, and then the kernel or the runtime ends it.
 */
export class Memory {
  private readonly service: Service
  private readonly world: World

  constructor(service: Service, world: World) {
    this.service = service
    this.world = world
  }

  /** A request has begun. False when the process did not survive it. */
  grew(replica: Replica, index: number): boolean {
    const { memory, gc } = this.service.spec
    replica.leakedBytes += memory.leak + (this.service.releases[replica.release]?.leak ?? 0)
    const alive = this.alive(replica)
    if (gc === false) {
      if (alive <= replica.memoryBytes) return true
      this.service.lifecycle.outOfMemory(index)
      return false
    }
    const heap = replica.memoryBytes * heapShare
    if (alive > heap) {
      this.service.lifecycle.outOfMemory(index)
      return false
    }
    replica.garbageBytes += gc.garbage
    const young = Math.min(mostYoung, Math.max(leastYoung, (heap - alive) / 4))
    if (replica.garbageBytes >= young && replica.frozenUntilUs <= this.world.nowUs) {
      replica.garbageBytes = 0
      const full = alive > heap * fullShare
      this.pause(replica, index, full ? gc.young + (gc.full * alive) / gb : gc.young, full)
    }
    return true
  }

  /** Bytes that cannot be collected. */
  alive(replica: Replica): number {
    const { base, request } = this.service.spec.memory
    return base + replica.inFlight * request + replica.leakedBytes
  }

  /** Bytes that the process has from the operating system. */
  resident(replica: Replica): number {
    return Math.min(replica.memoryBytes, this.alive(replica) + replica.garbageBytes)
  }

  /** Stops the whole process for a time, as a collection of garbage does, or a host that has taken its cores away. */
  pause(replica: Replica, index: number, us: number, full: boolean): void {
    const pauseUs = Math.round(us)
    replica.pausedUs += pauseUs
    replica.frozenUntilUs = Math.max(this.world.nowUs, replica.frozenUntilUs) + pauseUs
    this.service.gauges.paused(index, pauseUs, full, this.alive(replica))
  }
}
