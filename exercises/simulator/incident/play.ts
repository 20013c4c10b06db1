/** Plays an incident without a screen: waits for the page, does what a play says, and stops when time is up. */
import { createWorld } from '../model/index.ts'
import type { World } from '../model/index.ts'
import { conditionHolds, counted } from './observe.ts'
import type { Incident } from './read-incident.ts'
import type { Act, PlayStep } from './schema.ts'

/** A world at the moment of its page, and what had been counted when the shift opened. */
export interface PagedWorld {
  readonly world: World
  readonly pageUs: number
  readonly opened: { readonly good: number; readonly total: number }
}

/** Something that was done in a play. */
export interface PlayedAct {
  readonly atUs: number
  readonly act: Act
  /** Why it was refused; null when it was accepted. */
  readonly refused: string | null
}

/** How a play went. Times are simulation time in microseconds; null for what did not happen. */
export interface Played {
  readonly pageUs: number
  readonly endUs: number
  readonly acknowledgedUs: number | null
  /** From when the objective held without a gap. */
  readonly mitigatedUs: number | null
  /** When it had held for long enough. */
  readonly restoredUs: number | null
  readonly acts: readonly PlayedAct[]
  /** Requests from the opening of the shift until the end. */
  readonly good: number
  readonly total: number
}

/** Runs a world to its page. Null when nobody is paged by the time that the incident promises. */
export function runToPage(incident: Incident, seed: number | string, options: { readonly withoutFaults?: boolean } = {}): PagedWorld | null {
  const { spec, topology } = incident
  const world = createWorld(topology, { seed, ...options })
  world.runUntil(spec.history)
  const opened = { good: counted(world, spec.budget.good), total: counted(world, spec.budget.total) }
  const endUs = lastPageUs(incident)
  while (world.nowUs < endUs) {
    stepTo(world, endUs)
    const pageUs = firstPageUs(world, spec.page.alert)
    if (pageUs !== null) return { world, pageUs, opened }
  }
  return null
}

/** The latest moment at which the page may come: counted from the last fault, or from the opening where there is none. */
export function lastPageUs({ spec, topology }: Incident): number {
  return Math.max(spec.history, ...topology.faults.map(({ atUs }) => atUs)) + spec.page.within
}

/** When an alert first fired, or null. */
export function firstPageUs({ telemetry }: World, alert: string): number | null {
  const fired = telemetry.alerts.transitions().find(({ rule, to }) => rule === alert && to === 'firing')
  return fired === undefined ? null : (fired.timeMs - telemetry.epochMs) * 1000
}

/** Plays from the page until the objective's time is up. The paged world itself stays as it is. */
export function playFromPage(incident: Incident, paged: PagedWorld, play: readonly PlayStep[]): Played {
  const { objective, budget } = incident.spec
  const world = paged.world.fork()
  const endUs = paged.pageUs + objective.within
  const acts: PlayedAct[] = []
  let acknowledgedUs: number | null = null
  let holdsSinceUs: number | null = null
  let mitigatedUs: number | null = null
  let restoredUs: number | null = null
  let next = 0
  for (;;) {
    for (let step = play[next]; step !== undefined && isDue(world, step, paged.pageUs); step = play[(next += 1)]) {
      if (step.act === undefined) acknowledgedUs = world.nowUs
      else {
        const done = world.act(step.act)
        acts.push({ atUs: world.nowUs, act: step.act, refused: done.ok ? null : done.error })
      }
    }
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
    if (world.nowUs >= endUs) break
    stepTo(world, endUs)
  }
  return {
    pageUs: paged.pageUs, endUs, acknowledgedUs, mitigatedUs, restoredUs, acts,
    good: counted(world, budget.good) - paged.opened.good,
    total: counted(world, budget.total) - paged.opened.total,
  }
}

/** Whether the moment of a step has come. */
export function isDue(world: World, { after, when }: PlayStep, pageUs: number): boolean {
  return (after === undefined || world.nowUs >= pageUs + after) && (when === undefined || conditionHolds(world, when))
}

/** To the next scrape: between scrapes nobody sees anything new. */
function stepTo(world: World, endUs: number): void {
  const { scrapeUs } = world.topology.telemetry
  world.runUntil(Math.min(endUs, (Math.floor(world.nowUs / scrapeUs) + 1) * scrapeUs))
}
