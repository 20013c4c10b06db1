/** What exercises may ask of the lab beside a database: a standby, sessions of others, slots, autovacuum, and its limits. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PostgresExerciseSource } from '../../exercises/kinds/postgres/schema.ts'
import { postgresExerciseSchema } from '../../exercises/kinds/postgres/schema.ts'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'
import { ExerciseDatabases } from '../../main/services/postgres-lab/databases.ts'
import { PostgresGrader } from '../../main/services/postgres-lab/grade-postgres.ts'
import type { Lab } from '../../main/services/postgres-lab/lab.ts'
import { openLab } from '../../main/services/postgres-lab/lab.ts'

const found = findPostgres()
const cacheFolder = mkdtempSync(join(tmpdir(), 'firedrill-lab-cache-'))
const rows = { maxRows: 10 }

function exerciseOf(fields: Partial<PostgresExerciseSource>): ReturnType<typeof postgresExerciseSchema.parse> {
  return postgresExerciseSchema.parse({
    id: 'small', kind: 'postgres', version: 1, title: 'Small', summary: 'Small', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['sql.plans'], covers: [], starter: '', tier: 'server',
    setup: 'CREATE TABLE t (n int PRIMARY KEY); INSERT INTO t VALUES (1)', mode: 'script', checks: [{ type: 'rows', id: 'rows', label: 'Rows', expect: 'SELECT 1' }],
    hints: [{ text: 'a', cost: 0 }, { text: 'b', cost: 0 }], proof: { reference: 'a', wrong: [{ file: 'a', fails: ['rows'], belief: 'a' }] }, ...fields,
  })
}

describe.skipIf(!found.ok)(`what exercises ask of the lab${found.ok ? '' : `: skipped, ${found.error}`}`, () => {
  let lab: Lab
  beforeAll(async () => {
    const opened = await openLab({ cacheFolder })
    if (!opened.ok) throw new Error(opened.error)
    lab = opened.value
  })
  afterAll(async () => {
    await lab?.stop()
    rmSync(cacheFolder, { recursive: true, force: true })
  })

  it('lends a standby that is late by as much as is asked, and takes it away with its last user', async () => {
    const databases = new ExerciseDatabases(lab, exerciseOf({ server: { standby: { delayMs: 3_000 } }, sessions: [{ name: 'A' }, { name: 'B', on: 'standby' }] }))
    const database = await databases.copy()
    const [primary, standby] = [await databases.open(database, 'A'), await databases.open(database, 'B')]
    await primary.run('INSERT INTO t VALUES (2)', rows)
    expect(await standby.run('SELECT count(*), pg_is_in_recovery() FROM t', rows)).toMatchObject({ results: [{ rows: [[1, 't']] }] })
    await expect.poll(() => standby.run('SELECT count(*) FROM t; INSERT INTO t VALUES (3)', rows)).toMatchObject({ results: [{ rows: [[2]] }], error: { sqlstate: '25006' } })
    const { folder } = await lab.useStandby()
    await lab.releaseStandby()
    expect(existsSync(folder)).toBe(true)
    await Promise.all([primary.close(), standby.close()])
    await databases.close()
    expect(existsSync(folder)).toBe(false)
  })

  it('keeps the log that a standby has not received yet, through checkpoints that would drop it', async () => {
    const databases = new ExerciseDatabases(lab, exerciseOf({ server: { standby: { delayMs: 0 } }, sessions: [{ name: 'A' }, { name: 'B', on: 'standby' }] }))
    const database = await databases.copy()
    const writer = await databases.open(database, 'A')
    const reader = await databases.openOn('standby', database, 'B')
    const sender = Number((await lab.administer("SELECT pid FROM pg_stat_replication WHERE application_name = 'standby'"))[0]?.[0])
    process.kill(sender, 'SIGSTOP')
    try {
      await writer.run("CREATE TABLE filler AS SELECT g, repeat('x', 500) AS text FROM generate_series(1, 40000) g", rows)
      for (let n = 0; n < 3; n += 1) await lab.administer('SELECT pg_switch_wal(); CHECKPOINT')
    } finally {
      process.kill(sender, 'SIGCONT')
    }
    await (await lab.useStandby()).catchUp()
    await lab.releaseStandby()
    expect(await reader.run('SELECT count(*) FROM filler', rows)).toMatchObject({ results: [{ rows: [[40_000]] }], error: null })
    await Promise.all([writer.close(), reader.close()])
    await databases.close()
    expect(await lab.administer('SELECT slot_name FROM pg_replication_slots')).toEqual([])
  })

  it('leaves nothing of a standby behind when the app is killed', async () => {
    const holder = spawn(process.execPath, [new URL('../fixtures/postgres/lab-process.ts', import.meta.url).pathname, cacheFolder, 'standby'], { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' })
    const [chunk] = (await once(holder.stdout, 'data')) as [Buffer]
    const { folder, standby } = JSON.parse(chunk.toString()) as { folder: string; standby: string }
    expect([existsSync(folder), existsSync(standby)]).toEqual([true, true])
    holder.kill('SIGKILL')
    const left = async (): Promise<boolean> => existsSync(folder) || existsSync(standby) || /firedrill-postgres/.test((await promisify(execFile)('ps', ['-eo', 'args=', '-ww'])).stdout.split('\n').filter((line) => line.includes(folder) || line.includes(standby)).join())
    for (const deadline = Date.now() + 40_000; (await left()) && Date.now() < deadline; await sleep(50));
    expect(await left()).toBe(false)
  })

  it('opens sessions of others, counts the slots, and tells who is left', async () => {
    const exercise = exerciseOf({ server: { connections: 5 }, background: [{ name: 'worker', count: 3, sql: 'BEGIN; SELECT :number' }, { name: 'report', runs: 'SELECT pg_sleep(600)' }] })
    const databases = new ExerciseDatabases(lab, exercise)
    const database = await databases.copy()
    expect(await databases.backgroundSessions(database)).toEqual({ before: { worker: 3, report: 1 }, now: { worker: 3, report: 1 } })
    const last = await databases.open(database, 'A')
    await expect(databases.open(database, 'B')).rejects.toMatchObject({ code: '53300' })
    await last.run("SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE application_name = 'worker' AND datname = current_database()", rows)
    expect(await databases.backgroundSessions(database)).toMatchObject({ now: { report: 1 } })
    await last.close()
    await databases.giveBack(database)
    const again = await databases.copy()
    expect(await databases.backgroundSessions(again)).toMatchObject({ now: { worker: 3, report: 1 } })
    await databases.close()
  })

  it('says that the exercise is at fault when a background session fails', async () => {
    const grader = new PostgresGrader(lab, exerciseOf({ background: [{ name: 'worker', sql: 'SELEC 1' }] }))
    expect(await grader.grade('SELECT 1')).toMatchObject({ ok: false, error: expect.stringContaining('the background session worker fails') })
    await grader.close()
  })

  it('runs autovacuum only while it is asked for, and only for tables with a threshold of their own', async () => {
    const setup = 'CREATE TABLE t (n int) WITH (autovacuum_vacuum_threshold = 10, autovacuum_vacuum_scale_factor = 0); INSERT INTO t SELECT generate_series(1, 1000); CREATE TABLE u AS TABLE t'
    const databases = new ExerciseDatabases(lab, exerciseOf({ server: { autovacuum: true }, setup }))
    const session = await databases.open(await databases.copy(), 'A')
    await session.run('UPDATE t SET n = n; UPDATE u SET n = n; SELECT pg_stat_force_next_flush()', rows)
    let counts: unknown
    for (let turn = 0; turn < 400 && JSON.stringify(counts) !== '[["t",1],["u",0]]'; turn += 1) {
      counts = (await session.run("SELECT relname, autovacuum_count::int FROM pg_stat_user_tables WHERE relname IN ('t', 'u') ORDER BY 1", rows)).results[0]?.rows
      await sleep(100)
    }
    expect(counts).toEqual([['t', 1], ['u', 0]])
    await session.close()
    await databases.close()
    expect(await lab.administer("SELECT setting FROM pg_file_settings WHERE name = 'autovacuum' ORDER BY seqno DESC LIMIT 1")).toEqual([['off']])
  })

  it('ends a statement whose table grows without bounds, keeps what was committed, and goes on', { timeout: 60_000 }, async () => {
    const databases = new ExerciseDatabases(lab, exerciseOf({ setup: "CREATE TABLE big (t text); ALTER TABLE big ALTER t SET STORAGE PLAIN; INSERT INTO big VALUES ('kept')", limits: { statementMs: 50_000, rows: 10 } }))
    const session = await databases.open(await databases.copy(), 'A')
    const grown = await session.run("INSERT INTO big SELECT repeat('x', 8000) FROM generate_series(1, 100000)", rows)
    expect(grown).toMatchObject({ error: { sqlstate: '53100', message: expect.stringContaining('512 MB') }, transaction: 'idle' })
    expect(await session.run('SELECT count(*) FROM big', rows)).toMatchObject({ results: [{ rows: [[1]] }], error: null })
    await session.close()
    await databases.close()
  })

  it('judges a client that waits for ever as failed', async () => {
    const grader = new PostgresGrader(
      lab,
      exerciseOf({ mode: 'client', limits: { statementMs: 2000, rows: 10 }, checks: [{ type: 'interleavings', id: 'rows', label: 'Rows', clients: [{ name: 'A' }, { name: 'B' }], max: 2, query: 'SELECT 1', expect: 'SELECT 1' }] }),
    )
    expect(await grader.grade('SELECT pg_advisory_lock(1)')).toMatchObject({ value: { passed: false, checks: [{ evidence: expect.stringContaining('still waits for') }] } })
    await grader.close()
  })
})
