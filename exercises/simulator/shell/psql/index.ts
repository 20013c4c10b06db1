import type { World } from '../../model/index.ts'
import { Database } from '../../model/parts/database/database.ts'
import { askFor } from '../ask-action.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagSet, flagValue, parseFlags } from '../flags.ts'
import { wallUs } from '../times.ts'
import { planText, queryFor } from './explain.ts'
import { answerSelect, readSelect } from './select.ts'
import { resultTable } from './table.ts'
import { queryOfPid, recordsView, viewNames, viewOf } from './views.ts'

const flags = {
  command: { short: 'c', value: true }, host: { short: 'h', value: true }, username: { short: 'U', value: true }, dbname: { short: 'd', value: true }, port: { short: 'p', value: true },
  'tuples-only': { short: 't', value: false }, 'no-align': { short: 'A', value: false }, expanded: { short: 'x', value: false }, quiet: { short: 'q', value: false }, help: { value: false },
} as const

/** Asks a simulated database by its system views, and changes its indexes and queries. */
export const psql: Command = {
  name: 'psql',
  summary: 'ask a database: activity, locks, statements, plans; add an index, end a query',
  synopsis: ['psql [-h HOST] [-U USER] [-d DATABASE] -c STATEMENT', "psql -c 'SELECT pid, now() - query_start AS age, query FROM pg_stat_activity ORDER BY age DESC'", "psql -c 'EXPLAIN ANALYZE QUERY'", "psql -c 'CREATE INDEX NAME ON TABLE (COLUMN)'"],
  description: [
    `Views: ${viewNames.join(', ')}. A SELECT reads one of them, with WHERE conditions joined by AND, ORDER BY and LIMIT; joins, groups and functions other than count, now, left, cardinality and pg_blocking_pids are refused.`,
    'EXPLAIN answers for the queries that the application sends, by their text or their name. With ANALYZE it shows the time that the database has measured for them lately, and does not run them. Other statements on tables are refused: the simulated rows have no columns. Where the topology follows the versions of rows, SELECT version FROM TABLE WHERE id = N tells them.',
    'CREATE INDEX builds an index that queries of the application wait for, and takes a core while it builds. pg_terminate_backend ends the queries that have the same text and are at least as old. ANALYZE renews statistics. \\d lists tables, \\d TABLE one with its indexes.',
    'In some incidents a database holds real tables, a part of those of the story. There all of SQL is answered: plans and their times are real, an index that changes the plan of a query changes the simulated database too, and \\di shows those that are still being built. The views of activity, locks, statements and replicas are those of the simulation there as well. Rows that you change last until you leave the room, and reach no user. \\timing on shows what a statement takes.',
  ],
  answers: [
    'cmd.psql-connect', 'cmd.psql-select-1', 'cmd.pg-connection-count', 'cmd.pg-stat-activity-active', 'cmd.pg-lock-waits', 'cmd.pg-blocking-locks', 'cmd.pg-stat-statements', 'cmd.explain-analyze', 'cmd.explain-plain', 'cmd.create-index', 'cmd.create-composite-index', 'cmd.create-index-concurrently',
    'cmd.pg-terminate-backend', 'cmd.pg-terminate-long',
  ],
  run,
  candidates: (world, words) => {
    const last = words.at(-1)
    if (last === '-h' || last === '-d' || last === '--host' || last === '--dbname') return databases(world).map(({ name }) => name)
    return ['-h', '-d', '-c', '-U', ...viewNames]
  },
}

function databases(world: World): readonly Database[] {
  return world.parts.filter((part) => part instanceof Database)
}

/** A call of psql that has been read: whom it asks, and what. */
export interface PsqlCall {
  readonly database: Database
  readonly statements: readonly string[]
  readonly isBare: boolean
}

