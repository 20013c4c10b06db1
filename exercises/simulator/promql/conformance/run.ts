/** Runs one of Prometheus' test files against our evaluator. */
import { usesExperimentalFeatures } from '../parse.ts'
import { instantQuery, rangeQuery } from '../query.ts'
import { compareOutcome, compareSamples } from './compare.ts'
import { MemorySource } from './memory-source.ts'
import { parseTestFile } from './test-file.ts'
import type { Labels } from '../source.ts'
import type { EvalStep, LoadStep } from './test-file.ts'

export type SkipReason = 'native histogram' | 'experimental function'

export interface EvalReport {
  /** 1-based line of the test file. */
  readonly line: number
  readonly query: string
  readonly status: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped; '' where it passed. */
  readonly detail: string
}

export interface FileReport {
  readonly evals: readonly EvalReport[]
  /** Where the file itself could not be read: line and message. */
  readonly unreadable: string | null
}

/** Runs all evals of a test file's text, in order. Never throws for what the file says. */
export function runTestFile(text: string): FileReport {
  const file = parseTestFile(text)
  if (!file.ok) return { evals: [], unreadable: `line ${file.line}: ${file.message}` }
  const evals: EvalReport[] = []
  let source = new MemorySource()
  for (const step of file.steps) {
    if (step.kind === 'clear') source = new MemorySource()
    else if (step.kind === 'load') load(source, step)
    else evals.push(runEval(source, step))
  }
  return { evals, unreadable: null }
}

function load(source: MemorySource, { stepMs, series, withNative }: LoadStep): void {
  for (const { labels, points } of series) {
    const timed = points.map((point, index) => ({ timeMs: index * stepMs, point }))
    source.add(labels, timed)
    const native = withNative ? nativeLabels(labels) : null
    if (native) {
      source.add(
        native,
        timed.map(({ timeMs, point }) => ({ timeMs, point: point === 'none' ? ('none' as const) : ('native' as const) })),
      )
    }
  }
}

/** The labels of the native histogram that a series of a classic one would be turned into. */
function nativeLabels(labels: Labels): Labels | null {
  const name = /^(.*)_(?:bucket|sum|count)$/.exec(labels['__name__'] ?? '')
  if (!name) return null
  const { le: _bound, ...rest } = labels
  return { ...rest, __name__: name[1] ?? '' }
}

function runEval(source: MemorySource, step: EvalStep): EvalReport {
  const { line, query, expected, at } = step
  const skip = (reason: SkipReason): EvalReport => ({ line, query, status: 'skipped', detail: reason })
  if (usesExperimentalFeatures(query)) return skip('experimental function')
  if (expected.series.some(({ points }) => points.includes('native'))) return skip('native histogram')
  source.forgetNative()
  const outcome = at.kind === 'instant' ? instantQuery(source, query, at.timeMs) : rangeQuery(source, query, at)
  if (source.touchedNative) return skip('native histogram')
  const difference = compareOutcome(step, outcome) ?? (at.kind === 'instant' ? compareAsRange(source, step, at.timeMs) : null)
  return { line, query, status: difference === null ? 'passed' : 'failed', detail: difference ?? '' }
}

/** An instant query must give the same as the middle step of a range query around it. */
function compareAsRange(source: MemorySource, { query, expected }: EvalStep, timeMs: number): string | null {
  if (expected.fail || expected.ordered || expected.text !== null || expected.rangeVector) return null
  // Their values depend on the range itself.
  if (/@\s*(start|end)\s*\(/.test(query)) return null
  source.forgetNative()
  const outcome = rangeQuery(source, query, { startMs: timeMs - 60_000, endMs: timeMs + 60_000, stepMs: 60_000 })
  if (source.touchedNative) return null
  if (!outcome.ok) return `as a range query it failed: ${outcome.error.message}`
  const series = outcome.result.type === 'matrix' ? outcome.result.series : []
  const middle = series.flatMap(({ labels, timesMs, values }) => {
    const index = timesMs.indexOf(timeMs)
    return index < 0 ? [] : [{ labels, value: values[index] ?? 0 }]
  })
  const wanted = expected.scalar === null ? expected : { ...expected, series: [{ labels: {}, points: [expected.scalar] }] }
  const difference = compareSamples(wanted, middle)
  return difference === null ? null : `as a range query: ${difference}`
}
