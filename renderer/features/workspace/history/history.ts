/** What was run in an exercise, newest first, kept across visits. */
import { z } from 'zod'

const entrySchema = z.object({
  sql: z.string(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  elapsedMs: z.number(),
  /** One phrase: "200 rows", "no such column: totl", "stopped". */
  outcome: z.string(),
  succeeded: z.boolean(),
})
export type HistoryEntry = z.infer<typeof entrySchema>

/** Entries kept, and characters of SQL in all of them together: a draft holds at most 1,000,000. */
const MOST_ENTRIES = 100
const MOST_CHARACTERS = 400_000

/** Adds a run. The same text run again replaces its last entry when that is the newest. */
export function withRun(history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const rest = history[0]?.sql === entry.sql ? history.slice(1) : history
  const kept: HistoryEntry[] = []
  let characters = 0
  for (const candidate of [entry, ...rest].slice(0, MOST_ENTRIES)) {
    characters += candidate.sql.length
    if (characters > MOST_CHARACTERS) break
    kept.push(candidate)
  }
  return kept
}

/** Reads a kept history; damaged text is an empty history. */
export function parseHistory(text: string | null): HistoryEntry[] {
  if (text === null) return []
  try {
    const parsed = z.array(entrySchema).safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}
