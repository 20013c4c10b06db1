/**
 * What came of a shift, read from the telemetry that is left of it: telemetry only grows, so that every earlier moment is
 * still in it, and nothing has to be run again to know how it stood.
 */
import type { World } from '../../model/index.ts'
import { rangeQuery } from '../../promql/index.ts'
import type { Incident } from '../read-incident.ts'

/** What came of it, and how it went. Times are simulation time in microseconds. */
export interface Outcome {
  /** From when the objective held without a gap until the end. */
  readonly mitigatedUs: number | null
  /** When it had held for long enough. */
  readonly restoredUs: number | null
  /** Requests from the opening of the shift until the end. */
  readonly failed: number
  readonly total: number
  /** At each scrape from the page on: requests that have failed since the opening. */
  readonly curve: Curve
}

/** Failed requests since the opening of the shift, at each scrape. */
export interface Curve {
  readonly atUs: Float64Array
  readonly failed: Float64Array
}

/** A shift as far as it is the same for everybody who works it. */
export interface Opened {
  readonly incident: Incident
  readonly pageUs: number
  /** What the objective's counters said when the shift opened. */
  readonly opened: { readonly good: number; readonly total: number }
}

/** From the page to `endUs`, which the world has reached. */
export function outcomeOf(world: World, { incident, pageUs, opened }: Opened, endUs: number): Outcome {
  const { objective, budget } = incident.spec
  const atUs = scrapesOf(world, pageUs, endUs)
  const good = countedAt(world, budget.good, atUs)
  const total = countedAt(world, budget.total, atUs)
  const holds = holdsAt(world, objective.when, atUs)
  const last = atUs.length - 1
  return {
    ...restoration(atUs, holds, objective.hold),
    total: (total[last] ?? opened.total) - opened.total,
    failed: (total[last] ?? opened.total) - opened.total - ((good[last] ?? opened.good) - opened.good),
    curve: { atUs, failed: failedSince(opened, good, total) },
  }
}

/** Failures before the page, from the opening of the shift on. */
export function curveBefore(world: World, { incident: { spec }, pageUs, opened }: Opened): Curve {
  const atUs = scrapesOf(world, spec.history, pageUs - 1)
  return { atUs, failed: failedSince(opened, countedAt(world, spec.budget.good, atUs), countedAt(world, spec.budget.total, atUs)) }
}

/** Scrapes between two times; both ends belong to it. */
export function scrapesOf({ topology }: World, fromUs: number, toUs: number): Float64Array {
  const { scrapeUs } = topology.telemetry
  const first = Math.ceil(fromUs / scrapeUs)
  return Float64Array.from({ length: Math.max(0, Math.floor(toUs / scrapeUs) - first + 1) }, (_, index) => (first + index) * scrapeUs)
}

/** Values of all series of a query at each scrape; none where it has no answer. @throws RangeError for a query that cannot be answered; files are checked for that */
export function valuesAt(world: World, query: string, atUs: Float64Array): readonly (readonly number[])[] {
  const { telemetry, topology } = world
  const values: number[][] = Array.from({ length: atUs.length }, () => [])
  const [first, last] = [atUs[0], atUs.at(-1)]
  if (first === undefined || last === undefined) return values
  const stepMs = topology.telemetry.scrapeUs / 1000
  const startMs = telemetry.epochMs + first / 1000
  const answer = rangeQuery(telemetry.series, query, { startMs, endMs: telemetry.epochMs + last / 1000, stepMs })
  if (!answer.ok) throw new RangeError(`${query}: ${answer.error.message}`)
  if (answer.result.type !== 'matrix') throw new RangeError(`${query}: a ${answer.result.type} has no values over time`)
  for (const { timesMs, values: samples } of answer.result.series) timesMs.forEach((timeMs, index) => values[Math.round((timeMs - startMs) / stepMs)]?.push(samples[index] ?? 0))
  return values
}

function countedAt(world: World, query: string, atUs: Float64Array): readonly number[] {
  return valuesAt(world, query, atUs).map((values) => values.reduce((sum, value) => sum + value, 0))
}

function holdsAt(world: World, query: string, atUs: Float64Array): readonly boolean[] {
  return valuesAt(world, query, atUs).map((values) => values.length > 0)
}

function failedSince(opened: Opened['opened'], good: readonly number[], total: readonly number[]): Float64Array {
  return Float64Array.from(total, (all, index) => all - opened.total - ((good[index] ?? opened.good) - opened.good))
}

/** From when the objective held without a gap until the end, and when that had been long enough. */
function restoration(atUs: Float64Array, holds: readonly boolean[], holdUs: number): { mitigatedUs: number | null; restoredUs: number | null } {
  const missed = holds.lastIndexOf(false)
  const since = atUs[missed + 1]
  if (since === undefined) return { mitigatedUs: null, restoredUs: null }
  const restoredUs = atUs.find((us) => us >= since + holdUs)
  return restoredUs === undefined ? { mitigatedUs: null, restoredUs: null } : { mitigatedUs: since, restoredUs }
}
