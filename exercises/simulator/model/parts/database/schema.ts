import { z } from 'zod'
import { count, distribution, positiveCount, positiveDuration, share, size } from '../../../topology/quantity.ts'

/** How far a write has come at the replicas when its writer is told. */
export const synchronyLevels = ['local', 'on', 'remote-apply'] as const

const tableSchema = z.strictObject({
  rows: count.default(1000),
  /** Bytes of a row, with its indexes. */
  row: size.default(500),
  indexes: z.array(z.string()).default([]),
})

const querySchema = z.strictObject({
  /** Time on a core, beside that for the rows that it reads. */
  time: distribution.prefault('lognormal(p50 1ms, p99 6ms)'),
  table: z.string().optional(),
  /** The index that it needs: without it, it reads the whole table. */
  index: z.string().optional(),
  /** Rows that it reads with its index. */
  rows: count.default(1),
  /** Rows that it adds to its table. */
  inserts: count.default(0),
  writes: z.boolean().default(false),
  /** Locks the row of the request's key until it ends, or until its transaction does. */
  locks: z.boolean().default(false),
  /** May be answered by a replica, late as it is. */
  replica: z.boolean().default(false),
  /** Asks for the row of the request's key: where a replica answers that has not got it yet, the result is false. */
  'by-key': z.boolean().default(false),
  sql: z.string().optional(),
})

export const databaseSchema = z.strictObject({
  system: z.string().default('postgresql'),
  cores: positiveCount.default(4),
  connections: positiveCount.default(100),
  /** Time to read one row. */
  'row-cost': z.number().positive().default(0.2),
  tables: z.record(z.string(), tableSchema).default({}),
  queries: z.record(z.string(), querySchema).refine((queries) => Object.keys(queries).length > 0, { error: 'needs at least one query.' }),
  'lock-timeout': positiveDuration.optional(),
  /** Statements that take longer are logged. */
  'slow-log': positiveDuration.default(500_000),
  disk: size.default(100 * 2 ** 30),
  /** Read replicas. */
  replicas: count.default(0),
  /** Changed rows that a replica applies in a second. */
  'apply-rate': z.number().positive().default(5000),
  /** What a write waits for: nothing more (local), until a replica has it on disk (on), or until replicas show it (remote-apply). */
  'synchronous-commit': z.enum(synchronyLevels).default('local'),
  /** Takes over by itself when the primary dies. */
  'auto-failover': z.boolean().default(false),
  'failover-time': positiveDuration.default(30_000_000),
  errors: share.default(0),
})

/** A database as its topology says; times in microseconds, sizes in bytes, row-cost in microseconds. */
export type DatabaseSpec = z.output<typeof databaseSchema>
export type QuerySpec = z.output<typeof querySchema>
