/**
 * Two transactions on a few rows, stepped in any order, as PostgreSQL 18 runs them (manual, chapter 13): snapshots of
 * statements or transactions, row locks that a second writer waits for, "first updater wins" from repeatable read on,
 * and serializable snapshot isolation (D. R. K. Ports and K. Grittner, VLDB 2012). A test runs every order of every case
 * on a real server and compares.
 */
import { isolationCases } from './isolation-cases.ts'
import type { Case, IsolationCase, Session, Statement } from './isolation-cases.ts'

export type Level = 'read-committed' | 'repeatable-read' | 'serializable'

export interface LogEntry {
  session: Session
  sql: string
  result: string
  kind: 'read' | 'write' | 'commit' | 'wait' | 'error' | 'skipped'
}
export interface IsolationRun {
  log: LogEntry[]
  /** What each session would run next; null when it has ended. */
  next: Readonly<Record<Session, string | null>>
  waiting: Session | null
  ended: boolean
  rows: Readonly<Record<string, number>>
  broken: boolean
  aborted: number
}

const concurrentUpdate = 'could not serialize access due to concurrent update'
const dependencies = 'could not serialize access due to read/write dependencies among transactions'

interface Transaction {
  at: number
  state: 'active' | 'waiting' | 'committed' | 'aborted'
  /** Commits that it sees; null before its first statement. */
  snapshot: number | null
  committedAt: number
  memory: number[]
  read: Set<string>
  written: Map<string, number>
  /** The other committed while each had read what the other wrote. */
  doomed: boolean
  /** The other wrote what this one has read. */
  missesOther: boolean
}

/** Runs a case by an order such as `AABB`. Letters for a session that has ended or waits change nothing. */
export function runIsolation({ anomaly, level, order }: { anomaly: IsolationCase; level: Level; order: string }): IsolationRun {
  const scene = isolationCases[anomaly]
  const world = new World(scene, level)
  for (const letter of order) if (letter === 'A' || letter === 'B') world.step(letter)
  return world.result()
}

class World {
  private readonly scene: Case
  private readonly level: Level
  private readonly log: LogEntry[] = []
  private readonly versions: Map<string, { value: number; commit: number }[]>
  private readonly sessions: Record<Session, Transaction>
  private commits = 0

  constructor(scene: Case, level: Level) {
    this.scene = scene
    this.level = level
    this.versions = new Map(Object.entries(scene.rows).map(([key, value]) => [key, [{ value, commit: 0 }]]))
    const begin = (): Transaction => ({ at: 0, state: 'active', snapshot: null, committedAt: 0, memory: [], read: new Set(), written: new Map(), doomed: false, missesOther: false })
    this.sessions = { A: begin(), B: begin() }
  }

  step(name: Session): void {
    const mine = this.sessions[name]
    const statement = this.scene.sessions[name][mine.at]
    if (mine.state !== 'active' || statement === undefined) return
    if (mine.doomed) {
      this.fail(name, sqlOf(statement, mine), dependencies)
      return
    }
    if (statement.does === 'commit') {
      this.commit(name, statement.sql)
      return
    }
    if (this.level === 'read-committed' || mine.snapshot === null) mine.snapshot = this.commits
    if (statement.does === 'read') this.read(name, statement)
    else this.write(name, statement)
  }

  result(): IsolationRun {
    const { A, B } = this.sessions
    const rows = Object.fromEntries([...this.versions].map(([key, versions]) => [key, versions.at(-1)?.value ?? 0]))
    const nextOf = (name: Session): string | null => {
      const { at, state } = this.sessions[name]
      const statement = this.scene.sessions[name][at]
      return state === 'committed' || state === 'aborted' || statement === undefined ? null : sqlOf(statement, this.sessions[name])
    }
    const ended = nextOf('A') === null && nextOf('B') === null
    const memory = { A: A.memory, B: B.memory }
    const committed = { A: A.state === 'committed', B: B.state === 'committed' }
    return {
      log: this.log,
      next: { A: nextOf('A'), B: nextOf('B') },
      waiting: A.state === 'waiting' ? 'A' : B.state === 'waiting' ? 'B' : null,
      ended,
      rows,
      broken: ended && this.scene.broken({ rows, memory, committed }),
      aborted: [A, B].filter(({ state }) => state === 'aborted').length,
    }
  }

