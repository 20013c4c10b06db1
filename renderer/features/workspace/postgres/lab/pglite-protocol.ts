/** What the window and the thread of the built-in PostgreSQL say to one another. Plain data. */
import type { Grade } from '../../../../../exercises/core/grade.ts'
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../../../exercises/kinds/postgres/statements.ts'
import type { Table } from '../../../../../exercises/kinds/postgres/tables.ts'

export type PgliteRequest =
  | ({ id: number; type: 'open' } & Pick<PostgresExercise, 'setup' | 'seed' | 'extensions'>)
  | { id: number; type: 'run'; sql: string; parameters: PostgresParameters; maxRows: number }
  | { id: number; type: 'tables' }
  | { id: number; type: 'grade'; exercise: PostgresExercise; answer: string }

export interface PgliteAnswers {
  /** The server's version. */
  open: string
  run: RunReport
  tables: Table[]
  grade: Grade
}

export type PgliteReply = { id: number; ok: true; value: PgliteAnswers[keyof PgliteAnswers] } | { id: number; ok: false; message: string }
