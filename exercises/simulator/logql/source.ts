import type { Labels, Matcher } from '../promql/source.ts'

export type { Labels, Matcher }

/** One log line. `timeUs`: microseconds since the epoch of the simulation's wall clock. */
export interface LogEntry {
  readonly timeUs: number
  /** Labels of the stream, without `__name__`. Entries of one stream should share the object: the evaluator caches by it. */
  readonly labels: Labels
  /** One JSON object, logfmt or plain text. */
  readonly line: string
}

/** Where log queries read from. */
export interface LogSource {
  /** Entries with fromUs <= t < toUs whose stream matches all matchers (regexes anchored), oldest first, made lazily. */
  select(matchers: readonly Matcher[], fromUs: number, toUs: number): Iterable<LogEntry>
  labelNames(): readonly string[]
  labelValues(name: string): readonly string[]
}
