import { z } from 'zod'
import { duration, positiveCount, positiveDuration, share, size, count } from '../../../topology/quantity.ts'
import type { BuildContext, ChangeKind, PartKind, StepKind } from '../../part.ts'
import { keysSchema } from '../../keys.ts'
import { policyFields } from '../../policy/schema.ts'
import { didYouMean } from '../../suggest.ts'
import { Database } from './database.ts'
import { databaseSchema, synchronyLevels } from './schema.ts'
import type { DatabaseSpec } from './schema.ts'

const second = 1_000_000

function change<Arguments>(kind: ChangeKind<Database, Arguments>): ChangeKind<Database> {
  return kind as ChangeKind<Database>
}

const tableKnown = (database: Database, table: string): string | null =>
  database.tables.has(table) ? null : `${database.name} has no table "${table}".${didYouMean(table, [...database.tables.keys()])}`
const queryKnown = (database: Database, query: string): string | null => (database.operation(query) >= 0 ? null : `${database.name} has no query "${query}".${didYouMean(query, database.operationNames())}`)

const changes: readonly ChangeKind<Database>[] = [
  change({
    name: 'slow',
    use: 'fault',
    summary: 'Work takes this many times longer, as on a busy host.',
    schema: z.strictObject({ factor: z.number().positive().max(10_000) }),
    durationUs: () => 0,
    apply(database, { factor }) {
      database.processor.factor = factor
      return `work takes ${factor} times as long`
    },
    revert: (database) => void (database.processor.factor = 1),
  }),
  change({
    name: 'errors',
    use: 'fault',
    summary: 'Fails a share of queries.',
    schema: z.strictObject({ share }),
    durationUs: () => 0,
    apply(database, args) {
      database.settings.errors = args.share
      return `${args.share * 100}% of queries fail`
    },
    revert: (database) => void (database.settings.errors = database.spec.errors),
  }),
  change({
    name: 'crash',
    use: 'fault',
    summary: 'The primary dies. With auto-failover a replica takes over; else somebody must fail over.',
    schema: z.strictObject({}),
    durationUs: () => 0,
    apply(database) {
      database.operations.goDown(database.spec['auto-failover'] ? database.spec['failover-time'] : 0)
      return 'the primary is gone'
    },
  }),
  change({
    name: 'fail-over',
    use: 'action',
    summary: 'Makes a replica the primary. Nothing is written meanwhile.',
    schema: z.strictObject({}),
    durationUs: () => 5 * second,
    refuse: (database) => (database.spec.replicas === 0 ? `${database.name} has no replica.` : null),
    apply(database) {
      const lag = database.replication.lagSeconds(database.clock.nowUs)
      database.operations.goDown(database.spec['failover-time'])
      database.processor.factor = 1
      return `a replica takes over in ${database.spec['failover-time'] / 1e6} s; it had not applied the last ${Math.round(lag * 10) / 10} s of changes, and what had not reached it is lost`
    },
  }),
  change({
    name: 'drop-index',
    use: 'both',
    summary: 'An index goes, so that its queries read whole tables.',
    schema: z.strictObject({ table: z.string(), index: z.string() }),
    durationUs: () => second,
    refuse: (database, { table, index }) => tableKnown(database, table) ?? (database.tables.get(table)?.indexes.includes(index) === true ? null : `${table} has no index "${index}".`),
    apply(database, { table, index }) {
      const indexes = database.tables.get(table)?.indexes ?? []
      if (indexes.includes(index)) indexes.splice(indexes.indexOf(index), 1)
      return `index ${index} of ${table} is gone`
    },
  }),
  change({
    name: 'add-index',
    use: 'action',
    summary: 'Builds an index while queries go on. Takes time and a core.',
    schema: z.strictObject({ table: z.string(), index: z.string() }),
    durationUs: () => 2 * second,
    refuse: (database, { table }) => tableKnown(database, table),
    apply: (database, { table, index }) => `index ${index} of ${table} will be there in ${Math.round(database.operations.buildIndex(table, index) / 1e5) / 10} s`,
  }),
  change({
    name: 'flip-plan',
    use: 'fault',
    summary: 'The planner chooses to read a whole table for a query, because its statistics are old.',
    schema: z.strictObject({ query: z.string() }),
    durationUs: () => 0,
    refuse: (database, { query }) => queryKnown(database, query),
    apply(database, { query }) {
      database.settings.flipped = [...database.settings.flipped, query]
      return `${query} reads the whole table`
    },
  }),
  change({
    name: 'analyze',
    use: 'action',
    summary: 'Renews the statistics of the planner.',
    schema: z.strictObject({}),
    durationUs: () => 20 * second,
    apply(database) {
      const flipped = database.settings.flipped.length
      database.settings.flipped = []
      return `${flipped} plans changed`
    },
  }),
  change({
    name: 'grow-table',
    use: 'fault',
    summary: 'A table gets more rows, as by an import.',
    schema: z.strictObject({ table: z.string(), rows: count }),
    durationUs: () => 0,
    refuse: (database, { table }) => tableKnown(database, table),
    apply(database, { table, rows }) {
      const found = database.tables.get(table)
      if (found !== undefined) found.rows += rows
      return `${table} has ${found?.rows ?? 0} rows`
    },
  }),
  change({
    name: 'lock-table',
    use: 'fault',
    summary: 'A migration or a forgotten transaction locks a table for a time.',
    schema: z.strictObject({ table: z.string(), time: positiveDuration }),
    durationUs: () => 0,
    refuse: (database, { table }) => tableKnown(database, table),
    apply(database, { table, time }) {
      database.operations.lockTable(table, time)
      return `${table} is locked for ${time / 1e6} s`
    },
  }),
  change({
    name: 'fill-disk',
    use: 'fault',
    summary: 'Something fills the disk: at once by an amount, and from then on by an amount a second.',
    schema: z.strictObject({ by: size.default(0), 'per-second': size.default(0) }),
    durationUs: () => 0,
    apply(database, args) {
      database.operations.fill(args.by, args['per-second'])
      return `${Math.round(args.by / 2 ** 20)} MB at once, ${Math.round(args['per-second'] / 2 ** 20)} MB a second`
    },
  }),
  change({
    name: 'extend-disk',
    use: 'action',
    summary: 'Makes the disk larger.',
    schema: z.strictObject({ by: size }),
    durationUs: () => 120 * second,
    apply(database, { by }) {
      database.settings.disk += by
      return `disk ${Math.round(database.settings.disk / 2 ** 30)} GB`
    },
  }),
  change({
    name: 'slow-replication',
    use: 'fault',
    summary: 'Replicas apply fewer changes a second.',
    schema: z.strictObject({ rate: positiveCount }),
    durationUs: () => 0,
    apply(database, { rate }) {
      database.replication.setRate(rate, database.clock.nowUs)
      return `replicas apply ${rate} rows a second`
    },
    revert: (database) => database.replication.setRate(database.spec['apply-rate'], database.clock.nowUs),
  }),
  change({
    name: 'synchronous-commit',
    use: 'both',
    recordedAs: 'config',
    summary: 'Changes what writes wait for: local, on (a replica has it on disk), or remote-apply (replicas show it).',
    schema: z.strictObject({ level: z.enum(synchronyLevels) }),
    durationUs: () => 10 * second,
    refuse: (database) => (database.spec.replicas === 0 ? `${database.name} has no replica.` : null),
    apply(database, { level }) {
      const before = database.settings.synchrony
      database.settings.synchrony = level
      return { summary: `synchronous_commit ${before} -> ${level}`, before: { level: before }, after: { level } }
    },
  }),
  change({
    name: 'kill-query',
    use: 'action',
    summary: 'Ends queries that run: those of a name, or those that have run for longer than a time.',
    schema: z.strictObject({ query: z.string().optional(), longer: duration.default(0) }),
    durationUs: () => 5 * second,
    refuse: (database, { query }) => (query === undefined ? null : queryKnown(database, query)),
    apply: (database, { query, longer }) => `${database.operations.kill(query, longer)} queries ended`,
  }),
  change({
    name: 'configure',
    use: 'both',
    summary: 'Changes the number of connections. The database restarts for it.',
    schema: z.strictObject({ connections: positiveCount }),
    durationUs: () => 30 * second,
    apply(database, { connections }) {
      const before = database.settings.connections
      database.settings.connections = connections
      database.operations.goDown(5 * second)
      return `connections ${before} -> ${connections}, with a restart`
    },
  }),
]

