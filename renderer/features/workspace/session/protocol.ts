/** What the page and the database worker say to one another. Plain data, so that it survives structured cloning. */
import type { PlanNode, SchemaTable, SqlError, SqlParameters, StatementResult } from '../../../../exercises/kinds/sql/engine.ts'

export type EngineName = 'sqljs' | 'sqlite-wasm'

/** What makes the learner's data: the same source gives the same bytes. */
export interface DataSource {
  engine: EngineName
  datasetSql: string
  /** Statements after the dataset, for this exercise only. */
  setup: string | null
  seed: number
  memoryMb: number
}

export type LabRequest =
  /** Opens the database: from an image when there is one, otherwise by running the dataset. */
  | { type: 'open'; source: DataSource; image: Uint8Array<ArrayBuffer> | null }
  | { type: 'run'; sql: string; maxRows: number; parameters: SqlParameters }
  | { type: 'plan'; sql: string; parameters: SqlParameters }
  | { type: 'schema' }

/** Answers by request type. */
export interface LabAnswers {
  /** `image` is set when the data was built here, for the page to keep. */
  open: { image: Uint8Array<ArrayBuffer> | null; builtMs: number }
  run: StatementResult[]
  plan: PlanNode[]
  schema: SchemaTable[]
}

/** A SqlError as data. */
export interface LabFailure {
  kind: SqlError['kind']
  message: string
  /** Offsets in the text that was run. */
  start: number
  end: number
  before: StatementResult[]
}

export type LabReply =
  /** Part of the data built so far, 0..1; the answer follows. */
  | { id: number; progress: number }
  | { id: number; ok: true; value: LabAnswers[keyof LabAnswers] }
  | { id: number; ok: false; error: LabFailure }
