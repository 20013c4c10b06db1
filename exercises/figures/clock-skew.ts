export type WriteRule = 'clock' | 'logical' | 'keep'

export interface SkewOutcome {
  /** Timestamps that the two nodes give, A's write at true time 0. */
  stampA: number
  stampB: number
  /** Which value the store holds in the end. */
  survives: 'A' | 'B' | 'both'
  /** The newer write is gone and nobody was told. */
  lost: boolean
}

/**
 * Node A writes, node B reads it and writes after it. Highest timestamp wins: B's write is lost when its clock is behind
 * by more than the time between them (a tie goes to A here; stores break ties by node or by value). A logical clock (L.
 * Lamport, Communications of the ACM 21, 1978) is raised above what was read, so B is newer. Keeping both leaves the
 * decision to whoever reads.
 */
export function lastWrite({ skewMs, gapMs, rule }: { skewMs: number; gapMs: number; rule: WriteRule }): SkewOutcome {
  if (rule === 'logical') return { stampA: 1, stampB: 2, survives: 'B', lost: false }
  const stampB = gapMs + skewMs
  if (rule === 'keep') return { stampA: 0, stampB, survives: 'both', lost: false }
  const survives = stampB > 0 ? 'B' : 'A'
  return { stampA: 0, stampB, survives, lost: survives === 'A' }
}