const queryStepSchema = z.strictObject({ query: z.string(), key: keysSchema.optional(), fallback: z.array(z.unknown()).optional(), optional: z.boolean().optional(), ...policyFields })
const queryStep: StepKind<z.output<typeof queryStepSchema>> = {
  keyword: 'query',
  summary: 'query: orders-db insert-order asks a database; the options are those of call.',
  schema: queryStepSchema,
  compile(step, compiler, path) {
    if (step.key !== undefined) compiler.keys(step.key)
    compiler.call(step.query, step, [...path, 'query'])
  },
}

function connect(_database: Database, spec: DatabaseSpec, { problem }: BuildContext): void {
  const tables = Object.keys(spec.tables)
  for (const [name, { table, index, inserts, writes, locks }] of Object.entries(spec.queries)) {
    if (table !== undefined && !tables.includes(table)) problem(['queries', name, 'table'], `There is no table "${table}".${didYouMean(table, tables)}`)
    if (spec.queries[name]?.['by-key'] === true && !spec.queries[name].replica) problem(['queries', name, 'by-key'], 'Only a query with replica: true can come too early for its row.')
    if (table === undefined && (index !== undefined || inserts > 0 || locks)) problem(['queries', name], 'index, inserts and locks need a table.')
    if (inserts > 0 && !writes) problem(['queries', name, 'inserts'], 'A query that inserts rows needs writes: true.')
  }
}

/** Databases. */
export const databaseKind: PartKind<DatabaseSpec, Database> = {
  kind: 'database',
  section: 'databases',
  summary: 'A database with tables, indexes, locks, replicas and a disk.',
  schema: databaseSchema,
  build: (spec, name, { world }) => new Database(world, name, spec),
  connect,
  steps: [queryStep as StepKind],
  changes,
}
