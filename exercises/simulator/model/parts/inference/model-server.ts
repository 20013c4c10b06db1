import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { none, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { Batches } from './batches.ts'
import { GpuReplica } from './gpu-replica.ts'
import type { GpuReplicaState } from './gpu-replica.ts'
import { modelEvent } from './model-events.ts'
import { ModelSignals } from './model-signals.ts'
import type { ModelRelease, PromptRelease } from './releases.ts'
import type { ModelSpec } from './schema.ts'
import { Sequences } from './sequences.ts'

/** What operators and the world can change while it runs. */
export interface ModelSettings {
  cpuWorkers: number
  batchMax: number
  batchWaitUs: number
  sequences: number
  /** Inputs take this many times longer to prepare: they have become larger. */
  inputFactor: number
  /** The GPU takes this many times longer: it is hot, or not alone. */
  gpuFactor: number
}

export interface ModelState {
  readonly replicas: readonly GpuReplicaState[]
  readonly settings: ModelSettings
  readonly releases: readonly ModelRelease[]
  readonly prompts: readonly PromptRelease[]
}

/** What puts prepared requests on the GPU. */
export interface GpuScheduler {
  /** A request is ready, or the GPU is free. */
  next(index: number, replica: GpuReplica): void
  /** The GPU is done with what it had. */
  done(index: number, replica: GpuReplica): void
  /** A fuller batch has been waited for long enough. */
  waited(index: number, replica: GpuReplica): void
}

/** Serves a model: CPU workers prepare each request, then the GPU works on many at once. */
export class ModelServer extends BasePart<ModelState> {
  readonly spec: ModelSpec
  readonly replicas: GpuReplica[] = []
  settings: ModelSettings
  releases: ModelRelease[]
  prompts: PromptRelease[]
  readonly signals: ModelSignals
  private readonly scheduler: GpuScheduler
  private readonly preprocess: Sampler
  private readonly inputKinds: readonly string[]
  private readonly inputFactors: readonly number[]
  private readonly startTime: Sampler
  private readonly work: RandomStream
  private readonly faults: RandomStream
  private readonly starts: RandomStream

  constructor(world: World, name: string, spec: ModelSpec) {
    super(world, name)
    this.spec = spec
    this.settings = { cpuWorkers: spec['cpu-workers'], batchMax: spec.batch.max, batchWaitUs: spec.batch.wait, sequences: spec.tokens?.sequences ?? 1, inputFactor: 1, gpuFactor: 1 }
    this.releases = [{ version: spec.version, gpuFactor: 1, cpuFactor: 1, errors: 0, memoryFactor: 1 }]
    this.prompts = [{ version: 'p1', promptFactor: 1, outputFactor: 1, errors: 0, flagged: spec.flagged }]
    this.preprocess = new Sampler(spec.preprocess)
    this.inputKinds = ['infer', ...Object.keys(spec.inputs)]
    this.inputFactors = [1, ...Object.values(spec.inputs)]
    this.startTime = new Sampler(spec.start)
    this.work = world.stream(`${name}/preprocess`)
    this.faults = world.stream(`${name}/faults`)
    this.starts = world.stream(`${name}/starts`)
    this.signals = new ModelSignals(world, this)
    this.scheduler = spec.tokens === undefined ? new Batches(this, world) : new Sequences(this, world, spec.tokens)
    for (let index = 0; index < spec.replicas; index += 1) {
      this.replicas.push(new GpuReplica(world.calls))
      this.at(index).up = 1
    }
  }

  at(index: number): GpuReplica {
    return this.replicas[index] as GpuReplica
  }

  get release(): ModelRelease {
    return this.releases.at(-1) as ModelRelease
  }

  get prompt(): PromptRelease {
    return this.prompts.at(-1) as PromptRelease
  }

  /** Inputs that one replica prepares at once: a worker without a core waits for one. */
  get preparers(): number {
    return Math.min(this.settings.cpuWorkers, this.spec.cores ?? this.settings.cpuWorkers)
  }

  override arrive(call: number): void {
    const { calls, wire } = this.world
    const index = this.leastBusy()
    if (index < 0) wire.finish(call, outcomeCode.unavailable)
    else {
      const replica = this.at(index)
      if (replica.requests - replica.running.length - replica.preparing >= this.spec.queue) {
        this.signals.refused()
        wire.finish(call, outcomeCode.unavailable)
        return
      }
      calls.replica[call] = index
      calls.span[call] = calls.nextSpan()
      replica.live.add(call)
      calls.wait(call, stage.part)
      if (replica.preparing < this.preparers) this.prepare(call, replica)
      else replica.inputs.push(call)
    }
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === modelEvent.prepared) {
      if (this.world.calls.token[a] === b) this.prepared(a)
      return
    }
    const replica = this.replicas[a]
    if (replica === undefined) return
    if (kind === modelEvent.waited) {
      if (replica.waitNumber === b) this.scheduler.waited(a, replica)
    } else if (replica.epoch !== b) return
    else if (kind === modelEvent.gpu) this.scheduler.done(a, replica)
    else replica.up = 1
  }

  /** Ends a request that is on the GPU. */
  answer(call: number, replica: GpuReplica, failed = false): void {
    const { release, prompt } = this
    const errors = release.errors + prompt.errors
    const outcome = failed || (errors > 0 && this.faults.chance(errors)) ? outcomeCode.error : outcomeCode.ok
    const flagged = outcome === 0 && prompt.flagged > 0 && this.faults.chance(prompt.flagged)
    replica.live.remove(call)
    this.signals.answered(call, outcome, flagged)
    this.world.wire.finish(call, outcome)
  }

  /** The process of a replica dies with what it had, and starts again unless it is gone. */
  crash(index: number, restarts: boolean): void {
    const replica = this.at(index)
    if (replica.gone === 1) return
    const lost = replica.live.list()
    Object.assign(replica, { up: 0, epoch: replica.epoch + 1, preparing: 0, gpuBusy: 0, cacheTokens: 0, batchBytes: 0, waitNumber: replica.waitNumber + 1, gone: restarts ? 0 : 1 })
    for (const list of [replica.inputs, replica.queue, replica.running]) while (list.shift() !== none) continue
    for (const call of lost) {
      replica.live.remove(call)
      this.world.wire.finish(call, outcomeCode.reset)
    }
    if (restarts) this.start(index)
  }

  /** Changes how many replicas there are. New ones load their weights first. */
  scale(replicas: number): void {
    const alive = this.replicas.flatMap(({ gone }, index) => (gone === 0 ? [index] : []))
    for (const index of alive.slice(replicas)) this.crash(index, false)
    for (let more = alive.length; more < replicas; more += 1) {
      let index = this.replicas.findIndex(({ gone }) => gone === 1)
      if (index < 0) index = this.replicas.push(new GpuReplica(this.world.calls)) - 1
      this.at(index).gone = 0
      this.start(index)
    }
  }

  /** After settings have changed: what waits goes on. */
  refresh(): void {
    for (const [index, replica] of this.replicas.entries()) {
      while (replica.up === 1 && replica.inputs.length > 0 && replica.preparing < this.preparers) this.prepare(replica.inputs.shift(), replica)
      if (replica.up === 1) this.scheduler.next(index, replica)
    }
  }

  override operation(name: string): number {
    return this.inputKinds.indexOf(name === '' ? 'infer' : name)
  }

  override operationNames(): readonly string[] {
    return this.inputKinds
  }

  override spanOf(): { name: string; attributes: Record<string, AttributeValue> } {
    return { name: `infer ${this.name}`, attributes: { 'server.address': this.name, 'gen_ai.operation.name': this.spec.tokens === undefined ? 'classify' : 'chat' } }
  }

  override measure(): void {
    this.signals.measure()
  }

  save(): ModelState {
    return { replicas: this.replicas.map((replica) => replica.save()), settings: { ...this.settings }, releases: this.releases.slice(), prompts: this.prompts.slice() }
  }

  load(state: ModelState): void {
    while (this.replicas.length < state.replicas.length) this.replicas.push(new GpuReplica(this.world.calls))
    this.replicas.length = state.replicas.length
    for (const [index, saved] of state.replicas.entries()) this.at(index).load(saved)
    this.settings = { ...state.settings }
    this.releases = state.releases.slice()
    this.prompts = state.prompts.slice()
    this.signals.clear()
  }

  private start(index: number): void {
    this.world.schedule(this.startTime.sampleUs(this.starts), this.index, modelEvent.started, index, this.at(index).epoch)
  }

  private leastBusy(): number {
    let best = -1
    for (const [index, replica] of this.replicas.entries()) {
      if (replica.up === 1 && (best < 0 || replica.requests < this.at(best).requests)) best = index
    }
    return best
  }

  private prepare(call: number, replica: GpuReplica): void {
    const { calls, nowUs } = this.world
    const us = Math.max(0, Math.round(this.preprocess.sampleUs(this.work) * (this.inputFactors[calls.operation[call] as number] ?? 1) * this.settings.inputFactor * this.release.cpuFactor))
    replica.preparing += 1
    calls.waitUs[call] = nowUs
    calls.work[call] = us
    this.world.schedule(us, this.index, modelEvent.prepared, call, calls.wait(call, stage.part))
  }

  private prepared(call: number): void {
    const { calls, nowUs } = this.world
    const index = calls.replica[call] as number
    const replica = this.at(index)
    replica.preparing -= 1
    replica.cpuUs += calls.work[call] as number
    this.signals.prepared(call)
    if (replica.inputs.length > 0 && replica.preparing < this.preparers) this.prepare(replica.inputs.shift(), replica)
    calls.wait(call, stage.part)
    calls.waitUs[call] = nowUs
    replica.queue.push(call)
    this.scheduler.next(index, replica)
  }
}
