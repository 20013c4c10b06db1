/** A session on the lab's server, over node-postgres: statements one by one, values as PostgreSQL prints them. */
import pg from 'pg'
import type { Cell, Notice, PostgresError, PostgresSession, RunOptions, RunReport, StatementResult, TransactionState } from '../../../exercises/kinds/postgres/session.ts'
import { cellOf } from '../../../exercises/kinds/postgres/session.ts'
import type { Statement } from '../../../exercises/kinds/postgres/statements.ts'
import { bindParameters, splitStatements } from '../../../exercises/kinds/postgres/statements.ts'
import { codePointOffset, errorRange, lostConnection } from '../../../exercises/kinds/postgres/error-place.ts'
import { fileLimitMb } from './supervisor.ts'

export interface ConnectionAddress {
  /** Folder of the socket. */
  host: string
  port: number
  database: string
  user: string
  password: string
  /** Shown in pg_stat_activity. */
  applicationName: string
}

/** A result this long is not read to its end: the statement is stopped. */
const maxRowsRead = 1_000_000
/** So many bytes of one statement stop it; so many more of a value that cannot be stopped end the connection. */
const maxBytesRead = 64_000_000
const maxBytesOfValue = 192_000_000
const tooLong: Interruption = { sqlstate: '54000', message: 'The result has more than 1,000,000 rows.', hint: 'Ask for fewer rows with LIMIT, or aggregate.' }
const tooLarge: Interruption = { sqlstate: '54000', message: 'The result is larger than 64 MB.', hint: 'Ask for fewer rows or shorter values. If the session was closed, open it again.' }

/** Why a statement was stopped by us: told in the place of PostgreSQL's "canceling statement due to user request". */
export type Interruption = Pick<PostgresError, 'sqlstate' | 'message' | 'hint'>

const tooMuchForOneFile: Interruption = {
  sqlstate: '53100',
  message: `Stopped: a table, an index or a temporary file would have grown beyond ${fileLimitMb} MB, the most that the lab allows. Nothing of this statement was kept; what was committed before is safe.`,
  hint: 'Write fewer rows. A join without its condition is the usual cause.',
}
const printed = { getTypeParser: () => (value: string) => value }

