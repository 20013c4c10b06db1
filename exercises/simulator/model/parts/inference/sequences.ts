import type { RandomStream } from '../../../engine/index.ts'
import { none } from '../../calls.ts'
import type { World } from '../../world.ts'
import type { GpuReplica } from './gpu-replica.ts'
import { modelEvent } from './model-events.ts'
import type { GpuScheduler, ModelServer } from './model-server.ts'
import type { TokenSpec } from './schema.ts'

/**
 * Continuous batching, as vLLM does it: every step makes one token for each running sequence, and sequences join and
 * leave between steps. A sequence takes room in the cache for its prompt and for each token that it makes; when there is
 * no room, the one that came last is thrown out and begins again later.
 *
 * Of a call, `value` holds the tokens of the prompt, `work` those still to be made, `pending` those made.
 */
export class Sequences implements GpuScheduler {
  private readonly server: ModelServer
  private readonly world: World
  private readonly spec: TokenSpec
  private readonly lengths: RandomStream

  constructor(server: ModelServer, world: World, spec: TokenSpec) {
    this.server = server
    this.world = world
    this.spec = spec
    this.lengths = world.stream(`${server.name}/tokens`)
  }

  next(index: number, replica: GpuReplica): void {
    if (replica.gpuBusy === 1 || (replica.queue.length === 0 && replica.running.length === 0)) return
    const { settings, release } = this.server
    const prefilled = this.admit(replica)
    if (replica.running.length === 0) return
    const { base, 'per-sequence': each } = this.spec.step
    const factor = settings.gpuFactor * release.gpuFactor
    const us = Math.max(1, Math.round((base + each * replica.running.length + (prefilled / this.spec.prefill) * 1e6) * factor))
    replica.gpuBusy = 1
    replica.gpuUs += us
    replica.activeUs += us - base * factor
    this.world.schedule(us, this.server.index, modelEvent.gpu, index, replica.epoch)
  }

  waited(): void {
    /* Nothing is waited for: sequences join at the next step. */
  }

  done(index: number, replica: GpuReplica): void {
    const { calls } = this.world
    replica.gpuBusy = 0
    for (let call = replica.running.head; call !== none; ) {
      const after = calls.next[call] as number
      const made = (calls.pending[call] as number) + 1
      calls.pending[call] = made
      calls.work[call] = (calls.work[call] as number) - 1
      replica.cacheTokens += 1
      if (made === 1) this.server.signals.firstToken(call)
      if ((calls.work[call] as number) <= 0) {
        replica.running.remove(call)
        replica.cacheTokens -= (calls.value[call] as number) + made
        this.server.signals.generated(call)
        this.server.answer(call, replica)
      }
      call = after
    }
    while (replica.running.length > 1 && replica.cacheTokens + replica.running.length > this.spec.cache) this.throwOut(replica)
    this.next(index, replica)
  }

  /** Lets sequences join while there is room. Returns the tokens of their prompts. */
  private admit(replica: GpuReplica): number {
    const { calls, nowUs } = this.world
    let prefilled = 0
    while (replica.queue.length > 0 && replica.running.length < this.server.settings.sequences) {
      const call = replica.queue.head
      if ((calls.value[call] as number) === 0) this.draw(call)
      const tokens = (calls.value[call] as number) + (calls.pending[call] as number)
      if (replica.running.length > 0 && replica.cacheTokens + tokens > this.spec.cache) break
      replica.queue.remove(call)
      if ((calls.pending[call] as number) === 0) this.server.signals.waited(call)
      calls.waitUs[call] = nowUs
      replica.running.push(call)
      replica.cacheTokens += tokens
      prefilled += tokens
    }
    return prefilled
  }

  private throwOut(replica: GpuReplica): void {
    const { calls } = this.world
    const call = replica.running.pop()
    if (call === none) return
    replica.cacheTokens -= (calls.value[call] as number) + (calls.pending[call] as number)
    this.server.signals.preempted()
    // It keeps its place: those that wait let it go first.
    const waiting = Array.from({ length: replica.queue.length }, () => replica.queue.shift())
    for (const other of [call, ...waiting]) replica.queue.push(other)
  }

  private draw(call: number): void {
    const { calls } = this.world
    const { prompt } = this.server
    calls.value[call] = this.tokens(this.spec.prompt.mean * prompt.promptFactor, this.spec.prompt.cv)
    calls.work[call] = this.tokens(this.spec.output.mean * prompt.outputFactor, this.spec.output.cv)
    calls.pending[call] = 0
  }

  private tokens(mean: number, cv: number): number {
    const drawn = cv === 0 ? mean : this.lengths.gamma(1 / (cv * cv)) * mean * cv * cv
    return Math.max(1, Math.min(Math.floor(this.spec.cache / 2), Math.round(drawn)))
  }
}
