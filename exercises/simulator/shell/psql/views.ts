/** The system views of PostgreSQL, filled from a simulated database. */
import type { World } from '../../model/index.ts'
import { none, stage } from '../../model/calls.ts'
import type { Database } from '../../model/parts/database/database.ts'
import { Records } from '../../model/parts/records.ts'
import { Service } from '../../model/parts/service/service.ts'
import { readings } from '../readings.ts'
import { wallUs } from '../times.ts'

/** A value of a column. Times are microseconds since the Unix epoch, in their own type; intervals likewise. */
export type Cell = string | number | boolean | null | { readonly timeUs: number } | { readonly intervalUs: number } | readonly number[]

/** A view with its columns in order. */
export interface View {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** Number of the backend that runs a call: calls have no process, but their places are as stable while they run. */
const firstPid = 4100

/** Views that can be asked for, by name. */
export const viewNames: readonly string[] = ['pg_stat_activity', 'pg_locks', 'pg_stat_statements', 'pg_stat_user_tables', 'pg_indexes', 'pg_stat_replication', 'pg_settings']

/** A view as it is now; null for a name that is none. */
export function viewOf(world: World, database: Database, name: string, nowUs: number): View | null {
  if (name === 'pg_stat_activity') return { columns: ['pid', 'datname', 'usename', 'application_name', 'client_addr', 'backend_start', 'xact_start', 'query_start', 'state_change', 'wait_event_type', 'wait_event', 'state', 'query', 'blocked_by'], rows: activity(world, database) }
  if (name === 'pg_locks') return { columns: ['locktype', 'relation', 'pid', 'mode', 'granted'], rows: locks(world, database) }
  if (name === 'pg_stat_statements') return { columns: ['query', 'calls', 'total_exec_time', 'mean_exec_time', 'rows'], rows: statements(world, database, nowUs) }
  if (name === 'pg_stat_user_tables') return { columns: ['relname', 'n_live_tup', 'seq_scan', 'indexes'], rows: [...database.tables].map(([relname, { rows, indexes }]) => ({ relname, n_live_tup: rows, seq_scan: null, indexes: indexes.length })) }
  if (name === 'pg_indexes') return { columns: ['schemaname', 'tablename', 'indexname'], rows: [...database.tables].flatMap(([tablename, { indexes }]) => indexes.map((indexname) => ({ schemaname: 'public', tablename, indexname }))) }
  if (name === 'pg_stat_replication') {
    const lagUs = Math.round(database.replication.lagSeconds(nowUs) * 1e6)
    return { columns: ['pid', 'application_name', 'state', 'replay_lag'], rows: Array.from({ length: database.settings.down ? 0 : database.spec.replicas }, (_, index) => ({ pid: 90 + index, application_name: `${database.name}-${index + 1}`, state: lagUs > 10_000_000 ? 'catchup' : 'streaming', replay_lag: { intervalUs: lagUs } })) }
  }
  if (name !== 'pg_settings') return null
  const timeout = database.spec['lock-timeout']
  const settings: Readonly<Record<string, string>> = { max_connections: String(database.settings.connections), lock_timeout: timeout === undefined ? '0' : `${timeout / 1000}`, log_min_duration_statement: `${database.spec['slow-log'] / 1000}`, transaction_read_only: database.settings.readOnly ? 'on' : 'off' }
  return { columns: ['name', 'setting'], rows: Object.entries(settings).map(([setting, value]) => ({ name: setting, setting: value })) }
}

/** Rows of a table whose versions the topology follows under the same name, as far as they were ever changed; null for another table. */
export function recordsView(world: World, database: Database, table: string): View | null {
  const records = world.part(table)
  if (!database.tables.has(table) || !(records instanceof Records)) return null
  return { columns: ['id', 'version'], rows: [...records.save().versions].map(([id, version]) => ({ id, version })) }
}

/** The query that a backend runs; null when there is no such backend now. */
export function queryOfPid(world: World, database: Database, pid: number): { readonly query: string; readonly ranUs: number } | null {
  const call = pid - firstPid
  if (!database.live.list().includes(call)) return null
  return { query: database.operationNames()[world.calls.operation[call] ?? 0] ?? '', ranUs: world.nowUs - (world.calls.arrivedUs[call] ?? 0) }
}

function activity(world: World, database: Database): View['rows'] {
  const { calls } = world
  const running = database.live.list().toReversed().map((call): Readonly<Record<string, Cell>> => {
    const operation = calls.operation[call] ?? 0
    const lock = (calls.pending[call] ?? 0) > 0 && calls.stage[call] === stage.part
    const table = database.spec.queries[database.operationNames()[operation] ?? '']?.table
    const isTableLocked = !lock && calls.stage[call] === stage.part && table !== undefined && database.settings.locked.includes(table)
    const since = { timeUs: wallUs(world, calls.arrivedUs[call] ?? 0) }
    const caller = calls.caller[call] ?? none
    return {
      pid: firstPid + call, datname: database.name, usename: 'app', application_name: world.parts[caller]?.name ?? '', client_addr: `10.42.${Math.max(0, caller) % 250}.${10 + Math.max(0, replicaOf(world, call))}`,
      backend_start: { timeUs: wallUs(world, 0) }, xact_start: since, query_start: since, state_change: since, wait_event_type: lock || isTableLocked ? 'Lock' : null, wait_event: lock ? 'tuple' : isTableLocked ? 'relation' : null, state: 'active', query: database.sqlOf(operation),
      blocked_by: lock ? blockers(world, database, call) : isTableLocked ? [lockHolderPid] : [],
    }
  })
  return [...migrations(world, database), ...running, ...idle(world, database)]
}

const lockHolderPid = 990

/** Whoever has locked a table as a whole is a backend that holds its transaction open. */
function migrations(world: World, database: Database): View['rows'] {
  return database.settings.locked.map((table, index) => {
    const since = { timeUs: wallUs(world, world.nowUs) }
    return { pid: lockHolderPid + index, datname: database.name, usename: 'migrator', application_name: 'psql', client_addr: null, backend_start: null, xact_start: null, query_start: null, state_change: since, wait_event_type: 'Client', wait_event: 'ClientRead', state: 'idle in transaction', query: `LOCK TABLE ${table}`, blocked_by: [] }
  })
}

/** Connections of pools that have no query now. */
function idle(world: World, database: Database): View['rows'] {
  const found: Readonly<Record<string, Cell>>[] = []
  for (const service of world.parts) {
    if (!(service instanceof Service)) continue
    for (const [index, replica] of service.replicas.entries()) {
      if (replica.gone === 1) continue
      for (const [group, gate] of service.gatesOf(index).entries()) {
        if (gate.pool === null || service.groups[group]?.target !== database.index) continue
        const busy = database.live.list().filter((call) => world.calls.caller[call] === service.index && replicaOf(world, call) === index).length
        for (let spare = Math.max(0, gate.pool.size - busy); spare > 0; spare -= 1) found.push({
          pid: 2000 + service.index * 500 + index * 50 + spare, datname: database.name, usename: 'app', application_name: service.name, client_addr: `10.42.${service.index % 250}.${10 + index}`, backend_start: { timeUs: wallUs(world, Math.max(0, replica.startedUs)) }, xact_start: null, query_start: null, state_change: null,
          wait_event_type: 'Client', wait_event: 'ClientRead', state: 'idle', query: '', blocked_by: [],
        })
      }
    }
  }
  return found
}

function replicaOf(world: World, call: number): number {
  const parent = world.calls.parent[call] ?? none
  return parent === none ? 0 : (world.calls.replica[parent] ?? 0)
}

function blockers(world: World, database: Database, call: number): readonly number[] {
  const owner = database.locks.owner(world.calls.pending[call] ?? 0)
  if (owner === none) return []
  // The owner is a query of its own, or the transaction's frame, whose query it is that runs now.
  const query = database.live.list().includes(owner) ? owner : (world.calls.child[owner] ?? none)
  return query === none || !database.live.list().includes(query) ? [] : [firstPid + query]
}

function locks(world: World, database: Database): View['rows'] {
  const waiting = database.live.list().flatMap((call): View['rows'] => {
    const pending = (world.calls.pending[call] ?? 0) > 0 && world.calls.stage[call] === stage.part
    const relation = database.spec.queries[database.operationNames()[world.calls.operation[call] ?? 0] ?? '']?.table ?? ''
    const isBlocked = world.calls.stage[call] === stage.part && !pending && database.settings.locked.includes(relation)
    if (isBlocked) return [{ locktype: 'relation', relation, pid: firstPid + call, mode: 'AccessShareLock', granted: false }]
    const own: View['rows'] = relation === '' ? [] : [{ locktype: 'relation', relation, pid: firstPid + call, mode: pending ? 'RowExclusiveLock' : 'AccessShareLock', granted: true }]
    return pending ? [...own, { locktype: 'tuple', relation, pid: firstPid + call, mode: 'ExclusiveLock', granted: false }] : own
  })
  return [...database.settings.locked.map((relation, index) => ({ locktype: 'relation', relation, pid: lockHolderPid + index, mode: 'AccessExclusiveLock', granted: true })), ...waiting]
}

function statements(world: World, database: Database, nowUs: number): View['rows'] {
  return database.operationNames().map((name, index) => {
    const pick = (metric: string): number => readings(world, metric, { job: database.name, query: name }, nowUs).reduce((sum, { value }) => sum + value, 0)
    const calls = pick('db_query_duration_seconds_count')
    const totalMs = pick('db_query_duration_seconds_sum') * 1000
    return { query: database.sqlOf(index), calls, total_exec_time: totalMs, mean_exec_time: calls === 0 ? 0 : totalMs / calls, rows: pick('db_rows_examined_total') }
  })
}
