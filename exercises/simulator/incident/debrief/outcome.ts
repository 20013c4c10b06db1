/** The same world under three hands: nobody's, the learner's, the expert's. */
import type { World } from '../../model/index.ts'
import { conditionHolds, counted } from '../observe.ts'
import type { PagedWorld } from '../play.ts'
import { isDue } from '../play.ts'
import type { Incident } from '../read-incident.ts'
import type { PlayStep } from '../schema.ts'
import type { ShiftEntry } from '../shift/index.ts'

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
  readonly curve: { readonly atUs: Float64Array; readonly failed: Float64Array }
}

/** What is done at a moment, by whoever plays. */
type Hand = (world: World) => void

/** Nobody acts. */
export function nobody(): Hand {
  return () => undefined
}

/** What a learner did, at the same microseconds. */
export function learner(entries: readonly ShiftEntry[]): Hand {
  const acts = entries.flatMap((entry) => (entry.type === 'acted' && entry.refused === null ? [entry] : []))
  let next = 0
  return (world) => {
    for (let entry = acts[next]; entry !== undefined && entry.atUs <= world.nowUs; entry = acts[(next += 1)]) world.act({ ...entry.act })
  }
}

/** A play of the incident's file. */
export function player(play: readonly PlayStep[], pageUs: number): Hand {
  let next = 0
  return (world) => {
    for (let step = play[next]; step !== undefined && isDue(world, step, pageUs); step = play[(next += 1)]) if (step.act !== undefined) world.act(step.act)
  }
}

/** Moments at which a hand must be asked beside the scrapes. */
function momentsOf(entries: readonly ShiftEntry[]): readonly number[] {
  return entries.flatMap((entry) => (entry.type === 'acted' && entry.refused === null ? [entry.atUs] : []))
}

export interface RunOptions {
  /** Entries of the learner whose hand it is: what was done between scrapes is done between scrapes. */
  readonly entries?: readonly ShiftEntry[]
  /** Sees the world at each scrape. */
  onScrape?(world: World): void
}

/** Runs a fork of the paged world to `endUs`. A generator, so that the caller can show progress: each value is 0..1. */
export function* runOutcome(incident: Incident, paged: PagedWorld, hand: Hand, endUs: number, { entries = [], onScrape }: RunOptions = {}): Generator<number, Outcome> {
  const { objective, budget } = incident.spec
  const world = paged.world.fork()
  const { scrapeUs } = world.topology.telemetry
  const moments = momentsOf(entries).toSorted((one, other) => one - other)
  const atUs: number[] = []
  const failed: number[] = []
  let holdsSinceUs: number | null = null
  let mitigatedUs: number | null = null
  let restoredUs: number | null = null
  let moment = 0
  for (;;) {
    hand(world)
    const isScrape = world.nowUs % scrapeUs === 0
    if (isScrape) onScrape?.(world)
    if (isScrape || world.nowUs >= endUs) {
      atUs.push(world.nowUs)
      failed.push(counted(world, budget.total) - paged.opened.total - (counted(world, budget.good) - paged.opened.good))
      if (!conditionHolds(world, objective.when)) {
        holdsSinceUs = null
        mitigatedUs = null
        restoredUs = null
      } else {
        holdsSinceUs ??= world.nowUs
        if (restoredUs === null && world.nowUs - holdsSinceUs >= objective.hold) {
          mitigatedUs = holdsSinceUs
          restoredUs = world.nowUs
        }
      }
      yield Math.min(1, (world.nowUs - paged.pageUs) / Math.max(1, endUs - paged.pageUs))
    }
    if (world.nowUs >= endUs) break
    while ((moments[moment] ?? Infinity) <= world.nowUs) moment += 1
    const nextScrape = (Math.floor(world.nowUs / scrapeUs) + 1) * scrapeUs
    world.runUntil(Math.min(endUs, nextScrape, moments[moment] ?? Infinity))
  }
  const total = counted(world, budget.total) - paged.opened.total
  const good = counted(world, budget.good) - paged.opened.good
  return { mitigatedUs, restoredUs, failed: total - good, total, curve: { atUs: Float64Array.from(atUs), failed: Float64Array.from(failed) } }
}
