/** The kinds of exercises. A new kind is a folder here, a line in `kinds`, one in the union, a view and content. */
import { z } from 'zod'
import { sqlKind } from './sql/source.ts'

const kinds = { sql: sqlKind }

/** An exercise of any kind, as exercise.yaml holds it. */
export const exerciseSchema = z.discriminatedUnion('kind', [kinds.sql.schema])
export type Exercise = z.infer<typeof exerciseSchema>

/** How a kind reads its files. */
export function kindOf(exercise: Exercise): (typeof kinds)[Exercise['kind']] {
  return kinds[exercise.kind]
}
