import { labelsTest } from '../../query/matcher.ts'
import type { Labels, LogEntry, LogSource, Matcher } from '../source.ts'

/** A log source over an array, for tests. Entries are sorted by time. */
export class MemoryLogSource implements LogSource {
  private readonly entries: readonly LogEntry[]
  /** Entries that were read since it was made. */
  readCount = 0

  constructor(entries: readonly LogEntry[]) {
    this.entries = entries.toSorted((a, b) => a.timeUs - b.timeUs)
  }

  *select(matchers: readonly Matcher[], fromUs: number, toUs: number): Iterable<LogEntry> {
    const matching = labelsTest(matchers)
    const verdicts = new Map<Labels, boolean>()
    for (let index = this.firstAt(fromUs); index < this.entries.length; index += 1) {
      const entry = this.entries[index]
      if (entry === undefined || entry.timeUs >= toUs) return
      let verdict = verdicts.get(entry.labels)
      if (verdict === undefined) {
        verdict = matching(entry.labels)
        verdicts.set(entry.labels, verdict)
      }
      if (!verdict) continue
      this.readCount += 1
      yield entry
    }
  }

  private firstAt(timeUs: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.entries[middle]?.timeUs ?? 0) < timeUs) low = middle + 1
      else high = middle
    }
    return low
  }

  labelNames(): readonly string[] {
    return [...new Set(this.entries.flatMap(({ labels }) => Object.keys(labels)))].sort()
  }

  labelValues(name: string): readonly string[] {
    return [...new Set(this.entries.flatMap(({ labels }) => labels[name] ?? []))].sort()
  }
}

/** Entries of one stream, one a second from the epoch on. */
export function entriesOf(labels: Labels, lines: readonly string[], startUs = 0, stepUs = 1_000_000): LogEntry[] {
  return lines.map((line, index) => ({ timeUs: startUs + index * stepUs, labels, line }))
}
