/** What an author writes for a `postgres` exercise, and what the grader reads. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields as common, exerciseFields } from '../../core/exercise-base.ts'

/** SQL text inline, or the name of a file beside exercise.yaml as `file:reference.sql` (resolved at load). */
const sqlText = z.string().min(1)
const sqlstate = z.string().regex(/^[0-9A-Z]{5}$/)
/** `{client}` in a text stands for the client's number, from 1. A text that is nothing else becomes that number. */
const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({})
/** `query` runs after the answer, `expect` on untouched data; both return the same rows, in this order. */
const afterwards = { query: sqlText, expect: sqlText }

export const planDemandSchema = z.strictObject({
  /** Names of indexes that the plan must use, or `table.*` for any index of a table. */
  uses: z.array(z.string()).optional(),
  /** Tables that must not be read by a Seq Scan; `*` for any. */
  noSeqScan: z.array(z.string()).optional(),
  /** Tables that must be read by an Index Only Scan. */
  indexOnly: z.array(z.string()).optional(),
  /** Types of nodes that must not appear, such as `Sort`. */
  without: z.array(z.string()).optional(),
  /** Pages of 8 KiB that the whole plan may touch. */
  maxBuffers: z.number().int().optional(),
  /** The largest factor between estimated and actual rows that any node may show. */
  maxMisestimate: z.number().min(1).optional(),
})
export type PlanDemand = z.infer<typeof planDemandSchema>

/** What a step of a schedule may be asked to show. Every given property must hold of one and the same step. */
const eventSchema = z.strictObject({
  session: z.string().optional(),
  sqlstate: sqlstate.optional(),
  /** True: the step had to wait for another session. */
  waits: z.boolean().optional(),
  /** The step's rows, as one line: `(1, 'a') (2, 'b')`. */
  rows: z.string().optional(),
  /** What the step does, such as `UPDATE` or `COMMIT`. */
  verb: z.string().optional(),
})
export type ScheduleEvent = z.infer<typeof eventSchema>

const shownEvents = {
  must: z.array(eventSchema).default([]),
  mustNot: z.array(eventSchema).default([]),
  /** True: steps that show the events of `must` come in their order. */
  inOrder: z.boolean().default(false),
  /** Sessions that must show all their events of `must` in one and the same transaction. */
  oneTransaction: z.array(z.string()).default([]),
}

export const postgresCheckSchema = z.discriminatedUnion('type', [
  /** Rows of the answer's last query, or of `query` after it, equal those of `expect` on untouched data. */
  z.strictObject({
    ...common, type: z.literal('rows'), query: sqlText.optional(), expect: sqlText, ordered: z.boolean().default(false),
    columns: z.enum(['positions', 'names']).default('positions'), tolerance: z.number().min(0).default(1e-9),
  }),
  /** EXPLAIN ANALYZE of the answer's last query, or of a query of the workload after the answer ran. */
  z.strictObject({ ...common, type: z.literal('plan'), of: z.string().default('answer'), demand: planDemandSchema }),
  /** How many statements, and of which kinds (`CREATE INDEX`, `UPDATE`, `BEGIN`), the answer may hold. */
  z.strictObject({ ...common, type: z.literal('statements'), max: z.number().int().min(1).optional(), allow: z.array(z.string()).optional() }),
  /**
   * Plays clients that all run the answer, statement by statement, in every order that is possible (or as many as
   * `max`, evenly taken). After each, `query` must return what is expected; errors other than `errors` fail.
   */
  z.strictObject({
    ...common, type: z.literal('interleavings'), clients: z.array(z.strictObject({ name: z.string(), parameters })).min(2).max(3),
    max: z.number().int().min(1).max(70).default(20), errors: z.array(sqlstate).default([]),
    /** SQLSTATEs that no step may show, not even one that is tried again. */
    never: z.array(sqlstate).default([]),
    /** False where no client may have to wait for another. */
    mayWait: z.boolean().default(true), ...afterwards,
  }),
  /** Clients run the answer at the same time, `repeat` times each. */
  z.strictObject({
    ...common, type: z.literal('concurrency'), clients: z.number().int().min(2).max(64), repeat: z.number().int().min(1).default(1), parameters,
    /** SQLSTATEs with which a client may end. */
    errors: z.array(sqlstate).default([]),
    withinMs: z.number().int().optional(), ...afterwards,
  }),
  /** What the learner's schedule must show, and must not show, and what it leaves. */
  z.strictObject({
    ...common, type: z.literal('events'), ...shownEvents, query: sqlText.optional(), expect: sqlText.optional(),
  }),
  /** After the answer ran, new sessions play these steps, written like a schedule; they have no limits but the answer's. */
  z.strictObject({ ...common, type: z.literal('probe'), steps: sqlText, ...shownEvents }),
  /** With `holder` in an open transaction, the answer must not ask for these locks on the table. */
  z.strictObject({ ...common, type: z.literal('locks'), table: z.string(), holder: sqlText, forbids: z.array(z.string()).min(1) }),
  /** What a new session has for a setting after the answer ran: `expect` as SHOW prints it, or bounds of a time in ms. */
  z.strictObject({ ...common, type: z.literal('settings'), name: z.string(), expect: z.string().optional(), minMs: z.number().optional(), maxMs: z.number().optional() }),
  /** Which background sessions are gone and which live on after the answer ran, and how many new ones can be opened. */
  z.strictObject({
    ...common, type: z.literal('sessions'), gone: z.array(z.string()).default([]), alive: z.array(z.string()).default([]), opens: z.number().int().min(0).default(0),
  }),
  /**
   * Runs the client once, on the primary and a standby that applies commits `delayMs` late. Its last query must return what
   * `expect` returns on the primary afterwards.
   */
  z.strictObject({
    ...common, type: z.literal('replica'), delayMs: z.number().int().min(0), parameters, expect: sqlText,
    /** The server that must have answered the last query. */
    servedBy: z.enum(['primary', 'standby']).optional(),
    withinMs: z.number().int().optional(),
  }),
])
export type PostgresCheck = z.infer<typeof postgresCheckSchema>

