/** Asks Prometheus and our evaluator the same, and says how their answers differ. */
import { instantQuery, rangeQuery } from '../../../exercises/simulator/promql/index.ts'
import { labelsKey } from '../../../exercises/simulator/promql/conformance/compare.ts'
import type { QueryOutcome, RangeSteps, SeriesSource } from '../../../exercises/simulator/promql/index.ts'
import type { Answer, PrometheusServer } from './server.ts'

const tolerance = 1e-6

/** One query at one time, or over a range. */
export type Question = { readonly query: string } & ({ readonly timeMs: number } | RangeSteps)

/** Values by labels and time; the answer to a failed query is null. */
type Points = ReadonlyMap<string, number>

function equal(left: number, right: number): boolean {
  if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return true
  return Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right))
}

function readValue(text: string): number {
  return /inf$/i.test(text) ? (text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number(text)
}

function pointsOfAnswer(answer: Answer): Points | null {
  if (answer.status === 'error') return null
  const points = new Map<string, number>()
  const { data } = answer
  if (data.resultType === 'vector') for (const { metric, value } of data.result) points.set(labelsKey(metric), readValue(value[1]))
  else if (data.resultType === 'matrix') {
    for (const { metric, values } of data.result) for (const [seconds, value] of values) points.set(`${labelsKey(metric)} @ ${Math.round(seconds * 1000)}`, readValue(value))
  } else points.set('', data.resultType === 'scalar' ? readValue(data.result[1]) : Number.NaN)
  return points
}

function pointsOfOutcome(outcome: QueryOutcome): Points | null {
  if (!outcome.ok) return null
  const points = new Map<string, number>()
  const { result } = outcome
  if (result.type === 'vector') for (const { labels, value } of result.samples) points.set(labelsKey(labels), value)
  else if (result.type === 'matrix') {
    for (const { labels, timesMs, values } of result.series) timesMs.forEach((timeMs, index) => points.set(`${labelsKey(labels)} @ ${timeMs}`, values[index] ?? 0))
  } else points.set('', result.type === 'scalar' ? result.value : Number.NaN)
  return points
}

export interface Comparison {
  /** What differs, or null. */
  readonly difference: string | null
  /** How many values were compared: an answer of none proves little. */
  readonly points: number
}

/** Compares one question's answers within a relative error of 1e-6 (absolute below 1). */
export async function compareAnswers(prometheus: PrometheusServer, source: SeriesSource, question: Question): Promise<Comparison> {
  const instant = 'timeMs' in question
  const theirs = instant ? await prometheus.query(question.query, question.timeMs) : await prometheus.queryRange(question.query, question.startMs, question.endMs, question.stepMs)
  const ours = instant ? instantQuery(source, question.query, question.timeMs) : rangeQuery(source, question.query, question)
  const wanted = pointsOfAnswer(theirs)
  const found = pointsOfOutcome(ours)
  if (wanted === null || found === null) {
    const both = wanted === null && found === null
    const told = theirs.status === 'error' ? `Prometheus failed (${theirs.error})` : `we failed (${ours.ok ? '' : ours.error.message})`
    return { difference: both ? null : told, points: both ? 1 : 0 }
  }
  for (const [key, value] of wanted) {
    const own = found.get(key)
    if (own === undefined) return { difference: `${key} is ${value} in Prometheus and missing here`, points: wanted.size }
    if (!equal(value, own)) return { difference: `${key} is ${value} in Prometheus and ${own} here`, points: wanted.size }
  }
  const extra = [...found.keys()].find((key) => !wanted.has(key))
  return { difference: extra === undefined ? null : `${extra} is here and not in Prometheus`, points: wanted.size }
}
