/** When the telemetry first showed each piece of evidence, and when the learner first looked at it. */
import type { World } from '../../model/index.ts'
import { claimHolds } from '../claim.ts'
import { observe } from '../observe.ts'
import type { IncidentSpec } from '../schema.ts'
import type { ShiftEntry } from '../shift/index.ts'
import { evidenceFinder } from './evidence.ts'
import { scrapesOf, valuesAt } from './outcome.ts'

export interface KnownEvidence {
  readonly id: string
  /** From when its claim held, at the first scrape that showed it; null where it never did. */
  readonly heldUs: number | null
  /** When the learner first asked or pinned something that shows it, after it held; null for never. */
  readonly askedUs: number | null
}

/** Lines, traces and changes are counted at steps of this, since counting them costs more than reading a series. */
const countEveryUs = 30_000_000

type Evidence = IncidentSpec['truth']['evidence'][number]

/**
 * What could be known from when, and what of it the learner looked at.
 * @param world in its last state
 * @param fromUs nothing is noted at or before: what struck first has not struck yet
 */
export function knownEvidence(world: World, spec: IncidentSpec, fromUs: number, entries: readonly ShiftEntry[]): readonly KnownEvidence[] {
  const finds = evidenceFinder(world, spec.history)
  const scrapes = scrapesOf(world, fromUs + 1, world.nowUs)
  return spec.truth.evidence.map((evidence) => {
    const heldUs = firstHeld(world, spec, evidence, scrapes)
    const first = heldUs === null ? undefined : entries.find((entry) => entry.atUs >= heldUs && finds.inEntry(entry, evidence))
    return { id: evidence.id, heldUs, askedUs: first?.atUs ?? null }
  })
}

function firstHeld(world: World, spec: IncidentSpec, evidence: Evidence, scrapes: Float64Array): number | null {
  if (evidence.kind !== 'promql') {
    const { scrapeUs } = world.topology.telemetry
    return scrapes.find((us) => us % countEveryUs < scrapeUs && observe(world, evidence, spec.history, us).holds) ?? null
  }
  // What nobody has counted yet has no series: that is 0.
  const place = valuesAt(world, evidence.query, scrapes).findIndex((values) => (values.length === 0 ? [0] : values).every((value) => claimHolds(evidence.claim, value)))
  return scrapes[place] ?? null
}
