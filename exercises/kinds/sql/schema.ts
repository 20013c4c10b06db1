/** What an author writes for a `sql` exercise, and what the grader reads. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields as common, exerciseFields } from '../../core/exercise-base.ts'

/** SQL text inline, or the name of a file beside exercise.yaml as `file:reference.sql` (resolved at load). */
const sqlText = z.string().min(1)

/** What a plan must look like; every given property must hold. Table names are those of the schema, not aliases. */
export const planDemandSchema = z.strictObject({
  /** Index names, or `table.*` for "any index of that table", that the plan must use. */
  uses: z.array(z.string()).optional(),
  /**
   * Tables that must not be scanned in full (an index scan over the whole table counts as a scan too); `*` for any table,
   * also those that the answer makes.
   */
  noScan: z.array(z.string()).optional(),
  /** Tables that must be read through a covering index only. */
  covering: z.array(z.string()).optional(),
  /** Refuses `USE TEMP B-TREE FOR ORDER BY`, `GROUP BY`, `DISTINCT`. */
  noTempBTree: z.array(z.enum(['ORDER BY', 'GROUP BY', 'DISTINCT', 'any'])).optional(),
  /** Columns that the index search on a table must constrain, such as `["user_id", "created_at"]`. */
  searchColumns: z.record(z.string(), z.array(z.string())).optional(),
})
export type PlanDemand = z.infer<typeof planDemandSchema>

/** Criteria of a grade. `answer` means the learner's statements. */
export const sqlCheckSchema = z.discriminatedUnion('type', [
  /**
   * Rows of the learner's last query (or of `query` after the answer ran) equal those of `expect`, which runs on
   * untouched data (dataset and setup).
   */
  z.strictObject({
    ...common,
    type: z.literal('rows'),
    query: sqlText.optional(),
    expect: sqlText,
    ordered: z.boolean().default(false),
    /** `positions` compares values only; `names` compares column names too. */
    columns: z.enum(['positions', 'names']).default('positions'),
    /** Absolute tolerance for real numbers. */
    tolerance: z.number().min(0).default(1e-9),
  }),
  /** The plan of the answer (its last query) or of a workload query, after the answer ran. */
  z.strictObject({ ...common, type: z.literal('plan'), of: z.string().default('answer'), demand: planDemandSchema }),
  /** How many statements, and of which kinds, the answer may hold. */
  z.strictObject({
    ...common,
    type: z.literal('statements'),
    max: z.number().int().min(1).optional(),
    /** Leading keywords in upper case, such as `SELECT`, `WITH`, `CREATE INDEX`, `DROP INDEX`. */
    allow: z.array(z.string()).optional(),
  }),
  /** Indexes on a table after the answer ran, those that SQLite makes for constraints not counted. */
  z.strictObject({
    ...common,
    type: z.literal('indexes'),
    table: z.string(),
    max: z.number().int().min(0).optional(),
    min: z.number().int().min(0).optional(),
    /** Index names that must be gone, or must be there. */
    absent: z.array(z.string()).optional(),
    present: z.array(z.string()).optional(),
  }),
  /** The rows of these tables are the same after the answer as before it. Compared by counts and sums over all columns. */
  z.strictObject({ ...common, type: z.literal('unchanged'), tables: z.array(z.string()).min(1) }),
  /**
   * Plays several clients against the learner's statements, one at a time in a fixed order. Each step runs `sql`, or
   * the learner's answer with named parameters, and may demand a number of changed rows (of all its statements
   * together); afterwards `query` must return what `expect` returns on untouched data. All clients share one
   * connection: a step is whole, it never waits.
   */
  z.strictObject({
    ...common,
    type: z.literal('interleave'),
    steps: z.array(
      z.strictObject({
        client: z.string(),
        run: z.union([z.literal('answer'), z.strictObject({ sql: sqlText })]),
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
        changes: z.number().int().min(0).optional(),
        says: z.string(),
      }),
    ),
    query: sqlText,
    expect: sqlText,
  }),
])
export type SqlCheck = z.infer<typeof sqlCheckSchema>

export const sqlExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('sql'),
  /** `sqlite-wasm` only where the exercise needs FTS5, which sql.js is built without. */
  engine: z.enum(['sqljs', 'sqlite-wasm']).default('sqljs'),
  dataset: z.string(),
  /** Seed of the data that the learner sees. */
  seed: z.number().int().min(0),
  /** Seeds of data sets that only the grader sees; hard-coded answers die here. */
  hiddenSeeds: z.array(z.number().int().min(0)).min(1),
  /** Size of the hidden data sets in per cent of the full one, bound as `:scale`; small ones keep grading quick. */
  hiddenScale: z.number().int().min(1).max(100).default(20),
  /** Extra statements after the dataset, for this exercise only. */
  setup: sqlText.optional(),
  /** `query`: graded on what the last query returns. `script`: graded on the state that the statements leave. */
  mode: z.enum(['query', 'script']),
  /** Named parameters (`:version`) that the workspace binds when the learner runs; the grader binds its own. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  /** Given queries that the learner must make fast or keep fast; shown in the workspace with their plans. */
  workload: z.array(z.strictObject({ id: z.string(), label: z.string(), sql: sqlText })).default([]),
  checks: z.array(sqlCheckSchema).min(1),
  limits: z
    .strictObject({
      timeMs: z.number().int().default(5_000),
      memoryMb: z.number().int().default(256),
      rows: z.number().int().default(100_000),
    })
    .default({ timeMs: 5_000, memoryMb: 256, rows: 100_000 }),
})
export type SqlExercise = z.infer<typeof sqlExerciseSchema>
/** As authors write it: defaults may be left out. */
export type SqlExerciseSource = z.input<typeof sqlExerciseSchema>
