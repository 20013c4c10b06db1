import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../engine/index.ts'
import { complaints, latest, linesWith, seconds, valueAt, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { binomial, normalBelow, stabilityIndex } from './drift.ts'

function text(faults = '', more = '', transform = ''): string {
  return `
telemetry: { scrape: 15s }
pipelines:
  fraud:
    every: 5m
    rows: 20k
    columns: [amount, country, device, velocity]
    ${more}
    stages:
      - { name: extract, takes: 30s }
      - { name: transform, takes: 60s, keeps: 98%, ${transform} }
      - { name: load, takes: 20s }
    model: { positives: 0.5%, separation: 4, threshold: 2.8, label-delay: 30m }
faults: [${faults}]
`
}

function run(world: World, minutes: number): World {
  world.runUntil(seconds(minutes * 60))
  return world
}

describe('mathematics of drift', () => {
  it('counts the normal distribution and binomials rightly', () => {
    for (const [value, share] of [[0, 0.5], [1, 0.8413447], [-1.96, 0.0249979], [2.8, 0.9974449]] as const) expect(normalBelow(value)).toBeCloseTo(share, 6)
    const stream = new RandomStream(1, 'binomial')
    for (const [trials, probability] of [[100, 0.3], [20_000, 0.005], [20_000, 0.0005], [50_000, 0.4]] as const) {
      const draws = Array.from({ length: 2000 }, () => binomial(stream, trials, probability))
      const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
      const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length
      const deviation = Math.sqrt(trials * probability * (1 - probability))
      expect(Math.abs(average - trials * probability)).toBeLessThan((4 * deviation) / Math.sqrt(2000) + 0.01)
      expect(variance / deviation ** 2).toBeGreaterThan(0.87)
      expect(variance / deviation ** 2).toBeLessThan(1.13)
    }
  })
  it('measures a shift as the symmetric divergence over deciles: a little below its square', () => {
    const stream = new RandomStream(1, 'psi')
    const psi = (shift: number): number => Array.from({ length: 20 }, () => stabilityIndex(stream, shift, 0, 4000)).reduce((sum, value) => sum + value, 0) / 20
    expect(psi(0)).toBeLessThan(0.01)
    for (const shift of [0.3, 0.5, 1]) {
      // Exactly: the divergence between the shares of the deciles before and after.
      const edges = [-1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005, 0.8416212, 1.2815516]
      const below = [0, ...edges.map((edge) => normalBelow(edge - shift)), 1]
      const exact = below.slice(1).reduce((sum, upper, index) => sum + (upper - (below[index] ?? 0) - 0.1) * Math.log((upper - (below[index] ?? 0)) * 10), 0)
      expect(psi(shift)).toBeGreaterThan(exact * 0.95)
      expect(psi(shift)).toBeLessThan(exact * 1.07 + 0.005)
      expect(exact).toBeLessThan(shift ** 2)
    }
  })
})

describe('a pipeline', () => {
  it('brings batches through its stages, and what it loads is as old as that takes', () => {
    const world = run(worldOf(text()), 62)
    expect(latest(world, 'pipeline_stage_runs_total', { stage: 'load', outcome: 'success' })).toBe(13)
    expect(latest(world, 'pipeline_stage_rows', { stage: 'load' }) / latest(world, 'pipeline_stage_rows', { stage: 'extract' })).toBeCloseTo(0.98, 3)
    const ages = Array.from({ length: 40 }, (_, index) => valueAt(world, 'pipeline_freshness_seconds', {}, 1800 + index * 15))
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(110)
    expect(Math.max(...ages)).toBeLessThanOrEqual(410)
  })
  it('fails at a stage that knows another schema, until that has learned it and runs again', () => {
    const world = run(worldOf(text('{ at: 20m, schema-change: fraud, column: country }')), 60)
    expect(latest(world, 'pipeline_freshness_seconds')).toBeGreaterThan(2000)
    expect(linesWith(world, 'fraud', 'SchemaMismatch: column country').length).toBeGreaterThan(5)
    const failed = latest(world, 'pipeline_failed_batches')
    // Running it again without a repair helps nothing.
    world.act({ action: 'rerun-stage', target: 'fraud' })
    run(world, 70)
    expect(latest(world, 'pipeline_failed_batches')).toBeGreaterThanOrEqual(failed)
    world.act({ action: 'adapt-schema', target: 'fraud', column: 'country' })
    run(world, 85)
    world.act({ action: 'rerun-stage', target: 'fraud' })
    run(world, 110)
    expect(latest(world, 'pipeline_failed_batches')).toBe(0)
    expect(latest(world, 'pipeline_freshness_seconds')).toBeLessThan(420)
  })
  it('drops the column silently where nobody checks, and the model finds less', () => {
    const world = run(worldOf(text('{ at: 60m, schema-change: fraud, column: amount }').replaceAll('takes:', 'schema: lenient, takes:')), 240)
    expect(latest(world, 'pipeline_stage_runs_total', { outcome: 'failed' })).toBe(0)
    expect(latest(world, 'feature_null_ratio', { feature: 'amount' })).toBe(1)
    expect(latest(world, 'feature_psi', { feature: 'amount' })).toBeGreaterThan(1)
    expect(latest(world, 'feature_psi', { feature: 'country' })).toBeLessThan(0.05)
    expect(latest(world, 'model_recall')).toBeLessThan(valueAt(world, 'model_recall', {}, 5400) - 0.1)
    // Hardly anything is fraud, so accuracy does not show it.
    expect(latest(world, 'model_accuracy')).toBeGreaterThan(0.995)
  })
  it('is stopped by a check of its data', () => {
    const world = run(worldOf(text('{ at: 30m, empty-values: fraud, column: device, share: 40% }, { at: 60m, volume: fraud, factor: 0.2, for: 20m }', '', 'checks: { most-nulls: 20%, least-rows: 50% }')), 90)
    expect(linesWith(world, 'fraud', '40% of device is null').length).toBeGreaterThan(4)
    expect(linesWith(world, 'fraud', 'fewer than 50% of the usual').length).toBeGreaterThan(2)
  })
  it('falls behind when a stage takes longer than the time between batches', () => {
    const world = run(worldOf(text('{ at: 10m, slow-stage: fraud, stage: transform, factor: 8 }')), 120)
    expect(latest(world, 'pipeline_stage_batches', { stage: 'transform' })).toBeGreaterThan(5)
    expect(latest(world, 'pipeline_freshness_seconds')).toBeGreaterThan(1800)
  })
})

describe('a model behind a pipeline', () => {
  const recall = (separation: number): number => 1 - normalBelow(2.8 - separation)
  it('has the precision and recall of its threshold, as late as labels come', () => {
    const world = run(worldOf(text()), 300)
    expect(valueAt(world, 'model_recall', {}, 1500)).toBe(0)
    expect(latest(world, 'model_recall')).toBeCloseTo(recall(4), 1)
    const precision = (0.005 * recall(4)) / (0.005 * recall(4) + 0.995 * (1 - normalBelow(2.8)))
    expect(latest(world, 'model_precision')).toBeCloseTo(precision, 1)
  })
  it('loses recall to a change of what it looks for that no input shows', () => {
    const world = run(worldOf(text('{ at: 120m, concept-drift: fraud, shift: 1.5, over: 30m }')), 300)
    expect(latest(world, 'model_recall')).toBeCloseTo(recall(2.5), 1)
    expect(Math.max(...['amount', 'country', 'device', 'velocity'].map((feature) => latest(world, 'feature_psi', { feature })))).toBeLessThan(0.05)
    // Learned with labels that came after the change, it finds them again.
    world.act({ action: 'retrain', target: 'fraud' })
    run(world, 480)
    expect(latest(world, 'model_recall')).toBeCloseTo(recall(4), 1)
  })
  it('trained before the labels have come does not learn the change', () => {
    const world = run(worldOf(text('{ at: 120m, concept-drift: fraud, shift: 1.5 }')), 125)
    world.act({ action: 'retrain', target: 'fraud' })
    run(world, 300)
    expect(latest(world, 'model_recall')).toBeCloseTo(recall(2.5), 1)
  })
  it('flags too many when inputs drift, which the stability index shows', () => {
    const world = run(worldOf(text('{ at: 60m, drift: fraud, column: amount, shift: 2 }')), 240)
    expect(latest(world, 'feature_psi', { feature: 'amount' })).toBeGreaterThan(1)
    expect(latest(world, 'model_precision')).toBeLessThan(0.6 * valueAt(world, 'model_precision', {}, 5300))
    expect(latest(world, 'model_flagged_ratio')).toBeGreaterThan(0.02)
  })
})

it('goes on from a snapshot as if there had been none', () => {
  const source = text('{ at: 20m, drift: fraud, column: amount, shift: 2, over: 30m }, { at: 40m, schema-change: fraud, column: country, for: 20m }')
  const straight = run(worldOf(source), 61)
  const other = worldOf(source)
  other.load(structuredClone(straight.save()))
  run(straight, 120)
  run(other, 120)
  expect(other.fingerprint()).toBe(straight.fingerprint())
})

it('complains with a line and a suggestion', () => {
  expect(complaints(text('{ at: 5m, schema-change: fraud, column: amout }'))[0]).toMatch(/no column "amout"\. Did you mean "amount"\?/)
  expect(complaints(text('{ at: 5m, slow-stage: fraud, stage: lod, factor: 2 }'))[0]).toMatch(/no stage "lod"\. Did you mean "load"\?/)
})
