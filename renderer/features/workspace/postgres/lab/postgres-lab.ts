/** The sessions of one exercise as the workspace sees them: what each runs, what it returned, who waits for whom. */
import type { Deadlock } from '../../../../../exercises/kinds/postgres/deadlock.ts'
import { readDeadlock } from '../../../../../exercises/kinds/postgres/deadlock.ts'
import type { RunReport, TransactionState } from '../../../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../../../exercises/kinds/postgres/statements.ts'
import type { Table } from '../../../../../exercises/kinds/postgres/tables.ts'
import type { Activity } from '../../../../../exercises/kinds/postgres/wait-graph.ts'
import type { LabDriver, OpenedSessions } from './driver.ts'

/** SQL and where it lies in an editor. */
export interface Piece {
  text: string
  start: number
}

export interface SessionRun {
  /** Rises with every run of the lab. */
  id: number
  piece: Piece
  report: RunReport
}

export interface SessionView {
  name: string
  backendPid: number | null
  transaction: TransactionState
  /** When its transaction began, on the lab's clock; null outside of one, or before the server was looked at. */
  transactionSinceMs: number | null
  running: { piece: Piece; sinceMs: number } | null
  /** The session that it waits for, while it does. */
  waitsFor: string | null
  last: SessionRun | null
}

export type LabPhase =
  | { name: 'opening'; done: number; says: string }
  | { name: 'ready'; version: string }
  | { name: 'failed'; message: string }

export interface LabView {
  phase: LabPhase
  sessions: SessionView[]
  activity: Activity[]
  /** The last deadlock, until one of its sessions runs something else. */
  deadlock: Deadlock | null
  tables: Table[]
  /** True once anything ran since the database was opened or reset. */
  isTouched: boolean
  /** Rises with every database: what was marked before belongs to an earlier one. */
  database: number
}

export interface LabClock {
  nowMs(): number
  after(delayMs: number, work: () => void): () => void
}

/** How soon the server is looked at again: while something runs, while a transaction is open, while others work there. */
const lookMs = { running: 150, open: 1_000, others: 2_000 }

export class PostgresLab {
  readonly #driver: LabDriver
  readonly #clock: LabClock
  readonly #listeners = new Set<() => void>()
  #view: LabView
  #runs = 0
  #isClosed = false
  #stopLooking: (() => void) | null = null
  /** Rises with every database: what an earlier one answers is of no interest. */
  #generation = 0

  constructor(driver: LabDriver, clock: LabClock) {
    this.#driver = driver
    this.#clock = clock
    this.#view = { phase: { name: 'opening', done: 0, says: 'Looking for PostgreSQL' }, sessions: [], activity: [], deadlock: null, tables: [], isTouched: false, database: 0 }
  }