export class LabConnection implements PostgresSession {
  readonly backendPid: number
  readonly #client: pg.Client
  readonly #cancelBackend: (pid: number) => Promise<void>
  #notices: Notice[] = []
  #lost: PostgresError | null = null
  #closed = false
  readonly #onLost = new Set<() => void>()
  #interruption: Interruption | null = null
  #runningSinceMs: number | null = null
  #bytesRead = 0
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(client: pg.Client, backendPid: number, cancelBackend: (pid: number) => Promise<void>) {
    this.#client = client
    this.backendPid = backendPid
    this.#cancelBackend = cancelBackend
    client.on('notice', (notice) => this.#notices.push(noticeOf(notice)))
    client.on('error', (error) => (this.#lost ??= errorOf(error, '', (offset) => offset, 0)))
    client.connection.stream.on('data', (chunk: Uint8Array) => this.#count(chunk.length))
    client.on('end', () => {
      this.#lost ??= lostConnection
      for (const tell of this.#onLost) tell()
    })
  }

  /** Connects. @throws the server's error, such as 53300 when no slot is free */
  static async open(address: ConnectionAddress, cancelBackend: (pid: number) => Promise<void>): Promise<LabConnection> {
    const { applicationName, ...rest } = address
    const client = new pg.Client({ ...rest, application_name: applicationName, ssl: false, connectionTimeoutMillis: 10_000, types: { getTypeParser: () => printed.getTypeParser() } as pg.CustomTypesConfig })
    const connected = client.connect()
    // Until it is connected, a failure comes as the promise's; an event without a listener would end the process.
    const ignore = (): void => undefined
    client.on('error', ignore)
    await connected
    const pid = (client as unknown as { processID: unknown }).processID
    const connection = new LabConnection(client, Number(pid), cancelBackend)
    client.off('error', ignore)
    return connection
  }

  get transaction(): TransactionState {
    if (this.#lost !== null) return 'lost'
    const status = this.#client.getTransactionStatus()
    if (status === 'T') return 'open'
    return status === 'E' ? 'failed' : 'idle'
  }

  /** When the statement under way was sent, by `performance.now()`; null when none is. */
  get runningSinceMs(): number | null {
    return this.#runningSinceMs
  }

  /** Called when the connection is gone, whoever ended it. */
  onceLost(tell: () => void): void {
    if (this.#lost === null) this.#onLost.add(tell)
    else tell()
  }

  /** One run at a time: another one waits for its turn. */
  run(sql: string, options: RunOptions): Promise<RunReport> {
    const report = this.#turn.then(() => this.#run(sql, options))
    this.#turn = report
    return report
  }

  async #run(sql: string, options: RunOptions): Promise<RunReport> {
    this.#notices = []
    this.#interruption = null
    const began = performance.now()
    const results: StatementResult[] = []
    let error: PostgresError | null = null
    for (const statement of splitStatements(sql)) {
      const outcome = await this.#runStatement(statement, options)
      if ('sqlstate' in outcome) {
        error = outcome
        break
      }
      results.push(outcome)
    }
    return { results, notices: this.#notices, error, transaction: this.transaction, milliseconds: Math.round((performance.now() - began) * 10) / 10 }
  }

  async cancel(): Promise<void> {
    if (this.#lost === null) await this.#cancelBackend(this.backendPid)
  }

  /** Stops what runs, and has it fail for this reason. */
  async interrupt(reason: Interruption): Promise<void> {
    this.#interruption = reason
    await this.cancel().catch(() => undefined)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // A session that waits would not hear the farewell.
    this.#client.connection.stream.destroy()
    await this.#client.end().catch(() => undefined)
  }

  async #runStatement(statement: Statement, options: RunOptions): Promise<StatementResult | PostgresError> {
    if (this.#lost !== null) return { ...this.#lost, start: statement.start, end: statement.start + statement.text.length }
    const bound = bindParameters(statement.text, options.parameters ?? {})
    const rows: Cell[][] = []
    let read = 0
    let failure: PostgresError | null = null
    let answered: pg.ResultBuilder<(string | null)[]> | null = null
    const query = new pg.Query<(string | null)[]>({ text: bound.sql, rowMode: 'array' } as pg.QueryConfig<(string | null)[]>)
    query.on('row', (row, result) => {
      read += 1
      if (read <= options.maxRows) rows.push(row.map((value, index) => cellOf(value, result?.fields[index]?.dataTypeID ?? 0)))
      else if (read === maxRowsRead) void this.interrupt(tooLong)
    })
    query.on('end', (result) => (answered = result))
    query.on('error', (error) => (failure = errorOf(error, bound.sql, bound.originalOffset, statement.start)))
    this.#bytesRead = 0
    this.#runningSinceMs = performance.now()
    await this.#untilReady(() => this.#client.query(query))
    this.#runningSinceMs = null
    // Assigned in listeners, which control flow does not see.
    const failed = failure as PostgresError | null
    const result = answered as pg.ResultBuilder<(string | null)[]> | null
    const reason = this.#interruption as Interruption | null
    // A statement that we stop fails as cancelled, or as cut off where that was the only way.
    if (failed !== null) return reason !== null && ['57014', lostConnection.sqlstate].includes(failed.sqlstate) ? { ...failed, ...reason } : failed
    if (result === null) return { ...(this.#lost ?? lostConnection), ...reason, start: statement.start, end: statement.start + statement.text.length }
    return {
      sql: statement.text,
      start: statement.start,
      command: result.command ?? '',
      columns: (result.fields ?? []).map((field) => field.name),
      rows,
      truncated: read > options.maxRows,
      count: result.rowCount ?? null,
    }
  }

  #count(bytes: number): void {
    const before = this.#bytesRead
    this.#bytesRead += bytes
    const { stream } = this.#client.connection
    if (before <= maxBytesRead && this.#bytesRead > maxBytesRead) {
      // Rows come in faster than a busy server takes in a cancel, so none is read until it has.
      stream.pause()
      void this.interrupt(tooLarge).then(() => stream.resume())
    }
    // The server does not hear of a cancel in the middle of a value.
    if (this.#bytesRead > maxBytesOfValue) stream.destroy()
  }

  /** Sends, and waits until the server is ready for the next statement, or gone. */
  #untilReady(send: () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#client.off('drain', done)
        this.#onLost.delete(done)
        resolve()
      }
      this.#client.on('drain', done)
      this.#onLost.add(done)
      send()
    })
  }
}

function noticeOf(notice: { severity: string | undefined; message: string | undefined; detail?: string | undefined; hint?: string | undefined }): Notice {
  return {
    severity: notice.severity ?? 'NOTICE',
    message: notice.message ?? '',
    ...(notice.detail === undefined ? {} : { detail: notice.detail }),
    ...(notice.hint === undefined ? {} : { hint: notice.hint }),
  }
}

/** A new session, or why the server refuses it: to be let in is part of what an answer is judged on. */
export async function openOrError(open: () => Promise<LabConnection>): Promise<LabConnection | PostgresError> {
  try {
    return await open()
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) throw error
    return { sqlstate: code, message: String(message), start: 0, end: 0 }
  }
}

/** What went wrong, with its place in the text that the learner wrote. */
function errorOf(error: unknown, sql: string, originalOffset: (offset: number) => number, statementStart: number): PostgresError {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
  const text = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined)
  const position = Number(text('position'))
  const range = errorRange(sql, Number.isInteger(position) && position > 0 ? codePointOffset(sql, position - 1) : null)
  const detail = text('detail')
  const hint = text('hint')
  const place = { start: statementStart + originalOffset(range.start), end: statementStart + originalOffset(range.end) }
  // The system's limit for a file; the server has no words of its own for it.
  if (text('message')?.includes('File too large') === true) return { ...tooMuchForOneFile, ...place }
  return {
    sqlstate: /^[0-9A-Z]{5}$/.test(text('code') ?? '') ? (text('code') ?? '') : lostConnection.sqlstate,
    message: text('message') ?? String(error),
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    ...place,
  }
}
