import { none } from '../../calls.ts'
import type { World } from '../../world.ts'
import type { GpuReplica } from './gpu-replica.ts'
import { modelEvent } from './model-events.ts'
import type { GpuScheduler, ModelServer } from './model-server.ts'

/** Dynamic batching, as Triton does it: a batch starts when it is full, or when its first request has waited long enough. */
export class Batches implements GpuScheduler {
  private readonly server: ModelServer
  private readonly world: World

  constructor(server: ModelServer, world: World) {
    this.server = server
    this.world = world
  }

  next(index: number, replica: GpuReplica): void {
    const { queue } = replica
    const { settings } = this.server
    if (replica.gpuBusy === 1 || queue.length === 0) return
    const waitedUs = this.world.nowUs - (this.world.calls.waitUs[queue.head] as number)
    if (queue.length >= settings.batchMax || waitedUs >= settings.batchWaitUs) {
      this.begin(index, replica)
      return
    }
    replica.waitNumber += 1
    this.world.schedule(settings.batchWaitUs - waitedUs, this.server.index, modelEvent.waited, index, replica.waitNumber)
  }

  waited(index: number, replica: GpuReplica): void {
    this.next(index, replica)
  }

  done(index: number, replica: GpuReplica): void {
    const { memory } = this.server.spec
    const failed = memory.weights + replica.batchBytes > memory.total
    if (failed) this.server.signals.outOfMemory(memory.weights + replica.batchBytes)
    replica.gpuBusy = 0
    replica.batchBytes = 0
    for (let call = replica.running.shift(); call !== none; call = replica.running.shift()) this.server.answer(call, replica, failed)
    this.next(index, replica)
  }

  private begin(index: number, replica: GpuReplica): void {
    const { calls, nowUs } = this.world
    const { spec, settings, release } = this.server
    const size = Math.min(replica.queue.length, settings.batchMax)
    const { base, 'per-item': perItem } = spec['batch-time']
    const factor = settings.gpuFactor * release.gpuFactor
    const us = Math.max(1, Math.round((base + size * perItem) * factor))
    for (let item = 0; item < size; item += 1) {
      const call = replica.queue.shift()
      this.server.signals.waited(call)
      calls.waitUs[call] = nowUs
      calls.pending[call] = size
      replica.running.push(call)
    }
    replica.gpuBusy = 1
    replica.waitNumber += 1
    replica.batchBytes = size * spec.memory['per-item'] * release.memoryFactor
    // A batch that does not fit fails as soon as it asks for its memory.
    const fits = spec.memory.weights + replica.batchBytes <= spec.memory.total
    const tookUs = fits ? us : Math.max(1, Math.round(base * factor))
    replica.gpuUs += tookUs
    replica.activeUs += fits ? size * perItem * factor : 0
    this.server.signals.executed(size, tookUs)
    this.world.schedule(tookUs, this.server.index, modelEvent.gpu, index, replica.epoch)
  }
}
