import { attribute, spanStatus } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Histogram, MetricTarget, Operation } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from '../service/pod-signals.ts'
import type { ModelServer } from './model-server.ts'

interface GpuGauges {
  readonly util: Gauge
  readonly active: Gauge
  readonly memory: Gauge
  readonly total: Gauge
  readonly cpu: Gauge
  readonly cache: Gauge | null
  readonly running: Gauge | null
  readonly inputs: Gauge
  readonly waiting: Gauge
}

const tokenBounds: readonly number[] = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1]
const firstTokenBounds: readonly number[] = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40]

/** What a model server shows: metrics as Triton, DCGM and vLLM name them, a span for each stage of a request. */
export class ModelSignals {
  private readonly world: World
  private readonly server: ModelServer
  private gauges: GpuGauges[] = []
  private counters = new Map<string, Counter>()
  private histograms = new Map<string, Histogram>()
  private operations = new Map<string, Operation>()

  constructor(world: World, server: ModelServer) {
    this.world = world
    this.server = server
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.gauges = []
    this.counters = new Map()
    this.histograms = new Map()
    this.operations = new Map()
  }

  measure(): void {
    const { nowUs } = this.world
    const { spec, preparers, replicas } = this.server
    for (const [index, replica] of replicas.entries()) {
      const of = (this.gauges[index] ??= this.makeGauges(index))
      const spanUs = nowUs - replica.readAtUs
      // Work is booked as a whole when it begins or ends: what is more than can have been done counts for the next time.
      const cpuUs = Math.min(spanUs * preparers, replica.cpuUs - replica.readCpuUs)
      const gpuUs = Math.min(spanUs, replica.gpuUs - replica.readGpuUs)
      const activeUs = Math.min(spanUs, replica.activeUs - replica.readActiveUs)
      if (spanUs > 0) {
        of.cpu.set(cpuUs / (spanUs * preparers))
        of.util.set(Math.round((100 * gpuUs) / spanUs))
        of.active.set(activeUs / spanUs)
      }
      Object.assign(replica, { readAtUs: nowUs, readCpuUs: replica.readCpuUs + cpuUs, readGpuUs: replica.readGpuUs + gpuUs, readActiveUs: replica.readActiveUs + activeUs })
      const cache = spec.tokens === undefined ? 0 : (replica.cacheTokens / spec.tokens.cache) * (spec.memory.total - spec.memory.weights)
      of.memory.set(replica.up === 1 ? Math.min(spec.memory.total, spec.memory.weights + replica.batchBytes + cache) : 0)
      of.total.set(spec.memory.total)
      of.inputs.set(replica.inputs.length)
      of.waiting.set(replica.queue.length)
      of.running?.set(replica.running.length)
      of.cache?.set(replica.cacheTokens / (spec.tokens?.cache ?? 1))
    }
  }

  /** A request did not find room in the queue. */
  refused(): void {
    this.counter('nv_inference_request_failure', 'Requests that failed.', { reason: 'REJECTED' }).add(1)
  }

  /** A request's input is ready for the GPU. */
  prepared(call: number): void {
    this.stage(call, 'preprocess')
    this.counter('nv_inference_compute_input_duration_us', 'Time in preparing inputs.', {}).add(this.sinceUs(call))
  }

  /** A request is on the GPU. */
  waited(call: number): void {
    this.stage(call, 'queue')
    this.counter('nv_inference_queue_duration_us', 'Time of prepared requests until they were on the GPU.', {}).add(this.sinceUs(call))
  }

  /** A batch has gone to the GPU. */
  executed(size: number, us: number): void {
    this.counter('nv_inference_exec_count', 'Batches that were executed.', {}).add(1)
    this.counter('nv_inference_count', 'Items of those batches.', {}).add(size)
    this.counter('nv_inference_compute_infer_duration_us', 'Time of executions, for each item of a batch.', {}).add(us * size)
  }

  outOfMemory(bytes: number): void {
    const { telemetry, nowUs } = this.world
    telemetry.logTemplate({ labels: { service: this.server.name }, level: 'error', message: 'CUDA out of memory. Tried to use {used_mib} MiB of {total_mib} MiB', fields: [{ name: 'used_mib', kind: 'number' }, { name: 'total_mib', kind: 'number' }] })
      .write(nowUs, 0, 0, 0, Math.round(bytes / 2 ** 20), Math.round(this.server.spec.memory.total / 2 ** 20))
  }

  /** A sequence has its first token. */
  firstToken(call: number): void {
    const { calls, nowUs } = this.world
    this.histogram('vllm:time_to_first_token_seconds', 'Time until the first token of an answer.', firstTokenBounds, {}).observe((nowUs - (calls.arrivedUs[call] as number)) / 1e6)
    this.counter('vllm:prompt_tokens_total', 'Tokens of prompts.', {}).add(calls.value[call] as number)
  }

  /** A sequence has all its tokens. */
  generated(call: number): void {
    const { calls, nowUs } = this.world
    const made = calls.pending[call] as number
    this.counter('vllm:generation_tokens_total', 'Tokens of answers.', {}).add(made)
    this.histogram('vllm:time_per_output_token_seconds', 'Time of a token of an answer.', tokenBounds, {}).observe((nowUs - (calls.waitUs[call] as number)) / 1e6 / Math.max(1, made))
  }

