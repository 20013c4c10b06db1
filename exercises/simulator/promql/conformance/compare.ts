/** Compares an answer with what a test file expects, as Prometheus' own runner does. */
import type { QueryOutcome, QueryResult } from '../query.ts'
import type { Labels } from '../source.ts'
import type { EvalStep, Expectations, MessageExpectation } from './test-file.ts'

const tolerance = 1e-6
const smallestNormal = 2 ** -1022

/** Equal to a relative error of 1e-6; NaN equals NaN. */
export function almostEqual(left: number, right: number): boolean {
  if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return true
  const sum = Math.abs(left) + Math.abs(right)
  const difference = Math.abs(left - right)
  if (left === 0 || right === 0 || sum < smallestNormal) return difference < tolerance * smallestNormal
  return difference / Math.min(sum, Number.MAX_VALUE) < tolerance
}

export function labelsKey(labels: Labels): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  )
}

function fits(expected: MessageExpectation, message: string): boolean {
  if (expected.kind === 'any') return true
  return expected.kind === 'exactly' ? message === expected.text : new RegExp(expected.text).test(message)
}

/** What differs, as a sentence, or null. */
export function compareOutcome(step: EvalStep, outcome: QueryOutcome): string | null {
  const { expected } = step
  if (expected.fail) {
    if (outcome.ok) return 'expected a failure, got an answer'
    return fits(expected.fail, outcome.error.message) ? null : `expected the failure "${expected.fail.text}", got "${outcome.error.message}"`
  }
  if (!outcome.ok) return `failed: ${outcome.error.message}`
  return compareAnnotations(expected, outcome.warnings, outcome.infos) ?? compareResult(step, outcome.result)
}

function compareAnnotations(expected: Expectations, warnings: readonly string[], infos: readonly string[]): string | null {
  if (expected.noWarning && warnings.length > 0) return `unexpected warning "${warnings[0]}"`
  if (expected.noInfo && infos.length > 0) return `unexpected info "${infos[0]}"`
  const lacking = expected.warnings.find((wanted) => !warnings.some((message) => fits(wanted, message)))
  if (lacking) return `expected the warning "${lacking.text}", got ${JSON.stringify(warnings)}`
  const missing = expected.infos.find((wanted) => !infos.some((message) => fits(wanted, message)))
  return missing ? `expected the info "${missing.text}", got ${JSON.stringify(infos)}` : null
}

function compareResult({ at, expected }: EvalStep, result: QueryResult): string | null {
  if (result.type === 'string') return result.text === expected.text ? null : `expected the string ${JSON.stringify(expected.text)}, got ${JSON.stringify(result.text)}`
  if (result.type === 'scalar') {
    const wanted = expected.scalar ?? expected.series[0]?.points[0]
    return typeof wanted === 'number' && almostEqual(wanted, result.value) ? null : `expected ${String(wanted)}, got ${result.value}`
  }
  if (result.type === 'matrix') {
    const steps = expected.rangeVector ?? (at.kind === 'range' ? at : null)
    return steps ? compareSeries(expected, result.series, steps.startMs, steps.stepMs) : 'got a range vector'
  }
  return compareSamples(expected, result.samples)
}

/** Compares an instant vector; also used for one step of a range query. */
export function compareSamples(expected: Expectations, samples: readonly { readonly labels: Labels; readonly value: number }[]): string | null {
  if (samples.length !== expected.series.length) return `expected ${expected.series.length} series, got ${samples.length}: ${describe(samples)}`
  const places = new Map(samples.map((sample, index) => [labelsKey(sample.labels), { value: sample.value, index }]))
  for (const [index, { labels, points }] of expected.series.entries()) {
    const found = places.get(labelsKey(labels))
    const wanted = points[0]
    if (!found) return `expected ${JSON.stringify(labels)}, which is missing from ${describe(samples)}`
    if (typeof wanted !== 'number' || !almostEqual(wanted, found.value)) return `expected ${String(wanted)} for ${JSON.stringify(labels)}, got ${found.value}`
    if (expected.ordered && found.index !== index) return `expected ${JSON.stringify(labels)} at place ${index + 1}, got it at ${found.index + 1}`
  }
  return null
}

function compareSeries(
  expected: Expectations,
  series: readonly { readonly labels: Labels; readonly timesMs: Float64Array; readonly values: Float64Array }[],
  startMs: number,
  stepMs: number,
): string | null {
  if (series.length !== expected.series.length) return `expected ${expected.series.length} series, got ${series.length}: ${JSON.stringify(series.map(({ labels }) => labels))}`
  const byLabels = new Map(series.map((entry) => [labelsKey(entry.labels), entry]))
  for (const { labels, points } of expected.series) {
    const found = byLabels.get(labelsKey(labels))
    if (!found) return `expected ${JSON.stringify(labels)}, which is missing`
    const wanted = points.flatMap((point, index) => (typeof point === 'number' ? [{ timeMs: startMs + index * stepMs, value: point }] : []))
    if (wanted.length !== found.timesMs.length) return `expected ${wanted.length} points for ${JSON.stringify(labels)}, got ${found.timesMs.length}`
    for (const [index, { timeMs, value }] of wanted.entries()) {
      if (timeMs !== found.timesMs[index]) return `expected a point at ${timeMs} ms for ${JSON.stringify(labels)}, got one at ${String(found.timesMs[index])}`
      if (!almostEqual(value, found.values[index] ?? 0)) return `expected ${value} at ${timeMs} ms for ${JSON.stringify(labels)}, got ${String(found.values[index])}`
    }
  }
  return null
}

function describe(samples: readonly { readonly labels: Labels; readonly value: number }[]): string {
  return samples
    .slice(0, 5)
    .map(({ labels, value }) => `${JSON.stringify(labels)} ${value}`)
    .join(', ')
}
