import type { DataChoice, DataSets } from '../data-sets.ts'
import type { SqlDatabase, StatementResult } from '../engine.ts'
import type { SqlCheck, SqlExercise } from '../schema.ts'
import type { Statement } from '../statements.ts'

/** What a check may look at: the database after the answer ran, and what the answer returned. */
export interface CheckContext {
  exercise: SqlExercise
  statements: readonly Statement[]
  data: DataSets
  choice: DataChoice
  database: SqlDatabase
  results: readonly StatementResult[]
}

export type CheckOf<Type extends SqlCheck['type']> = Extract<SqlCheck, { type: Type }>
