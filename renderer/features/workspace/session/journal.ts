/**
 * The learner's finished writes, in order, so that a new worker, or the next visit, can be brought to the same state.
 */
import { z } from 'zod'
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import { isQuery, splitStatements } from '../../../../exercises/kinds/sql/statements.ts'

export interface JournalEntry {
  sql: string
}

/** What is kept for the next visit at most: beyond, building the data again would take longer than doing it anew. */
const MOST_ENTRIES = 200
const MOST_CHARACTERS = 100_000

/** Keeps what may have changed something: everything but queries. */
export function entriesOf(results: readonly StatementResult[]): JournalEntry[] {
  return results.filter(({ sql }) => splitStatements(sql).some((statement) => !isQuery(statement))).map(({ sql }) => ({ sql }))
}

/** The longest beginning after which no transaction is open: a worker that ends takes an open one with it. */
export function settledEntries(entries: readonly JournalEntry[]): JournalEntry[] {
  let begun = false
  let savepoints: string[] = []
  let settled = 0
  entries.forEach(({ sql }, index) => {
    for (const { verb, tokens } of splitStatements(sql)) {
      const name = tokens.at(-1)?.text.toLowerCase() ?? ''
      const isWhole = verb === 'COMMIT' || verb === 'END' || (verb === 'ROLLBACK' && !tokens.some((token) => token.text.toLowerCase() === 'to'))
      if (verb === 'BEGIN') begun = true
      else if (verb === 'SAVEPOINT') savepoints.push(name)
      else if (verb === 'RELEASE') savepoints = savepoints.slice(0, Math.max(0, savepoints.lastIndexOf(name)))
      else if (isWhole) {
        begun = false
        savepoints = []
      }
    }
    if (!begun && savepoints.length === 0) settled = index + 1
  })
  return entries.slice(0, settled)
}

const keptSchema = z.object({
  /** All changes that were made, of which `statements` are the first. */
  made: z.number().int().min(0),
  statements: z.array(z.string()).max(MOST_ENTRIES),
})
export type KeptJournal = z.infer<typeof keptSchema>

/** The journal as the text of a draft. */
export function journalText(entries: readonly JournalEntry[]): string {
  let characters = 0
  const beyond = entries.findIndex(({ sql }, index) => index >= MOST_ENTRIES || (characters += sql.length) > MOST_CHARACTERS)
  const kept = settledEntries(beyond === -1 ? entries : entries.slice(0, beyond))
  return JSON.stringify({ made: entries.length, statements: kept.map(({ sql }) => sql) } satisfies KeptJournal)
}

/** Reads a kept journal; damaged text is an empty one. */
export function parseJournal(text: string | null): KeptJournal {
  try {
    const parsed = keptSchema.safeParse(JSON.parse(text ?? ''))
    if (parsed.success) return parsed.data
  } catch {
    // An empty or damaged draft.
  }
  return { made: 0, statements: [] }
}