/** Reads a call of psql, or gives what it prints without asking anybody. */
export function readPsql({ world, args, stdin, pod }: Pick<Invocation, 'world' | 'args' | 'stdin' | 'pod'>): PsqlCall | CommandResult {
  const parsed = parseFlags(args, flags)
  if ('error' in parsed) return failed(`psql: error: ${parsed.error}\nTry "psql --help" for more information.`)
  if (flagSet(parsed, 'help')) return printed(`${psql.synopsis.join('\n')}\n`)
  const host = flagValue(parsed, 'host')
  const wanted = host ?? flagValue(parsed, 'dbname') ?? parsed.words[0] ?? pod?.replace(/-\d+$/, '')
  const all = databases(world)
  const database = all.find(({ name }) => name === wanted || `${name}-0` === wanted) ?? (wanted === undefined || host === null ? all[0] : undefined)
  if (database === undefined) return failed(host === null ? 'psql: error: there is no database in this topology' : `psql: error: could not translate host name "${host}" to address: Name or service not known`, 2)
  if (database.settings.down) return failed(`psql: error: connection to server at "${database.name}", port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`, 2)
  if (database.live.length >= database.settings.connections) return failed(`psql: error: connection to server at "${database.name}", port 5432 failed: FATAL:  sorry, too many clients already`, 2)
  const given = parsed.values.get('command') ?? (stdin.trim() === '' ? [] : [stdin])
  return { database, statements: given.map((text) => text.trim()).filter((text) => text !== ''), isBare: flagSet(parsed, 'tuples-only') }
}