export const postgresExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('postgres'),
  /** `single` works in the built-in PostgreSQL too; `server` needs several sessions. */
  tier: z.enum(['single', 'server']),
  /** Statements that make the tables and rows, as the learner's role. They may use `:seed`. */
  setup: sqlText,
  seed: z.number().int().min(0).default(1),
  /** Made by the lab before the setup; the learner cannot. */
  extensions: z.array(z.enum(['pg_trgm'])).default([]),
  /** Sessions that the workspace opens side by side, with what stands in each at first. */
  sessions: z
    .array(z.strictObject({ name: z.string().regex(/^[A-D]$/), starter: z.string().default(''), on: z.enum(['primary', 'standby']).default('primary') }))
    .min(1)
    .max(4)
    .default([{ name: 'A', starter: '', on: 'primary' }]),
  /** What the exercise asks of the server beyond the lab's own settings. Needs the tier `server`. */
  server: z
    .strictObject({
      /** Sessions that its database admits, background ones included; the lab's own do not count. */
      connections: z.number().int().min(1).max(40).optional(),
      /** True: autovacuum runs, for tables that set a threshold of their own; the lab's default is out of reach. */
      autovacuum: z.boolean().default(false),
      /** A streaming standby that applies commits this late. */
      standby: z.strictObject({ delayMs: z.number().int().min(0).max(600_000) }).optional(),
    })
    .default({ autovacuum: false }),
  /** Sessions of others that are there before the learner's. They stay as they are until somebody ends them. */
  background: z
    .array(
      z.strictObject({
        /** Shown as application_name in pg_stat_activity. */
        name: z.string().min(1).max(60),
        count: z.number().int().min(1).max(40).default(1),
        /** Runs to its end before the learner comes. */
        sql: z.string().default(''),
        /** One more statement, which goes on running. */
        runs: z.string().optional(),
      }),
    )
    .default([]),
  /**
   * `query`: graded on what the last query returns. `script`: on the state that the statements leave. `client`: what every
   * client of an application runs, with named parameters. `schedule`: steps of several sessions in an order.
   */
  mode: z.enum(['query', 'script', 'client', 'schedule']),
  parameters,
  workload: z.array(z.strictObject({ id: z.string(), label: z.string(), sql: sqlText })).default([]),
  /** An interleaving that the step button of the workspace plays. */
  demonstration: z.array(z.strictObject({ session: z.string(), sql: sqlText, says: z.string() })).default([]),
  checks: z.array(postgresCheckSchema).min(1),
  limits: z.strictObject({ statementMs: z.number().int().default(15_000), rows: z.number().int().default(10_000) }).default({ statementMs: 15_000, rows: 10_000 }),
})
export type PostgresExercise = z.infer<typeof postgresExerciseSchema>
/** As authors write it: defaults may be left out. */
export type PostgresExerciseSource = z.input<typeof postgresExerciseSchema>
