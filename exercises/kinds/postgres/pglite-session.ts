/** The session of PGlite, PostgreSQL in WebAssembly: the tier of exercises that need one session, and always there. */
import { codePointOffset, errorRange, lostConnection } from './error-place.ts'
import type { Notice, PostgresError, PostgresSession, RunOptions, RunReport, StatementResult, TransactionState } from './session.ts'
import { cellOf } from './session.ts'
import { bindParameters, splitStatements } from './statements.ts'

/** What is used of a PGlite instance. */
export interface PgliteDatabase {
  exec(sql: string, options: { rowMode: 'array'; parsers: Record<number, (value: string) => string>; onNotice: (notice: PgliteNotice) => void }): Promise<{ fields: { name: string; dataTypeID: number }[]; rows: unknown[]; affectedRows?: number }[]>
  close(): Promise<void>
}
interface PgliteNotice {
  severity: string | undefined
  message: string | undefined
  detail: string | undefined
  hint: string | undefined
}

/** Every built-in type stays as the server prints it. PGlite copies the list, so it must hold each of them. */
const printed: Readonly<Record<number, (value: string) => string>> = Object.fromEntries(Array.from({ length: 6_000 }, (_, typeId) => [typeId, (value: string) => value]))

/** Wraps a PGlite. It works on the thread that it was made on, so a statement without an end is ended with its thread. */
export function pgliteSession(database: PgliteDatabase, nowMs: () => number): PostgresSession {
  let transaction: TransactionState = 'idle'
  const runStatement = async (sql: string, notices: Notice[]): Promise<Pick<StatementResult, 'columns' | 'rows' | 'count'>> => {
    const onNotice = ({ severity, message, detail, hint }: PgliteNotice): void =>
      void notices.push({ severity: severity ?? 'NOTICE', message: message ?? '', ...(detail === undefined ? {} : { detail }), ...(hint === undefined ? {} : { hint }) })
    const [result] = await database.exec(sql, { rowMode: 'array', parsers: printed, onNotice })
    const fields = result?.fields ?? []
    const rows = ((result?.rows ?? []) as (string | null)[][]).map((row) => row.map((value, index) => cellOf(value, fields[index]?.dataTypeID ?? 0)))
    return { columns: fields.map((field) => field.name), rows, count: fields.length > 0 ? rows.length : (result?.affectedRows ?? null) }
  }
  return {
    backendPid: null,
    get transaction() {
      return transaction
    },
    async run(text: string, options: RunOptions): Promise<RunReport> {
      const began = nowMs()
      const results: StatementResult[] = []
      const notices: Notice[] = []
      let error: PostgresError | null = null
      for (const statement of splitStatements(text)) {
        const bound = bindParameters(statement.text, options.parameters ?? {})
        try {
          const { columns, rows, count } = await runStatement(bound.sql, notices)
          results.push({ sql: statement.text, start: statement.start, command: statement.verb, columns, rows: rows.slice(0, options.maxRows), truncated: rows.length > options.maxRows, count })
          transaction = after(transaction, statement.verb, bound.sql)
        } catch (thrown) {
          error = errorOf(thrown, bound.sql, bound.originalOffset, statement.start)
          if (transaction === 'open') transaction = 'failed'
          break
        }
      }
      return { results, notices, error, transaction, milliseconds: Math.round((nowMs() - began) * 10) / 10 }
    },
    cancel: () => Promise.resolve(),
    close: () => database.close(),
  }
}

/** PGlite does not tell the state of the transaction; it follows from the statements that succeeded. */
function after(before: TransactionState, verb: string, sql: string): TransactionState {
  if (verb === 'BEGIN' || verb === 'START') return 'open'
  if (verb === 'ROLLBACK' && /\bTO\b/i.test(sql)) return 'open'
  return ['COMMIT', 'END', 'ROLLBACK', 'ABORT'].includes(verb) ? 'idle' : before
}

function errorOf(thrown: unknown, sql: string, originalOffset: (offset: number) => number, statementStart: number): PostgresError {
  const fields: Readonly<Record<string, unknown>> = typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>) : {}
  const position = Number(fields['position'])
  const range = errorRange(sql, position > 0 ? codePointOffset(sql, position - 1) : null)
  return {
    sqlstate: typeof fields['code'] === 'string' ? fields['code'] : lostConnection.sqlstate,
    message: thrown instanceof Error ? thrown.message : String(thrown),
    ...(typeof fields['detail'] === 'string' ? { detail: fields['detail'] } : {}),
    ...(typeof fields['hint'] === 'string' ? { hint: fields['hint'] } : {}),
    start: statementStart + originalOffset(range.start),
    end: statementStart + originalOffset(range.end),
  }
}