function run(invocation: Invocation): CommandResult {
  const call = readPsql(invocation)
  if ('exitCode' in call) return call
  const { database, isBare } = call
  const statements = call.statements.flatMap((text) => (text.startsWith('\\') ? [text] : text.split(/;(?=(?:[^']*'[^']*')*[^']*$)/))).map((text) => text.trim()).filter((text) => text !== '')
  if (statements.length === 0) return printed(`psql (18.1)\nConnected to database "${database.name}". Give a statement with -c 'STATEMENT'; psql waits for no input here.\n`)
  let stdout = ''
  let result: CommandResult = printed('')
  for (const statement of statements) {
    result = execute(invocation, database, statement, isBare)
    stdout += result.stdout
    // One action a command: what comes after it would see a world in which it has not happened.
    if (result.exitCode !== 0 || result.act !== undefined) break
  }
  return { ...result, stdout }
}

function execute({ world, nowUs }: Invocation, database: Database, statement: string, isBare: boolean): CommandResult {
  if (statement.startsWith('\\')) return meta(database, statement)
  const terminate = /pg_(?:terminate|cancel)_backend\s*\(\s*(\d+|pid)\s*\)/i.exec(statement)
  if (terminate !== null) return endQueries(world, database, statement, terminate[1] ?? '', nowUs)
  const explain = /^explain\s*(?:\(([^)]*)\))?\s*(analyze\b)?\s*(?:verbose\s+)?([\s\S]+)$/i.exec(statement)
  if (explain !== null) {
    const [, options = '', analyze, sql = ''] = explain
    const name = queryFor(database, sql)
    if (name === null) return refused(`plans are known for the queries of the application only: ${database.operationNames().join(', ')}. Give one by its name, as in EXPLAIN ${database.operationNames()[0] ?? ''}, or with the text that pg_stat_statements shows.`)
    return printed(resultTable(['QUERY PLAN'], planText(world, database, name, sql, analyze !== undefined || /analyze/i.test(options), nowUs).map((line) => [line]), isBare))
  }
  const create = /^create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?([\w-]+)\s+on\s+([\w-]+)/i.exec(statement)
  if (create !== null) return createIndex(world, database, create[1] ?? '', create[2] ?? '')
  if (/^analyze\b/i.test(statement)) return askFor(world, { action: 'analyze', target: database.name }, 'ANALYZE\n')
  if (/^select\b/i.test(statement)) {
    const select = readSelect(statement)
    if ('error' in select) return failed(select.error)
    const { from } = select
    if (from === null) return answered(answerSelect(select, { columns: [], rows: [{}] }, wallUs(world, nowUs)), isBare)
    const view = viewOf(world, database, from, nowUs) ?? recordsView(world, database, from)
    if (view === null) return database.tables.has(from) ? refused(`the rows of ${from} have no columns here. EXPLAIN, pg_stat_statements and pg_stat_user_tables tell what is known of it.`) : failed(`ERROR:  relation "${from}" does not exist`)
    return answered(answerSelect(select, view, wallUs(world, nowUs)), isBare)
  }
  return refused(`"${statement.split(/\s+/)[0] ?? ''}" statements are not answered. SELECT over ${viewNames.join(', ')}, EXPLAIN, CREATE INDEX, ANALYZE, pg_terminate_backend and \\d are.`)
}

function answered(answer: ReturnType<typeof answerSelect>, isBare: boolean): CommandResult {
  return 'error' in answer ? failed(answer.error) : printed(resultTable(answer.columns, answer.rows, isBare))
}

function refused(why: string): CommandResult {
  return failed(`ERROR:  not part of this simulation: ${why}`)
}

function meta(database: Database, statement: string): CommandResult {
  const [word = '', name] = statement.split(/\s+/)
  if (word === '\\dt' || (word.startsWith('\\d') && name === undefined)) return printed(`            List of relations\n${resultTable(['Schema', 'Name', 'Type', 'Rows'], [...database.tables].map(([table, { rows }]) => ['public', table, 'table', rows]))}`)
  if (!word.startsWith('\\d') || name === undefined) return failed(`invalid command ${word}\nTry \\d for the tables.`)
  const table = database.tables.get(name)
  if (table === undefined) return failed(`Did not find any relation named "${name}".`)
  const building = database.settings.building.filter((one) => one.table === name).map(({ index }) => `    "${index}" btree INVALID (being built)`)
  return printed(`Table "public.${name}": ${table.rows} rows of ${table.rowBytes} bytes\nIndexes:\n${[...table.indexes.map((index) => `    "${index}" btree`), ...building].join('\n') || '    none'}\n`)
}

/** An index helps a query when it has the name that the topology gives it. One that is meant but called otherwise is told. */
function createIndex(world: World, database: Database, index: string, table: string): CommandResult {
  const found = database.tables.get(table)
  if (found === undefined) return failed(`ERROR:  relation "${table}" does not exist`)
  if (found.indexes.includes(index)) return failed(`ERROR:  relation "${index}" already exists`)
  const useful = Object.values(database.spec.queries).flatMap((query) => (query.table === table && query.index !== undefined ? [query.index] : []))
  const notice = useful.includes(index) ? '' : `NOTICE:  no query of the application uses an index called "${index}". Its queries on ${table} use: ${[...new Set(useful)].join(', ') || 'none'}.\n`
  const asked = askFor(world, { action: 'add-index', target: database.name, table, index }, 'CREATE INDEX\n')
  return { ...asked, stderr: `${notice}${asked.stderr}` }
}

/** The action ends queries of one name that are old enough; which is what a person does who ends the one and then the next. */
function endQueries(world: World, database: Database, statement: string, pid: string, nowUs: number): CommandResult {
  const age = /interval\s+'(\d+)\s*(second|sec|minute|min|hour)s?'/i.exec(statement)
  if (pid.toLowerCase() === 'pid') {
    const seconds = age === null ? 0 : Number(age[1]) * (/^s/i.test(age[2] ?? '') ? 1 : /^m/i.test(age[2] ?? '') ? 60 : 3600)
    const view = viewOf(world, database, 'pg_stat_activity', nowUs)
    const count = view?.rows.filter(({ state, query_start: start }) => state === 'active' && typeof start === 'object' && start !== null && 'timeUs' in start && wallUs(world, nowUs) - start.timeUs >= seconds * 1e6).length ?? 0
    return askFor(world, { action: 'kill-query', target: database.name, longer: `${seconds}s` }, resultTable(['pg_terminate_backend'], Array.from({ length: count }, () => [true])))
  }
  const found = queryOfPid(world, database, Number(pid))
  if (found === null) return { ...printed(resultTable(['pg_terminate_backend'], [[false]])), stderr: `WARNING:  PID ${pid} is not a PostgreSQL backend process\n` }
  return askFor(world, { action: 'kill-query', target: database.name, query: found.query, longer: `${Math.floor(found.ranUs / 1000)}ms` }, resultTable(['pg_terminate_backend'], [[true]]))
}
