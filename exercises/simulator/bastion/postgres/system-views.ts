/**
 * The views of activity, locks, statements and replicas, and the functions that end queries: tables of a schema that
 * stands before pg_catalog in the search path, filled from the simulated database before they are asked.
 */
import type { World } from '../../model/index.ts'
import type { Database } from '../../model/parts/database/database.ts'
import { viewOf, wallUs } from '../../shell/index.ts'
import type { Cell, View } from '../../shell/index.ts'

const shown = ['pg_stat_activity', 'pg_locks', 'pg_stat_statements', 'pg_stat_replication'] as const

const columnTypes: Readonly<Record<string, string>> = {
  pid: 'int', client_addr: 'inet', backend_start: 'timestamptz', xact_start: 'timestamptz', query_start: 'timestamptz', state_change: 'timestamptz', granted: 'bool',
  calls: 'bigint', total_exec_time: 'float8', mean_exec_time: 'float8', rows: 'bigint', replay_lag: 'interval', blocked_by: 'int[]',
}

/** The backend of whoever asks. */
const ownPid = 4099

export const searchPath = 'simulation, public, pg_catalog'

/** Makes the schema, empty. */
export function viewsSetup(world: World, database: Database): string {
  const tables = shown.map((name) => {
    const columns = viewOf(world, database, name, world.nowUs)?.columns ?? []
    return `CREATE TABLE simulation.${name} (${columns.filter((column) => column !== 'blocked_by').map((column) => `${column} ${columnTypes[column] ?? 'text'}`).join(', ')});`
  })
  return `CREATE SCHEMA simulation; ${tables.join(' ')}
CREATE TABLE simulation.blocked (pid int, blocked_by int[]);
CREATE TABLE simulation.ended (pid int);
CREATE TABLE simulation.settings (name text PRIMARY KEY, setting text);
CREATE VIEW simulation.pg_settings AS SELECT s.name, coalesce(o.setting, s.setting) AS setting, s.unit, s.short_desc FROM pg_catalog.pg_settings s LEFT JOIN simulation.settings o USING (name);
CREATE FUNCTION simulation.now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT current_setting(''simulation.now'')::timestamptz';
CREATE FUNCTION simulation.pg_backend_pid() RETURNS int LANGUAGE sql AS 'SELECT ${ownPid}';
CREATE FUNCTION simulation.pg_blocking_pids(int) RETURNS int[] LANGUAGE sql AS 'SELECT coalesce((SELECT blocked_by FROM simulation.blocked WHERE pid = $1), ''{}'')';
CREATE FUNCTION simulation.pg_terminate_backend(int) RETURNS bool LANGUAGE sql AS 'INSERT INTO simulation.ended SELECT pid FROM simulation.pg_stat_activity WHERE pid = $1; SELECT EXISTS (SELECT 1 FROM simulation.pg_stat_activity WHERE pid = $1)';
CREATE FUNCTION simulation.pg_cancel_backend(int) RETURNS bool LANGUAGE sql AS 'SELECT simulation.pg_terminate_backend($1)';
`
}

/** A statement that asks for one of the views by its full name means the same. */
export function redirected(sql: string): string {
  return sql.replaceAll(/\bpg_catalog\.(pg_stat_activity|pg_locks|pg_stat_statements|pg_stat_replication|pg_settings|pg_terminate_backend|pg_cancel_backend|pg_blocking_pids|pg_backend_pid)\b/gi, 'simulation.$1')
}

/** Fills the views with the present; empty for statements that ask for none of them. */
export function viewsRefresh(world: World, database: Database, statements: string): string {
  if (!/\bpg_(?:stat_activity|locks|stat_statements|stat_replication|settings|blocking_pids|terminate_backend|cancel_backend)\b/i.test(statements)) return ''
  const filled = shown.map((name) => {
    const view = viewOf(world, database, name, world.nowUs)
    const columns = view?.columns.filter((column) => column !== 'blocked_by') ?? []
    return fill(`simulation.${name}`, columns, view?.rows ?? [])
  })
  const activity = viewOf(world, database, 'pg_stat_activity', world.nowUs)
  const settings = viewOf(world, database, 'pg_settings', world.nowUs)
  const own = fill('simulation.pg_stat_activity', ['pid', 'datname', 'usename', 'application_name', 'state', 'query_start', 'query'], [
    { pid: ownPid, datname: database.name, usename: 'oncall', application_name: 'psql', state: 'active', query_start: { timeUs: wallUs(world, world.nowUs) }, query: statements.slice(0, 1_000) },
  ], false)
  return [...filled, own, fill('simulation.blocked', ['pid', 'blocked_by'], activity?.rows ?? []), fill('simulation.settings', ['name', 'setting'], settings?.rows ?? []), 'TRUNCATE simulation.ended'].join('; ')
}

function fill(table: string, columns: readonly string[], rows: View['rows'], anew = true): string {
  const before = anew ? `TRUNCATE ${table}` : 'SELECT 1'
  if (rows.length === 0) return before
  const values = rows.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`)
  // A cast for each column: a list of which every row is null would be text.
  const casts = columns.map((column) => `${column}::${columnTypes[column] ?? 'text'}`)
  return `${before}; INSERT INTO ${table} (${columns.join(', ')}) SELECT ${casts.join(', ')} FROM (VALUES ${values.join(', ')}) AS v(${columns.join(', ')})`
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  if (typeof cell === 'string') return `'${cell.replaceAll("'", "''")}'`
  if ('timeUs' in cell) return `'${new Date(cell.timeUs / 1000).toISOString()}'`
  if ('intervalUs' in cell) return `'${String(cell.intervalUs)} microseconds'`
  return `'{${cell.join(',')}}'`
}
