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
  /** When it was first on the learner's screen, asked for or pinned, after it held; null for never. */
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
    return { id: evidence.id, heldUs, askedUs: heldUs === null ? null : firstSeen(entries, heldUs, (entry) => finds.inEntry(entry, evidence)) }
  })
}

/** What is on the screen is seen for as long as it stays there; everything else at its moment. */
function firstSeen(entries: readonly ShiftEntry[], heldUs: number, shows: (entry: ShiftEntry) => boolean): number | null {
  const seen = entries.flatMap((entry, index): readonly number[] => {
    if (entry.type === 'viewed') {
      const left = entries.slice(index + 1).find(({ type }) => type === 'viewed' || type === 'ended')
      return (left === undefined || left.atUs > heldUs) && shows(entry) ? [Math.max(entry.atUs, heldUs)] : []
    }
    return entry.atUs >= heldUs && shows(entry) ? [entry.atUs] : []
  })
  return seen.length === 0 ? null : Math.min(...seen)
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
