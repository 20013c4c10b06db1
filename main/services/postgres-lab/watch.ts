/**
 * Ends what a learner's own settings would let go on for ever: statements that work without an end, and databases that
 * fill the disk. PostgreSQL has limits for both in part only: `statement_timeout` counts waiting too and can be switched
 * off by the learner, and nothing limits the growth of tables.
 */
import { literal } from '../../../exercises/kinds/postgres/statements.ts'
import type { Interruption, LabConnection } from './connection.ts'

/** A database may take this much of the disk. */
const maxDatabaseBytes = 1_000_000_000
const defaultWorkLimitMs = 60_000
const lookEveryMs = 250
/** Short statements are none of its business. */
const lookAfterMs = 400

const tooMuch: Interruption = {
  sqlstate: '53100',
  message: 'Stopped: the database has grown to more than 1 GB, the most that an exercise may take.',
  hint: 'Reset the database, and write fewer rows. A join without its condition is the usual cause.',
}

function tooLate(limitMs: number): Interruption {
  return {
    sqlstate: '57014',
    message: `Stopped after ${String(limitMs / 1000)} s of work without an end. Time spent waiting for other sessions was not counted.`,
    hint: 'Look at its plan with EXPLAIN before running it again.',
  }
}

interface Watched {
  database: string
  session: LabConnection
  workLimitMs: number
  /** The statement that was seen working, by when it began, and for how long. */
  sinceMs: number | null
  workedMs: number
}

/** Looks at the learner's sessions while they run something. */
export class LabWatch {
  readonly #administer: (sql: string) => Promise<(string | number | null)[][]>
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | null = null
  #isLooking = false
  #lastLookMs = 0

  constructor(administer: (sql: string) => Promise<(string | number | null)[][]>) {
    this.#administer = administer
  }

  add(database: string, session: LabConnection, workLimitMs = defaultWorkLimitMs): void {
    const watched: Watched = { database, session, workLimitMs, sinceMs: null, workedMs: 0 }
    this.#watched.add(watched)
    session.onceLost(() => {
      this.#watched.delete(watched)
      if (this.#watched.size === 0) this.stop()
    })
    if (this.#timer !== null) return
    this.#lastLookMs = performance.now()
    this.#timer = setInterval(() => void this.#look(), lookEveryMs)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  async #look(): Promise<void> {
    const now = performance.now()
    const passedMs = now - this.#lastLookMs
    this.#lastLookMs = now
    const long = [...this.#watched].filter(({ session }) => session.runningSinceMs !== null && now - session.runningSinceMs > lookAfterMs)
    if (long.length === 0 || this.#isLooking) return
    this.#isLooking = true
    try {
      const working = await this.#working(long)
      for (const watched of working) this.#countWork(watched, passedMs)
      await this.#limitSize(working)
    } catch {
      // The server is gone, and its sessions say so themselves.
    } finally {
      this.#isLooking = false
    }
  }

  /** Those that do not wait for a lock now. */
  async #working(long: readonly Watched[]): Promise<Watched[]> {
    const rows = await this.#administer(`SELECT pid FROM pg_stat_activity WHERE state = 'active' AND wait_event_type IS DISTINCT FROM 'Lock' AND pid IN (${long.map(({ session }) => session.backendPid).join(', ')})`)
    const pids = new Set(rows.map(([pid]) => pid))
    return long.filter(({ session }) => pids.has(session.backendPid))
  }

  #countWork(watched: Watched, passedMs: number): void {
    const { session, workLimitMs } = watched
    if (session.runningSinceMs === null) return
    if (watched.sinceMs !== session.runningSinceMs) {
      watched.sinceMs = session.runningSinceMs
      watched.workedMs = lookAfterMs
    } else watched.workedMs += passedMs
    if (watched.workedMs > workLimitMs) void session.interrupt(tooLate(workLimitMs))
  }

  async #limitSize(working: readonly Watched[]): Promise<void> {
    const databases = [...new Set(working.map(({ database }) => database))]
    if (databases.length === 0) return
    const rows = await this.#administer(`SELECT datname FROM pg_database WHERE datname IN (${databases.map(literal).join(', ')}) AND pg_database_size(oid) > ${String(maxDatabaseBytes)}`)
    const full = new Set(rows.map(([name]) => name))
    for (const { database, session } of working) if (full.has(database)) void session.interrupt(tooMuch)
  }
}
