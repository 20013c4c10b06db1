/** Asks a world's telemetry what its claims are about. */
import { queryInstant, queryLogs, parseLogql } from '../logql/index.ts'
import type { World } from '../model/index.ts'
import { instantQuery } from '../promql/index.ts'
import { parseTraceSearch, searchTraces } from '../traces/index.ts'
import { claimHolds } from './claim.ts'
import type { Observation } from './schema.ts'

/** What a query answered, and whether the claim holds for all of it. */
export interface Observed {
  readonly values: readonly number[]
  readonly holds: boolean
  /** A query that cannot be answered; null where it was. */
  readonly error: string | null
}

const mostCounted = 10_000

/** Evaluates an observation, now or at a simulation time that is past. Log lines, traces and changes count from `sinceUs`. */
export function observe(world: World, { kind, query, claim }: Observation, sinceUs: number, atUs = world.nowUs): Observed {
  const answer = valuesOf(world, kind, query, sinceUs, atUs)
  if ('error' in answer) return { values: [], holds: false, error: answer.error }
  // What nobody has counted yet has no series: that is 0.
  const values = answer.values.length === 0 ? [0] : answer.values
  return { values, holds: values.every((value) => claimHolds(claim, value)), error: null }
}

type Answer = { readonly values: readonly number[] } | { readonly error: string }

function valuesOf(world: World, kind: Observation['kind'], query: string, sinceUs: number, atUs: number): Answer {
  const { telemetry } = world
  const fromUs = telemetry.epochMs * 1000 + sinceUs
  const toUs = telemetry.epochMs * 1000 + atUs
  if (kind === 'promql') return promqlValues(world, query, atUs)
  if (kind === 'change') {
    const words = query.split(/\s+/)
    const found = telemetry.changes.between(fromUs, toUs).filter(({ kind: what, target, summary }) => words.every((word) => `${what} ${target} ${summary}`.includes(word)))
    return { values: [found.length] }
  }
  if (kind === 'trace') {
    const parsed = parseTraceSearch(query)
    if (!parsed.ok) return { error: parsed.error.message }
    if (atUs >= world.nowUs) return { values: [searchTraces(telemetry.traces, parsed.value, { fromUs, toUs, limit: 1, order: 'newest' }).matchedCount] }
    // A trace is there to be found when it has ended, not when it began.
    const { found } = searchTraces(telemetry.traces, parsed.value, { fromUs, toUs, limit: mostCounted, order: 'oldest' })
    return { values: [found.filter(({ trace }) => trace.startUs + trace.durationUs <= toUs).length] }
  }
  const parsed = parseLogql(query)
  if (!parsed.ok) return { error: parsed.error.message }
  if (parsed.value.kind === 'logs') {
    const lines = queryLogs(telemetry.logs, query, { fromUs, toUs, limit: mostCounted, direction: 'newest-first' })
    return lines.ok ? { values: [lines.value.rows.length] } : { error: lines.error.message }
  }
  const metric = queryInstant(telemetry.logs, query, toUs / 1000)
  if (!metric.ok) return { error: metric.error.message }
  return { values: metric.value.type === 'vector' ? metric.value.samples.map(({ value }) => value) : metric.value.type === 'scalar' ? [metric.value.value] : [] }
}

function promqlValues(world: World, query: string, atUs = world.nowUs): Answer {
  const answer = instantQuery(world.telemetry.series, query, world.telemetry.epochMs + atUs / 1000)
  if (!answer.ok) return { error: answer.error.message }
  const { result } = answer
  if (result.type === 'vector') return { values: result.samples.map(({ value }) => value) }
  return result.type === 'scalar' ? { values: [result.value] } : { error: `a claim needs an instant vector or a scalar, and this is a ${result.type}` }
}

/** Whether a condition has a result, now or at a simulation time that is past, as an alert's expression would. @throws RangeError when it cannot be evaluated; files are checked for that */
export function conditionHolds(world: World, expr: string, atUs = world.nowUs): boolean {
  return sampled(world, expr, atUs).length > 0
}

/** A counter's value now; 0 before it exists. */
export function counted(world: World, expr: string): number {
  return sampled(world, expr).reduce((sum, value) => sum + value, 0)
}

function sampled(world: World, expr: string, atUs = world.nowUs): readonly number[] {
  const answer = promqlValues(world, expr, atUs)
  if ('error' in answer) throw new RangeError(`${expr}: ${answer.error}`)
  return answer.values
}