  private read(name: Session, statement: Extract<Statement, { does: 'read' }>): void {
    const mine = this.sessions[name]
    const other = this.sessions[otherOf(name)]
    const values = statement.keys.map((key) => mine.written.get(key) ?? this.visible(key, mine.snapshot ?? 0))
    const found = statement.of(values)
    mine.memory.push(found)
    for (const key of statement.keys) {
      mine.read.add(key)
      if (other.written.has(key) && this.isConcurrent(mine, other)) mine.missesOther = true
    }
    if (this.closesCycle(name)) {
      mine.memory.pop()
      this.fail(name, statement.sql, dependencies)
      return
    }
    mine.at += 1
    this.log.push({ session: name, sql: statement.sql, result: statement.shows(found), kind: 'read' })
  }

  private write(name: Session, statement: Extract<Statement, { does: 'write' }>): void {
    const mine = this.sessions[name]
    const other = this.sessions[otherOf(name)]
    const value = statement.value(mine.memory)
    const sql = statement.sql(value)
    if (value === null) {
      mine.at += 1
      this.log.push({ session: name, sql, result: statement.unless, kind: 'skipped' })
      return
    }
    if (other.written.has(statement.key) && (other.state === 'active' || other.state === 'waiting')) {
      mine.state = 'waiting'
      this.log.push({ session: name, sql, result: `waits for the row lock of ${otherOf(name)}`, kind: 'wait' })
      return
    }
    if (this.level !== 'read-committed' && (this.versions.get(statement.key)?.at(-1)?.commit ?? 0) > (mine.snapshot ?? 0)) {
      this.fail(name, sql, concurrentUpdate)
      return
    }
    mine.written.set(statement.key, value)
    if (other.read.has(statement.key) && this.isConcurrent(mine, other)) other.missesOther = true
    if (this.closesCycle(name)) {
      this.fail(name, sql, dependencies)
      return
    }
    mine.at += 1
    this.log.push({ session: name, sql, result: 'UPDATE 1', kind: 'write' })
  }

  private commit(name: Session, sql: string): void {
    const mine = this.sessions[name]
    const other = this.sessions[otherOf(name)]
    this.commits += 1
    for (const [key, value] of mine.written) this.versions.get(key)?.push({ value, commit: this.commits })
    mine.state = 'committed'
    mine.committedAt = this.commits
    mine.at += 1
    this.log.push({ session: name, sql, result: 'COMMIT', kind: 'commit' })
    if (this.level === 'serializable' && other.state !== 'committed' && mine.missesOther && other.missesOther) other.doomed = true
    this.wake(otherOf(name))
  }

  private fail(name: Session, sql: string, message: string): void {
    const mine = this.sessions[name]
    mine.state = 'aborted'
    mine.written.clear()
    mine.read.clear()
    this.log.push({ session: name, sql, result: `ERROR 40001: ${message}`, kind: 'error' })
    const other = this.sessions[otherOf(name)]
    other.missesOther = false
    this.wake(otherOf(name))
  }

  /** A statement that waited for the lock goes on. */
  private wake(name: Session): void {
    const waiting = this.sessions[name]
    if (waiting.state !== 'waiting') return
    waiting.state = 'active'
    const statement = this.scene.sessions[name][waiting.at]
    if (statement?.does === 'write') this.write(name, statement)
  }

  /** Serializable: each has read what the other wrote, and the other has committed. */
  private closesCycle(name: Session): boolean {
    const mine = this.sessions[name]
    const other = this.sessions[otherOf(name)]
    return this.level === 'serializable' && other.state === 'committed' && mine.missesOther && other.missesOther
  }

  private isConcurrent(mine: Transaction, other: Transaction): boolean {
    if (other.state === 'aborted' || other.snapshot === null) return false
    return other.state !== 'committed' || other.committedAt > (mine.snapshot ?? 0)
  }

  private visible(key: string, snapshot: number): number {
    return this.versions.get(key)?.findLast(({ commit }) => commit <= snapshot)?.value ?? 0
  }
}

function otherOf(name: Session): Session {
  return name === 'A' ? 'B' : 'A'
}

function sqlOf(statement: Statement, { memory }: Transaction): string {
  if (statement.does !== 'write') return statement.sql
  return statement.sql(memory.length === 0 && statement.sql(null) !== statement.sql(0) ? null : statement.value(memory))
}
