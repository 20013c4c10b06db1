import type { CheckContext, CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { pass, wrong } from './outcome.ts'

/** Looks at the indexes that a table has after the answer ran, but for those that SQLite makes for constraints. */
export function checkIndexes(check: CheckOf<'indexes'>, context: CheckContext): Outcome {
  const table = context.database.schema().find((entry) => entry.name.toLowerCase() === check.table.toLowerCase())
  if (table === undefined) return wrong(`The table ${check.table} is gone.`)
  const indexes = table.indexes.filter((index) => index.sql !== null)
  const names = new Set(indexes.map((index) => index.name.toLowerCase()))
  const listed = indexes.length === 0 ? 'none' : indexes.map((index) => `${index.name} (${index.columns.join(', ')})`).join('; ')
  const seen = `Indexes on ${check.table}: ${listed}.`
  const kept = (check.absent ?? []).find((name) => names.has(name.toLowerCase()))
  if (kept !== undefined) return wrong(`${kept} is still there. ${seen}`)
  const lost = (check.present ?? []).find((name) => !names.has(name.toLowerCase()))
  if (lost !== undefined) return wrong(`${lost} is missing. ${seen}`)
  if (check.max !== undefined && indexes.length > check.max) return wrong(`${indexes.length} indexes, at most ${check.max} may stay. ${seen}`)
  if (check.min !== undefined && indexes.length < check.min) return wrong(`${indexes.length} indexes, at least ${check.min} must be there. ${seen}`)
  return pass(seen)
}
