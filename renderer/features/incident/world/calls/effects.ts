/** What an action puts at stake, and how users fared before it and since: counted, not judged. */
import { instantQuery } from '../../../../../exercises/simulator/promql/index.ts'
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import type { RoomCall } from './room-call.ts'
import { wallMsOf } from './room-call.ts'

/** What goes through a part now. */
export interface Stake {
  readonly perSecond: number
  readonly what: string
}

/** An accepted action, with the share of requests that failed before it and in the last minute. */
export interface Effect {
  readonly summary: string
  readonly atUs: number
  /** When it takes hold. */
  readonly effectUs: number
  /** 0..1; null where nothing was asked. */
  readonly before: number | null
  readonly now: number | null
}

/** A minute, over which failures are counted. */
const spanUs = 60_000_000

const flows = [
  { metric: 'http_requests_total', label: 'job', what: 'requests' },
  { metric: 'db_queries_total', label: 'job', what: 'queries' },
  { metric: 'cache_requests_total', label: 'job', what: 'reads' },
  { metric: 'user_requests_total', label: 'client', what: 'requests of users' },
] as const

/** Null for a part through which nothing that is measured goes. */
const stake: RoomCall<{ readonly target: string }, Stake | null> = (shift, { target }) => {
  for (const { metric, label, what } of flows) {
    const perSecond = sumOf(shift, `rate(${metric}{${label}=${JSON.stringify(target)}}[1m])`, shift.nowUs)
    if (perSecond > 0) return { perSecond, what }
  }
  return null
}

const effects: RoomCall<null, readonly Effect[]> = (shift) =>
  shift.entries.flatMap((entry) =>
    entry.type === 'acted' && entry.refused === null ? [{ summary: entry.summary, atUs: entry.atUs, effectUs: entry.effectUs ?? entry.atUs, before: failingShare(shift, entry.atUs), now: failingShare(shift, shift.nowUs) }] : [],
  )

/** Share of requests that failed in the minute up to a time. */
function failingShare(shift: Shift, atUs: number): number | null {
  const { good, total } = shift.incident.spec.budget
  const fromUs = Math.max(0, atUs - spanUs)
  const asked = sumOf(shift, total, atUs) - sumOf(shift, total, fromUs)
  const answered = sumOf(shift, good, atUs) - sumOf(shift, good, fromUs)
  return asked <= 0 ? null : Math.max(0, Math.min(1, 1 - answered / asked))
}

function sumOf(shift: Shift, query: string, atUs: number): number {
  const answer = instantQuery(shift.world.telemetry.series, query, wallMsOf(shift, atUs))
  if (!answer.ok || answer.result.type !== 'vector') return 0
  return answer.result.samples.reduce((sum, { value }) => sum + value, 0)
}

export const effectsCalls = { 'actions.stake': stake, 'actions.effects': effects }
