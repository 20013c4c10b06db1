/** psql on a database with real tables: the statements of a call, one after the other, and what they print. */
import type { PostgresError, RunReport } from '../../../kinds/postgres/session.ts'
import { lineAt, splitStatements } from '../../../kinds/postgres/statements.ts'
import type { CommandResult, PsqlCall } from '../../shell/index.ts'
import { resultTable } from '../../shell/index.ts'
import type { ShellHost } from '../host.ts'
import { mostRows } from './link.ts'
import { metaSql } from './meta-commands.ts'
import type { Act, RealDatabase } from './real-database.ts'

type Host = Pick<ShellHost, 'pause'>

/** A statement that takes longer is stopped, and the database with it. */
export const mostStatementMs = 30_000

/** Runs a call. @param stopped resolves when the learner stops the line */
export async function runPsql(real: RealDatabase, { statements: given, isBare }: Omit<PsqlCall, 'database'>, act: Act, stopped: Promise<void>, host: Host): Promise<CommandResult> {
  const { name } = real.database
  if (given.length === 0) return { stdout: `psql (18)\nConnected to database "${name}". ${real.spec.scale}\nGive a statement with -c 'STATEMENT'; psql waits for no input here.\n`, stderr: '', exitCode: 0 }
  let stdout = ''
  let stderr = ''
  let isTimed = false
  try {
    await limited(real, real.connect(), stopped, host)
    for (const text of given.flatMap((one) => (one.startsWith('\\') ? one.split('\n') : splitStatements(one).map((statement) => statement.text)))) {
      if (/^\\timing\b/.test(text)) {
        isTimed = !/\boff\b/.test(text)
        stdout += `Timing is ${isTimed ? 'on' : 'off'}.\n`
        continue
      }
      const sql = metaSql(text)
      if (sql === null) return { stdout, stderr: `${stderr}invalid command ${text.split(/\s+/)[0] ?? ''}\nTry \\dt, \\di, \\d TABLE or \\timing.\n`, exitCode: 1 }
      const { report, refused } = await limited(real, real.run(sql, act), stopped, host)
      stdout += printedResults(report, isBare) + (isTimed ? `Time: ${report.milliseconds.toFixed(3)} ms\n` : '')
      stderr += report.notices.map(({ severity, message, hint }) => `${severity}:  ${message}\n${hint === undefined ? '' : `HINT:  ${hint}\n`}`).join('')
      if (report.error !== null) return { stdout, stderr: stderr + errorText(report.error, sql), exitCode: 1 }
      if (refused !== null) return { stdout: '', stderr: `${stderr}ERROR:  ${refused}\n`, exitCode: 1 }
    }
  } catch (error) {
    return { stdout, stderr: `${stderr}psql: error: ${error instanceof Error ? error.message : String(error)}\n`, exitCode: 2 }
  }
  return { stdout, stderr, exitCode: 0 }
}

/** Waits for an answer as long as one may take. PostgreSQL in a thread cannot be interrupted: it is ended, and begins anew. */
async function limited<T>(real: RealDatabase, answer: Promise<T>, stopped: Promise<void>, host: Host): Promise<T> {
  const late = Promise.race([
    host.pause(mostStatementMs).then(() => `stopped after ${String(mostStatementMs / 1000)} s. The tables are as they were given, with the indexes of this shift; the simulated database was not touched.`),
    stopped.then(() => 'stopped. The tables are as they were given, with the indexes of this shift.'),
  ])
  const first = await Promise.race([answer.then((value) => ({ value })), late])
  if (typeof first !== 'string') return first.value
  answer.catch(() => undefined)
  real.stop()
  throw new Error(first)
}

function printedResults({ results }: RunReport, isBare: boolean): string {
  return results.map(({ columns, rows, count, command, truncated }) => {
    if (columns.length === 0) return `${command === 'INSERT' ? 'INSERT 0 ' : command}${count === null || !['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command) ? '' : `${command === 'INSERT' ? '' : ' '}${String(count)}`}\n`
    return `${resultTable(columns, rows, isBare)}${truncated ? `[only the first ${String(mostRows)} rows are shown]\n` : ''}`
  }).join('')
}

/** An error as psql prints it, with its place. */
function errorText({ message, detail, hint, sqlstate, start, end }: PostgresError, sql: string): string {
  const lineNumber = lineAt(sql, start)
  const from = sql.lastIndexOf('\n', start - 1) + 1
  const line = sql.slice(from).split('\n')[0] ?? ''
  const prefix = `LINE ${String(lineNumber)}: `
  const hasPlace = end - start < sql.length || start > 0
  const place = hasPlace ? `${prefix}${line}\n${' '.repeat(prefix.length + start - from)}^\n` : ''
  // What the application sends stands with $1 in the logs and views.
  const parameter = sqlstate === '42P02' ? 'Write a value in the place of the parameter, or ask with EXPLAIN (GENERIC_PLAN).' : undefined
  return `ERROR:  ${message}\n${place}${detail === undefined ? '' : `DETAIL:  ${detail}\n`}${hint === undefined && parameter === undefined ? '' : `HINT:  ${hint ?? parameter ?? ''}\n`}`
}