  /** A sequence was thrown out for want of cache. */
  preempted(): void {
    this.counter('vllm:num_preemptions_total', 'Sequences that were thrown out for want of cache.', {}).add(1)
  }

  /** A request has ended. */
  answered(call: number, outcome: number, flagged: boolean): void {
    const { calls, causes, nowUs } = this.world
    const { release, prompt, spec } = this.server
    this.stage(call, 'gpu')
    const tookUs = nowUs - (calls.arrivedUs[call] as number)
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const failed = outcome !== 0
    if (failed) this.counter('nv_inference_request_failure', 'Requests that failed.', { reason: 'BACKEND' }).add(1)
    else this.counter('nv_inference_request_success', 'Requests that were answered.', {}).add(1)
    this.counter('nv_inference_request_duration_us', 'Time of requests.', {}).add(tookUs)
    const name = spec.tokens === undefined ? 'inference_request_duration_seconds' : 'vllm:e2e_request_latency_seconds'
    this.histogram(name, 'Time of a request.', latencyBounds, {}).observeTraced(tookUs / 1e6, hi, lo)
    if (!failed) this.counter('model_answers_total', 'Answers, by what a check of their content says.', { version: release.version, prompt: prompt.version, verdict: flagged ? 'flagged' : 'accepted' }).add(1)
    this.operation(`infer ${this.server.name}`, true).record(
      hi, lo, calls.span[call] as number, calls.parentSpan[call] as number, calls.arrivedUs[call] as number, tookUs, failed ? spanStatus.error : spanStatus.unset, failed ? causes.of(-1, outcome) : 0,
      calls.pending[call] as number, spec.tokens === undefined ? Number.NaN : (calls.value[call] as number), flagged ? 1 : 0,
    )
  }

  private sinceUs(call: number): number {
    return this.world.nowUs - (this.world.calls.waitUs[call] as number)
  }

  private stage(call: number, stage: string): void {
    const { calls } = this.world
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const us = this.sinceUs(call)
    this.histogram('inference_stage_duration_seconds', 'Time of a request in a stage.', latencyBounds, { stage }).observeTraced(us / 1e6, hi, lo)
    this.operation(stage, false).record(hi, lo, calls.nextSpan(), calls.span[call] as number, calls.waitUs[call] as number, us, spanStatus.unset, 0)
  }

  private operation(name: string, isRoot: boolean): Operation {
    const { release, prompt, spec } = this.server
    const key = `${name} ${release.version} ${prompt.version}`
    let operation = this.operations.get(key)
    if (operation === undefined) {
      const inTokens = spec.tokens !== undefined
      operation = this.world.telemetry.operation({
        service: this.server.name,
        name,
        kind: isRoot ? 'server' : 'internal',
        resource: { [attribute.serviceVersion]: release.version },
        attributes: isRoot && inTokens ? { 'gen_ai.prompt.version': prompt.version } : {},
        variables: isRoot ? [{ name: inTokens ? 'gen_ai.usage.output_tokens' : 'inference.batch_size', kind: 'number' }, { name: 'gen_ai.usage.input_tokens', kind: 'number' }, { name: 'guardrail.flagged', kind: 'flag' }] : [],
      })
      this.operations.set(key, operation)
    }
    return operation
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: 'inference', model: this.server.name }, 0)
  }

  private counter(name: string, help: string, labels: Readonly<Record<string, string>>): Counter {
    const key = `${name} ${Object.values(labels).join(' ')}`
    let counter = this.counters.get(key)
    if (counter === undefined) this.counters.set(key, (counter = this.target.counter(name, help, labels)))
    return counter
  }

  private histogram(name: string, help: string, bounds: readonly number[], labels: Readonly<Record<string, string>>): Histogram {
    const key = `${name} ${Object.values(labels).join(' ')}`
    let histogram = this.histograms.get(key)
    if (histogram === undefined) this.histograms.set(key, (histogram = this.target.histogram(name, help, labels, bounds)))
    return histogram
  }

  private makeGauges(index: number): GpuGauges {
    const { target } = this
    const labels = { replica: `${this.server.name}-${index}` }
    const inTokens = this.server.spec.tokens !== undefined
    const gauge = (name: string, help: string): Gauge => target.gauge(name, help, labels)
    return {
      cpu: gauge('nv_cpu_utilization', 'Share of its cores that the preparing of inputs keeps busy.'),
      util: gauge('DCGM_FI_DEV_GPU_UTIL', 'Percent of time with anything at all on the GPU.'),
      active: gauge('DCGM_FI_PROF_SM_ACTIVE', 'Share of time that the processors of the GPU compute.'),
      memory: gauge('nv_gpu_memory_used_bytes', 'Memory of the GPU in use.'),
      total: gauge('nv_gpu_memory_total_bytes', 'Memory of the GPU.'),
      inputs: gauge('inference_preprocess_queue_requests', 'Requests that wait for a CPU worker.'),
      waiting: gauge(inTokens ? 'vllm:num_requests_waiting' : 'nv_inference_pending_request_count', 'Prepared requests that wait for the GPU.'),
      running: inTokens ? gauge('vllm:num_requests_running', 'Sequences on the GPU.') : null,
      cache: inTokens ? gauge('vllm:kv_cache_usage_perc', 'Share of the cache for tokens in use.') : null,
    }
  }
}
