/** When the telemetry first showed each piece of evidence, and when the learner first looked at it. */
import type { World } from '../../model/index.ts'
import { observe } from '../observe.ts'
import type { IncidentSpec } from '../schema.ts'
import type { ShiftEntry } from '../shift/index.ts'
import { evidenceFinder } from './evidence.ts'

export interface KnownEvidence {
  readonly id: string
  /** From when its claim held, at the first scrape that showed it; null where it never did. */
  readonly heldUs: number | null
  /** When the learner first asked or pinned something that shows it, after it held; null for never. */
  readonly askedUs: number | null
}

/** Lines, traces and changes are counted at steps of this, since counting them costs more than reading a series. */
const countEveryUs = 30_000_000

/** Watches a world as it goes, and notes the first scrape at which each claim holds. */
export class EvidenceWatch {
  private readonly spec: IncidentSpec
  private readonly fromUs: number
  private readonly held = new Map<string, number>()

  /** @param fromUs nothing is noted before: what struck first has not struck yet */
  constructor(spec: IncidentSpec, fromUs: number) {
    this.spec = spec
    this.fromUs = fromUs
  }

  /** Looks at a world that stands at a scrape. */
  look(world: World): void {
    const { nowUs } = world
    if (nowUs <= this.fromUs) return
    const { scrapeUs } = world.topology.telemetry
    const counts = nowUs % countEveryUs < scrapeUs
    for (const evidence of this.spec.truth.evidence) {
      if (this.held.has(evidence.id) || (evidence.kind !== 'promql' && !counts)) continue
      if (observe(world, evidence, this.spec.history).holds) this.held.set(evidence.id, nowUs)
    }
  }

  /** Sets beside it what the learner asked. @param world in its last state */
  known(world: World, entries: readonly ShiftEntry[]): readonly KnownEvidence[] {
    const finds = evidenceFinder(world, this.spec.history)
    return this.spec.truth.evidence.map((evidence) => {
      const heldUs = this.held.get(evidence.id) ?? null
      const first = heldUs === null ? undefined : entries.find((entry) => entry.atUs >= heldUs && finds.inEntry(entry, evidence))
      return { id: evidence.id, heldUs, askedUs: first?.atUs ?? null }
    })
  }
}
