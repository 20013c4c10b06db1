import { describe, expect, it } from 'vitest'
import { latest, linesWith, rateBetween, seconds, valueAt, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'

function text(model: string, rate = '50/s', faults = ''): string {
  return `
telemetry: { scrape: 1s, traces: 1 }
services:
  gateway: { replicas: 1, threads: async, memory: { limit: 16GB }, readiness: { every: 1h }, endpoints: { POST /classify: [{ call: classifier infer }] } }
models:
  classifier: { ${model} }
clients:
  users: { rate: ${rate}, call: gateway POST /classify }
faults: [${faults}]
`
}

function run(model: string, until: number, rate?: string, faults?: string): World {
  const world = worldOf(text(model, rate, faults), { seed: 6 })
  world.runUntil(seconds(until))
  return world
}

/** Mean over time of a gauge. */
function mean(world: World, name: string, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += valueAt(world, name, {}, at)
  return sum / (to - from)
}

/** Mean time of a stage, in seconds. */
function stage(world: World, name: string, from: number, to: number): number {
  const change = (metric: string): number => valueAt(world, metric, { stage: name }, to) - valueAt(world, metric, { stage: name }, from)
  return change('inference_stage_duration_seconds_sum') / change('inference_stage_duration_seconds_count')
}

describe('batches on a GPU', () => {
  const slowGpu = 'cpu-workers: 16, preprocess: 1ms, batch: { max: 8, wait: 5ms }, batch-time: { base: 20ms, per-item: 5ms }, queue: 200'
  it('have the throughput of full batches when there is more to do than they can', () => {
    const world = run(slowGpu, 60, '300/s')
    // Eight in 20 + 8 * 5 ms.
    expect(rateBetween(world, 'nv_inference_count', {}, 20, 60)).toBeCloseTo(8 / 0.06, 0)
    expect(mean(world, 'DCGM_FI_DEV_GPU_UTIL', 20, 60)).toBeGreaterThan(99)
    // Always busy, and computing for two thirds of that time.
    expect(mean(world, 'DCGM_FI_PROF_SM_ACTIVE', 20, 60)).toBeCloseTo(40 / 60, 1)
    expect(latest(world, 'http_requests_total', { code: '503' })).toBeGreaterThan(1000)
  })
  it('obey the utilisation law on both sides', () => {
    const world = run('cpu-workers: 4, preprocess: exp(20ms), batch: { max: 1, wait: 0 }, batch-time: { base: 4ms, per-item: 1ms }', 300, '100/s')
    expect(mean(world, 'nv_cpu_utilization', 10, 300)).toBeCloseTo((100 * 0.02) / 4, 1)
    expect(mean(world, 'DCGM_FI_DEV_GPU_UTIL', 10, 300) / 100).toBeCloseTo(100 * 0.005, 1)
  })
  it('wait for company when there is time, and no longer than they may', () => {
    const world = run('cpu-workers: 8, preprocess: 0, batch: { max: 32, wait: 100ms }, batch-time: { base: 5ms, per-item: 1ms }', 60, '50/s')
    const size = latest(world, 'nv_inference_count') / latest(world, 'nv_inference_exec_count')
    // One that begins the wait, and those that come in 0.1 s.
    expect(size).toBeGreaterThan(5)
    expect(size).toBeLessThan(7.5)
    expect(stage(world, 'queue', 5, 60)).toBeLessThan(0.1)
  })
  it('fail when they need more memory than there is', () => {
    const world = run('cpu-workers: 8, preprocess: 0, batch: { max: 4, wait: 50ms }, memory: { total: 8GB, weights: 6GB, per-item: 400MB }', 30, '200/s')
    expect(latest(world, 'nv_inference_request_failure')).toBe(0)
    world.act({ action: 'configure', target: 'classifier', 'batch-max': 32 })
    world.runUntil(seconds(90))
    expect(latest(world, 'nv_inference_request_failure')).toBeGreaterThan(1000)
    expect(linesWith(world, 'classifier', 'CUDA out of memory').length).toBeGreaterThan(10)
  })
})

describe('preprocessing that is too slow for its workers', () => {
  const model = 'cpu-workers: 2, preprocess: "lognormal(15ms, cv 0.3)", batch: { max: 8, wait: 5ms }, batch-time: { base: 8ms, per-item: 2ms }, queue: 5000'
  const world = run(model, 180, '100/s', '{ at: 60s, larger-inputs: classifier, factor: 1.6 }')
  it('leaves the GPU idle while requests wait for a worker', () => {
    expect(mean(world, 'nv_cpu_utilization', 10, 60)).toBeCloseTo(0.75, 1)
    expect(mean(world, 'nv_cpu_utilization', 80, 180)).toBeGreaterThan(0.97)
    expect(mean(world, 'DCGM_FI_DEV_GPU_UTIL', 100, 180)).toBeLessThan(95)
    expect(mean(world, 'DCGM_FI_PROF_SM_ACTIVE', 100, 180)).toBeLessThan(0.3)
    expect(latest(world, 'inference_preprocess_queue_requests')).toBeGreaterThan(1000)
    expect(stage(world, 'queue', 100, 180)).toBeLessThan(0.02)
  })
  it('gets better with workers, and not with batches', () => {
    const batches = worldOf(text(model, '100/s', '{ at: 60s, larger-inputs: classifier, factor: 1.6 }'), { seed: 6 })
    batches.load(world.save())
    batches.act({ action: 'configure', target: 'classifier', 'batch-max': 32 })
    batches.runUntil(seconds(300))
    expect(latest(batches, 'inference_preprocess_queue_requests')).toBeGreaterThan(3000)
    world.act({ action: 'configure', target: 'classifier', 'cpu-workers': 6 })
    world.runUntil(seconds(300))
    expect(latest(world, 'inference_preprocess_queue_requests')).toBeLessThan(20)
  })
  it('shows in the trace as a long span before a short one', () => {
    const trace = [...world.telemetry.traces.traces(0, Number.MAX_SAFE_INTEGER)].find(({ spans }) => spans.some(({ name }) => name === 'preprocess'))
    expect(trace?.spans.map(({ name }) => name).toSorted()).toEqual(['POST', 'POST /classify', 'gpu', 'infer classifier', 'infer classifier', 'preprocess', 'queue'].filter((name) => name !== 'POST'))
    const server = trace?.spans.find(({ name, kind }) => name === 'infer classifier' && kind === 'server')
    expect(trace?.spans.filter(({ parentSpanId }) => parentSpanId === server?.spanId).map(({ name }) => name)).toEqual(['preprocess', 'queue', 'gpu'])
  })
})

describe('a model that writes text', () => {
  const tokens = 'cpu-workers: 8, preprocess: 1ms, tokens: { prompt: { mean: 500, cv: 0 }, output: { mean: 100, cv: 0 }, prefill: 50k/s, step: { base: 10ms, per-sequence: 500us }, sequences: 16, cache: 60k }'
  it('makes tokens at the rate of its steps when it is full', () => {
    const world = run(tokens, 120, '20/s')
    // Each sequence: 100 steps of 10 + 16 * 0.5 ms, and 16 prompts of 10 ms are read meanwhile by all.
    const perSecond = 16 / (100 * 0.018 + 16 * 0.01)
    expect(rateBetween(world, 'nv_inference_request_success', {}, 40, 120)).toBeGreaterThan(0.97 * perSecond)
    expect(rateBetween(world, 'nv_inference_request_success', {}, 40, 120)).toBeLessThan(1.03 * perSecond)
    expect(latest(world, 'vllm:num_requests_running')).toBe(16)
    expect(latest(world, 'vllm:generation_tokens_total')).toBeGreaterThan(80_000)
    expect(latest(world, 'vllm:kv_cache_usage_perc')).toBeLessThan(0.2)
  })
  it('becomes slow and fails more with a prompt that asks for more, until it is rolled back', () => {
    const world = run(tokens, 120, '6/s', '{ at: 60s, change-prompt: classifier, version: p2, prompt-factor: 4, output-factor: 2.5, errors: 3%, flagged: 10% }')
    const first = (from: number, to: number): number => (valueAt(world, 'vllm:e2e_request_latency_seconds_sum', {}, to) - valueAt(world, 'vllm:e2e_request_latency_seconds_sum', {}, from)) / (valueAt(world, 'vllm:e2e_request_latency_seconds_count', {}, to) - valueAt(world, 'vllm:e2e_request_latency_seconds_count', {}, from))
    expect(first(90, 120)).toBeGreaterThan(2.5 * first(10, 60))
    expect(latest(world, 'model_answers_total', { verdict: 'flagged', prompt: 'p2' })).toBeGreaterThan(5)
    expect(valueAt(world, 'nv_inference_request_failure', {}, 60)).toBe(0)
    expect(latest(world, 'nv_inference_request_failure')).toBeGreaterThan(2)
    world.act({ action: 'rollback-prompt', target: 'classifier' })
    world.runUntil(seconds(300))
    expect(first(260, 300)).toBeLessThan(1.3 * first(10, 60))
  })
  it('throws sequences out when the cache is full', () => {
    const world = run(tokens.replace('cache: 60k', 'cache: 8k'), 60, '20/s')
    expect(latest(world, 'vllm:num_preemptions_total')).toBeGreaterThan(10)
    expect(latest(world, 'vllm:kv_cache_usage_perc')).toBeGreaterThan(0.9)
    expect(latest(world, 'vllm:kv_cache_usage_perc')).toBeLessThanOrEqual(1)
  })
})

describe('replicas', () => {
  it('load their weights before they help, and a restart loses what they had', () => {
    const world = run('cpu-workers: 1, preprocess: 15ms, start: 30s, queue: 20000', 30, '100/s')
    expect(latest(world, 'inference_preprocess_queue_requests')).toBeGreaterThan(500)
    world.act({ action: 'scale', target: 'classifier', replicas: 4 })
    world.runUntil(seconds(80))
    const before = latest(world, 'inference_preprocess_queue_requests')
    world.runUntil(seconds(200))
    expect(latest(world, 'inference_preprocess_queue_requests')).toBeLessThan(before)
    world.act({ action: 'restart', target: 'classifier' })
    world.runUntil(seconds(210))
    expect(valueAt(world, 'http_requests_total', { code: '502' }, 210) + valueAt(world, 'http_requests_total', { code: '503' }, 210)).toBeGreaterThan(100)
  })
  it('go on from a snapshot as if there had been none', () => {
    for (const model of ['cpu-workers: 2, preprocess: exp(20ms)', 'tokens: { prompt: { mean: 800 }, output: { mean: 60 }, cache: 12k }']) {
      const source = text(model, '60/s', '{ at: 9s, crash: classifier }')
      const straight = worldOf(source)
      straight.runUntil(seconds(8))
      const other = worldOf(source)
      other.load(structuredClone(straight.save()))
      straight.runUntil(seconds(70))
      other.runUntil(seconds(70))
      expect(other.fingerprint()).toBe(straight.fingerprint())
    }
  })
})

describe('inputs', () => {
  const prepared = (world: ReturnType<typeof worldOf>): number => latest(world, 'inference_stage_duration_seconds_sum', { stage: 'preprocess' }) / latest(world, 'inference_stage_duration_seconds_count', { stage: 'preprocess' })
  it('of a kind take as many times longer to prepare as the model says', () => {
    const small = run('cpu-workers: 8, preprocess: 10ms, inputs: { original: 4 }', 60, '20/s')
    const large = worldOf(text('cpu-workers: 8, preprocess: 10ms, inputs: { original: 4 }', '20/s').replaceAll('classifier infer', 'classifier original'))
    large.runUntil(seconds(60))
    expect(prepared(large) / prepared(small)).toBeCloseTo(4, 1)
  })
  it('are not prepared faster by more workers than cores', () => {
    const waiting = (workers: number): number => latest(run(`cpu-workers: ${workers}, cores: 2, preprocess: 25ms, queue: 20000`, 60, '100/s'), 'inference_preprocess_queue_requests')
    expect(waiting(2)).toBeGreaterThan(500)
    expect(waiting(16)).toBe(waiting(2))
  })
})
