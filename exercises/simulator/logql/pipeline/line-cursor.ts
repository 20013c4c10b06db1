import type { FlatJson, LogEntry } from '../source.ts'

/**
 * The line that a pipeline works on. The text of an entry may be costly to make, so it is only read by the stages that look
 * at it. One object serves all lines of a query.
 */
export class LineCursor {
  private entry: LogEntry = { timeUs: 0, labels: {}, line: '' }
  private changed: string | null = null

  reset(entry: LogEntry): void {
    this.entry = entry
    this.changed = null
  }

  get timeUs(): number {
    return this.entry.timeUs
  }

  /** The line as the stages so far have left it. */
  get text(): string {
    return this.changed ?? this.entry.line
  }

  /** Whether the line, as the stages so far have left it, contains a text. */
  contains(text: string): boolean {
    const { entry } = this
    return this.changed === null && entry.contains !== undefined ? entry.contains(text) : this.text.includes(text)
  }

  replace(text: string): void {
    this.changed = text
  }

  /** The fields of the line, unless a stage has changed it or the store does not keep them. */
  get flatJson(): FlatJson | null {
    return this.changed === null ? (this.entry.flatJson ?? null) : null
  }
}
