/** The isolation figure against PostgreSQL itself: every order of every case at every level, statement by statement. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isolationCases } from '../../exercises/figures/isolation-cases.ts'
import type { IsolationCase, Session } from '../../exercises/figures/isolation-cases.ts'
import { runIsolation } from '../../exercises/figures/isolation.ts'
import type { Level, LogEntry } from '../../exercises/figures/isolation.ts'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'
import type { LabConnection } from '../../main/services/postgres-lab/connection.ts'
import { openLab, type Lab } from '../../main/services/postgres-lab/lab.ts'

const found = findPostgres()
const cacheFolder = mkdtempSync(join(tmpdir(), 'firedrill-isolation-'))
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }))

/** All orders of so many steps of A and of B. */
function orders(a: number, b: number): string[] {
  if (a === 0 || b === 0) return ['A'.repeat(a) + 'B'.repeat(b)]
  return [...orders(a - 1, b).map((rest) => `A${rest}`), ...orders(a, b - 1).map((rest) => `B${rest}`)]
}

describe.skipIf(!found.ok)(`the isolation figure on a real server${found.ok ? '' : `: skipped, ${found.error}`}`, () => {
  let lab: Lab
  let admin: LabConnection
  const sessions = {} as Record<Session, LabConnection>

  beforeAll(async () => {
    const opened = await openLab({ cacheFolder, onProgress: () => {} })
    if (!opened.ok) throw new Error(opened.error)
    lab = opened.value
    await lab.administer('CREATE DATABASE isolation')
    admin = await lab.administrator('isolation')
    const made = await admin.run('CREATE TABLE accounts (id int PRIMARY KEY, balance int); CREATE TABLE doctors (name text PRIMARY KEY, on_call boolean); GRANT ALL ON accounts, doctors TO PUBLIC', { maxRows: 1 })
    expect(made.error).toBeNull()
    sessions.A = await lab.openSession('isolation', 'A')
    sessions.B = await lab.openSession('isolation', 'B')
  })
  afterAll(async () => {
    await sessions.A?.close()
    await sessions.B?.close()
    await lab?.stop()
  })

  /** Runs one order on the server and tells it as the figure does. */
  async function run(anomaly: IsolationCase, level: Level, order: string): Promise<LogEntry[]> {
    const scene = isolationCases[anomaly]
    const log: LogEntry[] = []
    const late: LogEntry[] = []
    const state: Record<Session, { at: number; memory: number[]; ended: boolean; waiting: Promise<void> | null }> = { A: { at: 0, memory: [], ended: false, waiting: null }, B: { at: 0, memory: [], ended: false, waiting: null } }
    await admin.run("TRUNCATE accounts, doctors; INSERT INTO accounts VALUES (1, 100); INSERT INTO doctors VALUES ('alice', true), ('bob', true)", { maxRows: 1 })
    for (const name of ['A', 'B'] as const) await sessions[name].run(`BEGIN ISOLATION LEVEL ${level.replace('-', ' ').toUpperCase()}`, { maxRows: 1 })
    for (const letter of `${order}ABABABAB`) {
      const name = letter as Session
      const mine = state[name]
      const statement = scene.sessions[name][mine.at]
      if (mine.ended || mine.waiting !== null || statement === undefined) continue
      const value = statement.does === 'write' ? statement.value(mine.memory) : null
      const sql = statement.does === 'write' ? statement.sql(value) : statement.sql
      if (statement.does === 'write' && value === null) {
        mine.at += 1
        log.push({ session: name, sql, result: statement.unless, kind: 'skipped' })
        continue
      }
      let settled = false
      // Both answers come at once when a commit lets the other go on: the commit is told first, whichever arrives first.
      const tell = (entry: LogEntry): unknown => (mine.waiting === null ? log : late).push(entry)
      const running = sessions[name].run(sql, { maxRows: 10 }).then(async ({ error, results }) => {
        settled = true
        if (error !== null) {
          tell({ session: name, sql, result: `ERROR ${error.sqlstate}: ${error.message}`, kind: 'error' })
          mine.ended = true
          await sessions[name].run('ROLLBACK', { maxRows: 1 })
          return
        }
        mine.at += 1
        if (statement.does === 'commit') {
          mine.ended = true
          tell({ session: name, sql, result: 'COMMIT', kind: 'commit' })
        } else if (statement.does === 'read') {
          const read = Number(results[0]?.rows[0]?.[0])
          mine.memory.push(read)
          tell({ session: name, sql, result: statement.shows(read), kind: 'read' })
        } else tell({ session: name, sql, result: `UPDATE ${results[0]?.count ?? 0}`, kind: 'write' })
      })
      while (!settled && mine.waiting === null) {
        await sleep(1)
        if (settled) break
        const [[event] = []] = await lab.administer(`SELECT wait_event_type FROM pg_stat_activity WHERE pid = ${sessions[name].backendPid}`)
        if (event !== 'Lock' || settled) continue
        log.push({ session: name, sql, result: `waits for the row lock of ${name === 'A' ? 'B' : 'A'}`, kind: 'wait' })
        mine.waiting = running
      }
      if (mine.waiting === null) await running
      // What the other waited for has ended: let it go on before the next step.
      const other = state[name === 'A' ? 'B' : 'A']
      if (mine.ended && other.waiting !== null) {
        await other.waiting
        other.waiting = null
        log.push(...late.splice(0))
      }
    }
    return log
  }

  const cases = (Object.keys(isolationCases) as IsolationCase[]).flatMap((anomaly) => (['read-committed', 'repeatable-read', 'serializable'] as const).map((level) => [anomaly, level] as const))
  it.each(cases)('%s at %s', async (anomaly, level) => {
    const { A, B } = isolationCases[anomaly].sessions
    for (const order of orders(A.length, B.length)) {
      const real = await run(anomaly, level, order)
      const figure = runIsolation({ anomaly, level, order: `${order}ABABABAB` })
      expect(figure.log, order).toEqual(real)
    }
  })
})