  get view(): LabView {
    return this.#view
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Opens the database; after a failure, another one. */
  async open(): Promise<void> {
    await this.#enter(() => this.#driver.open(({ done, says }) => this.#set({ phase: { name: 'opening', done, says } })), 'Opening the database')
  }

  /** Takes the database back to its start, with new sessions. */
  async reset(): Promise<void> {
    if (this.#view.phase.name !== 'ready') return this.open()
    await this.#enter(() => this.#driver.reset(), 'Resetting the database')
  }

  async #enter(open: () => ReturnType<LabDriver['open']>, says: string): Promise<void> {
    this.#generation += 1
    const generation = this.#generation
    this.#stopLooking?.()
    this.#set({ phase: { name: 'opening', done: 0, says }, deadlock: null, activity: [] })
    const opened = await open()
    if (this.#isClosed) {
      this.#driver.close()
      return
    }
    if (generation !== this.#generation) return
    if (!opened.ok) {
      this.#set({ phase: { name: 'failed', message: opened.message } })
      return
    }
    this.#set({ phase: { name: 'ready', version: opened.value.version }, sessions: sessionsOf(opened.value), isTouched: false, database: generation })
    await this.#look()
    await this.#readTables()
  }

  /** Runs a piece; null when the session is busy, or the lab was not ready. */
  async run(session: string, piece: Piece, parameters: PostgresParameters = {}): Promise<RunReport | null> {
    const before = this.#session(session)
    if (this.#view.phase.name !== 'ready' || before === undefined || before.running !== null) return null
    const generation = this.#generation
    const { deadlock } = this.#view
    const concerns = deadlock?.edges.some(({ from, to }) => from === session || to === session) ?? false
    this.#set({ isTouched: true, ...(concerns ? { deadlock: null } : {}) })
    this.#change(session, { running: { piece, sinceMs: this.#clock.nowMs() } })
    this.#lookIn(lookMs.running)
    const answer = await this.#driver.run(session, piece.text, parameters)
    if (generation !== this.#generation || this.#isClosed) return null
    if (!answer.ok) {
      this.#change(session, { running: null, waitsFor: null })
      this.#set({ phase: { name: 'failed', message: answer.message } })
      return null
    }
    const report = answer.value
    this.#runs += 1
    this.#change(session, { running: null, waitsFor: null, transaction: report.transaction, last: { id: this.#runs, piece, report } })
    const broken = report.error === null ? null : readDeadlock(report.error, session, (pid) => this.#nameOf(pid))
    if (broken !== null) this.#set({ deadlock: broken })
    await this.#look()
    if (report.results.some(({ command }) => /^(CREATE|ALTER|DROP|ANALYZE|COMMIT|INSERT|ROLLBACK|TRUNCATE)/.test(command))) await this.#readTables()
    return report
  }

  /** Runs something that is not the learner's: its result is not shown in the session. Null when the session is busy. */
  async ask(session: string, sql: string, parameters: PostgresParameters = {}): Promise<RunReport | null> {
    const before = this.#session(session)
    // A failed transaction answers nothing but its end.
    if (this.#view.phase.name !== 'ready' || before === undefined || before.running !== null || before.transaction === 'failed') return null
    const generation = this.#generation
    this.#change(session, { running: { piece: { text: sql, start: 0 }, sinceMs: this.#clock.nowMs() } })
    this.#lookIn(lookMs.running)
    const answer = await this.#driver.run(session, sql, parameters)
    if (generation !== this.#generation || this.#isClosed) return null
    this.#change(session, { running: null, waitsFor: null, ...(answer.ok ? { transaction: answer.value.transaction } : {}) })
    return answer.ok ? answer.value : null
  }

  cancel(session: string): void {
    if (isRunning(this.#session(session))) this.#driver.cancel(session)
  }

  close(): void {
    this.#isClosed = true
    this.#stopLooking?.()
    this.#driver.close()
  }

  async #look(): Promise<void> {
    const generation = this.#generation
    const answer = await this.#driver.look()
    if (generation !== this.#generation || this.#isClosed) return
    if (!answer.ok) {
      this.#set({ phase: { name: 'failed', message: answer.message } })
      return
    }
    const now = this.#clock.nowMs()
    const { activity: all, lost } = answer.value
    this.#set({ activity: all })
    for (const name of lost) if (!isRunning(this.#session(name))) this.#change(name, { transaction: 'lost', transactionSinceMs: null, waitsFor: null })
    for (const activity of all) {
      const blocker = activity.blockedBy[0]
      this.#change(activity.session, {
        backendPid: activity.pid,
        transactionSinceMs: activity.transactionMs === null ? null : now - activity.transactionMs,
        waitsFor: blocker === undefined || !isRunning(this.#session(activity.session)) ? null : this.#nameOf(blocker),
      })
    }
    const { sessions } = this.#view
    if (sessions.some((session) => session.running !== null)) this.#lookIn(lookMs.running)
    else if (sessions.some((session) => session.transaction !== 'idle')) this.#lookIn(lookMs.open)
    else if (all.some((activity) => this.#session(activity.session) === undefined)) this.#lookIn(lookMs.others)
  }

  #lookIn(delayMs: number): void {
    this.#stopLooking?.()
    this.#stopLooking = this.#clock.after(delayMs, () => void this.#look())
  }

  async #readTables(): Promise<void> {
    const answer = await this.#driver.tables()
    if (answer.ok && !this.#isClosed) this.#set({ tables: answer.value })
  }

  #session(name: string): SessionView | undefined {
    return this.#view.sessions.find((session) => session.name === name)
  }

  #nameOf(pid: number): string {
    return this.#view.sessions.find((session) => session.backendPid === pid)?.name ?? `process ${String(pid)}`
  }

  #change(name: string, change: Partial<SessionView>): void {
    this.#set({ sessions: this.#view.sessions.map((session) => (session.name === name ? { ...session, ...change } : session)) })
  }

  #set(change: Partial<LabView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function isRunning(session: SessionView | undefined): boolean {
  return session !== undefined && session.running !== null
}

function sessionsOf({ sessions }: OpenedSessions): SessionView[] {
  return sessions.map((session) => ({ ...session, transactionSinceMs: null, running: null, waitsFor: null, last: null }))
}
