import type { Labels, Matcher } from '../query/matcher.ts'

export type { Labels, Matcher }

/** One log line. `timeUs`: microseconds since the epoch of the simulation's wall clock. */
export interface LogEntry {
  readonly timeUs: number
  /** Labels of the stream, without `__name__`. Entries of one stream should share the object: the evaluator caches by it. */
  readonly labels: Labels
  /** One JSON object, logfmt or plain text. May be made when it is read: queries that can do without do not read it. */
  readonly line: string
  /** Given by stores that keep lines in parts, for lines that are one flat JSON object. */
  readonly flatJson?: FlatJson | null
  /** Whether the line contains a text. Given by stores that can tell without making the line. */
  contains?(text: string): boolean
}

/** The fields of a JSON line, to be had without making the line and parsing it again. */
export interface FlatJson {
  /** Keys in the order of the line. The same array for lines of one form: the evaluator caches by it. */
  readonly keys: readonly string[]
  /** What the line has at keys[index]: a string without its quotes and escapes, a number or boolean as written; null where the line has no such key or a null there. */
  valueText(index: number): string | null
}

/** Where log queries read from. */
export interface LogSource {
  /** Entries with fromUs <= t < toUs whose stream matches all matchers (regexes anchored), oldest first, made lazily. */
  select(matchers: readonly Matcher[], fromUs: number, toUs: number): Iterable<LogEntry>
  labelNames(): readonly string[]
  labelValues(name: string): readonly string[]
}
