/** Our PromQL answers what a real Prometheus answers. Skipped, saying so, where there is none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareAnswers } from './prometheus/compare.ts'
import { dataStartMs, generateFamilies, sourceOf } from './prometheus/generated-data.ts'
import { findPrometheus } from './prometheus/install.ts'
import { writeOpenMetrics } from './prometheus/open-metrics.ts'
import { queries } from './prometheus/queries.ts'
import { startPrometheus } from './prometheus/server.ts'
import type { PrometheusServer } from './prometheus/server.ts'

const found = findPrometheus()
if (!found.available) console.warn(`Skipped the comparison with Prometheus: ${found.reason}.`)

describe.skipIf(!found.available)(`against Prometheus ${found.available ? found.version : ''}`, () => {
  const families = generateFamilies(7)
  const source = sourceOf(families)
  let prometheus: PrometheusServer

  beforeAll(async () => {
    prometheus = await startPrometheus(writeOpenMetrics(families))
  }, 60_000)

  afterAll(async () => {
    await prometheus?.stop()
  })

  it('has enough to compare', () => {
    expect(queries.length).toBeGreaterThanOrEqual(60)
  })

  // Off whole minutes, so that no step lies on the end of a range or subquery, where versions 2 and 3 differ.
  const instants = [dataStartMs + 1_507_613, dataStartMs + 2_949_431]
  const range = { startMs: dataStartMs + 1_201_613, endMs: dataStartMs + 3_301_613, stepMs: 30_000 }

  it.each(queries)('%s', async (query) => {
    const questions = [...instants.map((timeMs) => ({ query, timeMs })), { query, ...range }]
    let points = 0
    for (const question of questions) {
      const comparison = await compareAnswers(prometheus, source, question)
      expect(comparison.difference, JSON.stringify(question)).toBeNull()
      points += comparison.points
    }
    expect(points).toBeGreaterThan(0)
  })
})
