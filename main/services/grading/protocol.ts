/** What the grading thread and its owner say to one another. Plain data. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { StatementResult } from '../../../exercises/kinds/sql/engine.ts'
import type { SqlExercise } from '../../../exercises/kinds/sql/schema.ts'

/** The exercise that a thread is started for. */
export interface GradingTask {
  exercise: SqlExercise
  datasetSql: string
}

export type GradingRequest =
  /** Builds all data sets. */
  | { id: number; type: 'prepare' }
  | { id: number; type: 'grade'; answer: string }
  /** Runs statements on the learner's data; answers with what the last query returned. */
  | { id: number; type: 'rows'; sql: string }

export interface GradingAnswers {
  prepare: null
  grade: Grade
  rows: StatementResult | null
}

export type GradingReply =
  /** Another run of the answer begins: its clock starts anew. */
  | { id: number; step: true }
  | { id: number; ok: true; value: GradingAnswers[keyof GradingAnswers] }
  | { id: number; ok: false; message: string }
