/** Entries as a timeline shows them: what is kept is every change of a field, what is read is what was settled on. */
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'

/** Edits of one hypothesis that follow one another within this are one line, at the time of the last. */
const settleUs = 60_000_000

export interface PlacedEntry {
  readonly entry: ShiftEntry
  /** Its place among all entries. */
  readonly index: number
}

/** Leaves out cards without a cause, edits that were soon edited again, and edits that changed neither cause nor confidence. */
export function settledEntries(entries: readonly ShiftEntry[]): readonly PlacedEntry[] {
  const told = new Map<string, string>()
  return entries.flatMap((entry, index): readonly PlacedEntry[] => {
    if (entry.type !== 'supposed') return [{ entry, index }]
    const { id, cause, confidence } = entry.hypothesis
    const next = entries.slice(index + 1).find((later) => later.type === 'supposed' && later.hypothesis.id === id)
    const says = `${cause} ${String(confidence)}`
    if (cause === '' || (next !== undefined && next.atUs - entry.atUs <= settleUs) || told.get(id) === says) return []
    told.set(id, says)
    return [{ entry, index }]
  })
}
