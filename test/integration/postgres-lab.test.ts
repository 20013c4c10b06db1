/** The server of the PostgreSQL lab: quick to start, gone with the app, closed to everyone but its learner. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'
import { LabConnection } from '../../main/services/postgres-lab/connection.ts'
import type { Lab } from '../../main/services/postgres-lab/lab.ts'
import { openLab } from '../../main/services/postgres-lab/lab.ts'
import { learnerRole } from '../../main/services/postgres-lab/roles.ts'
import { isAlive, sweepRunFolders } from '../../main/services/postgres-lab/run-folder.ts'

const found = findPostgres()
const run = promisify(execFile)
const cacheFolder = mkdtempSync(join(tmpdir(), 'firedrill-lab-cache-'))
const child = new URL('../fixtures/postgres/lab-process.ts', import.meta.url).pathname
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }))

/** Processes that name a folder in their command. */
async function processesOf(folder: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,args=', '-ww'])
  return stdout.split('\n').filter((line) => line.includes(folder)).map((line) => Number.parseInt(line, 10))
}

async function until(what: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(25)) if (await what()) return true
  return what()
}

interface Held {
  pid: number
  folder: string
  exited: Promise<unknown>
}

/** Starts a process with a lab in it, as root drops it or as another user. */
async function holdLab(command: readonly string[] = [process.execPath], cache = cacheFolder, parent = tmpdir()): Promise<Held> {
  const [program = '', ...rest] = command
  const holder = spawn(program, [...rest, child, cache], { stdio: ['ignore', 'pipe', 'inherit'], detached: true, cwd: '/', env: { ...process.env, TMPDIR: parent } })
  const [chunk] = (await once(holder.stdout, 'data')) as [Buffer]
  const line = JSON.parse(chunk.toString()) as { folder?: string; error?: string }
  expect(line.error).toBeUndefined()
  expect(existsSync(line.folder ?? '')).toBe(true)
  return { pid: holder.pid ?? 0, folder: line.folder ?? '', exited: once(holder, 'exit') }
}

const gone = (folder: string): Promise<boolean> => until(async () => !existsSync(folder) && (await processesOf(folder)).length === 0, 40_000)

describe.skipIf(!found.ok)(`a server${found.ok ? '' : `: skipped, ${found.error}`}`, () => {
  let lab: Lab
  let session: LabConnection
  /** Waits until the server runs what the session sleeps with. */
  const sleeps = ({ backendPid }: LabConnection): Promise<void> =>
    expect.poll(() => lab.administer(`SELECT state FROM pg_stat_activity WHERE pid = ${backendPid} AND query LIKE '%pg_sleep%'`)).toEqual([['active']])
  beforeAll(async () => {
    const steps: string[] = []
    const opened = await openLab({ cacheFolder, onProgress: ({ step }) => steps.push(step) })
    if (!opened.ok) throw new Error(opened.error)
    lab = opened.value
    expect(steps).toEqual(['find', 'files', 'start', 'roles', 'ready'])
    await lab.administer('CREATE DATABASE attempt')
    session = await lab.openSession('attempt', 'A')
    const administrator = await lab.administrator('attempt')
    expect((await administrator.run('GRANT CREATE ON SCHEMA public TO learner', { maxRows: 1 })).error).toBeNull()
  })
  afterAll(async () => {
    await session?.close()
    await lab?.stop()
    if (lab !== undefined) expect(await gone(lab.place.folder)).toBe(true)
  })

  it('ends a wide result by its reason, and keeps the session, however late the server hears of it', async () => {
    const late = await LabConnection.open(lab.address(learnerRole, 'attempt', 'late'), async (pid) => {
      await sleep(500)
      await lab.cancelBackend(pid)
    })
    const { error, transaction } = await late.run("SELECT repeat('x', 1000000) FROM generate_series(1, 10000)", { maxRows: 10 })
    expect(error).toMatchObject({ sqlstate: '54000', message: 'The result is larger than 64 MB.' })
    expect(transaction).toBe('idle')
    expect((await late.run('SELECT 1', { maxRows: 1 })).error).toBeNull()
    // One value cannot be stopped: the connection is cut, for the same reason.
    const cut = await late.run("SELECT repeat('x', 300000000)", { maxRows: 1 })
    expect(cut).toMatchObject({ transaction: 'lost', error: { sqlstate: '54000', message: 'The result is larger than 64 MB.' } })
    await late.close()
  })

  it('keeps the files of an empty cluster for the next start', () => {
    expect(readdirSync(cacheFolder)).toEqual([expect.stringMatching(/^postgres-18\.\d+-1$/)])
  })

  it('is reached by one socket in a closed folder, and by no network', async () => {
    expect(statSync(lab.place.folder).mode & 0o777).toBe(0o700)
    const rows = await lab.administer("SELECT setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories') ORDER BY name")
    expect(rows).toEqual([[''], [lab.place.folder]])
    const postmaster = Number(readFileSync(join(lab.place.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    if (process.platform === 'linux') expect((await run('sh', ['-c', `ss -ltnp 2>/dev/null | grep -c "pid=${postmaster}," || true`])).stdout.trim()).toBe('0')
  })

  it('tells errors with their SQLSTATE and place, notices, and the state of the transaction', async () => {
    const broken = await session.run('BEGIN;\nSELECT 1;\nSELECT * FROM nowhere', { maxRows: 10 })
    expect(broken).toMatchObject({ error: { sqlstate: '42P01', start: 31, end: 38 }, transaction: 'failed' })
    expect(broken.results.map((result) => result.command)).toEqual(['BEGIN', 'SELECT'])
    expect(await session.run('SELECT 1', { maxRows: 10 })).toMatchObject({ error: { sqlstate: '25P02' }, transaction: 'failed' })
    expect(await session.run('ROLLBACK; DROP TABLE IF EXISTS nowhere', { maxRows: 10 })).toMatchObject({ error: null, transaction: 'idle', notices: [{ severity: 'NOTICE', message: expect.stringContaining('nowhere') }] })
  })

  it('binds named parameters and keeps the place of an error in what the learner wrote', async () => {
    expect(await session.run("SELECT :who || '!', :n::int - 1", { maxRows: 1, parameters: { who: "O'Neil", n: -4 } })).toMatchObject({ results: [{ rows: [["O'Neil!", -5]] }] })
    expect(await session.run('SELECT :who, nothing', { maxRows: 1, parameters: { who: 'somebody with a long name' } })).toMatchObject({ error: { start: 13, end: 20 } })
  })

  it('leaves out rows beyond the limit, and stops a result without an end', async () => {
    expect(await session.run('SELECT generate_series(1, 500)', { maxRows: 3 })).toMatchObject({ results: [{ rows: [[1], [2], [3]], truncated: true, count: 500 }] })
    const running = session.run('SELECT pg_sleep(60)', { maxRows: 1 })
    await sleeps(session)
    await session.cancel()
    expect(await running).toMatchObject({ error: { sqlstate: '57014' } })
  })

  it.each([
    ['a program', "COPY (SELECT 1) TO PROGRAM 'id'", '42501'],
    ['a program to read from', "CREATE TEMP TABLE o (t text); COPY o FROM PROGRAM 'id'", '42501'],
    ['a file to write', "COPY (SELECT 1) TO '/tmp/firedrill-escape'", '42501'],
    ['a file to read', "SELECT pg_read_file('/etc/passwd')", '42501'],
    ['a folder to list', "SELECT pg_ls_dir('/')", '42501'],
    ['a large object from a file', "SELECT lo_import('/etc/passwd')", '42501'],
    ['the log', 'SELECT pg_current_logfile()', '42501'],
    ['another extension', 'CREATE EXTENSION file_fdw', '42501'],
    ['a trusted extension', 'CREATE EXTENSION hstore', '42501'],
    ['a library', "LOAD 'dblink'", '42501'],
    ['a function in C', "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x'", '42501'],
    ['a language', 'CREATE EXTENSION plpython3u', '42501'],
    ['another role', 'SET ROLE lab_admin', '42501'],
    ['more rights', 'ALTER ROLE learner SUPERUSER', '42501'],
    ['another database', 'CREATE DATABASE mine', '42501'],
    ["the server's settings", "ALTER SYSTEM SET listen_addresses = '*'", '42501'],
    ['more room on disk', "SET temp_file_limit = '-1'", '42501'],
    ['the server', 'SELECT pg_reload_conf()', '42501'],
    ["the administrator's session", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lab_admin'", '42501'],
    ['passwords', 'SELECT rolpassword FROM pg_authid', '42501'],
  ])('keeps %s from the learner', async (_what, sql, sqlstate) => {
    expect((await session.run(sql, { maxRows: 10 })).error).toMatchObject({ sqlstate })
  })

  it('keeps other databases from the learner', async () => {
    for (const database of ['postgres', 'template1']) await expect(lab.openSession(database, 'A')).rejects.toMatchObject({ code: '42501' })
  })

  it('bounds the memory of a statement, and goes on', async () => {
    const hungry = await session.run("SET work_mem = '1TB'; SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 900)", { maxRows: 1 })
    expect(hungry.error?.sqlstate).toMatch(/^(22023|53200|54000)$/)
    expect(await session.run('SELECT 1', { maxRows: 1 })).toMatchObject({ error: null })
  })

  it('loses no session but the one that is terminated', async () => {
    const other = await lab.openSession('attempt', 'B')
    const waiting = other.run('SELECT pg_sleep(60)', { maxRows: 1 })
    await sleeps(other)
    await session.run(`SELECT pg_terminate_backend(${other.backendPid})`, { maxRows: 1 })
    expect(await waiting).toMatchObject({ error: { sqlstate: '57P01' }, transaction: 'lost' })
    expect(await other.run('SELECT 1', { maxRows: 1 })).toMatchObject({ error: { sqlstate: '08000' } })
    await other.close()
  })
})

describe.skipIf(!found.ok)('an app that ends without a word', { concurrent: true }, () => {
  it('takes its server and the data with it when it is killed', async () => {
    const { pid, folder, exited } = await holdLab()
    process.kill(pid, 'SIGKILL')
    await exited
    expect(await gone(folder)).toBe(true)
  })

  it('also when its whole process group is killed', async () => {
    const { pid, folder, exited } = await holdLab()
    process.kill(-pid, 'SIGKILL')
    await exited
    expect(await gone(folder)).toBe(true)
  })

  it('ends the server itself when the shell that watches is killed', async () => {
    const { pid, folder } = await holdLab()
    process.kill(await shellOf(folder), 'SIGKILL')
    expect(await gone(folder)).toBe(true)
    expect(isAlive(pid)).toBe(true)
    process.kill(pid, 'SIGKILL')
  })

  it('leaves the rest to the next start when app and shell are killed together', async () => {
    // Where no lab that starts meanwhile sweeps it.
    const parent = mkdtempSync(join(tmpdir(), 'fd-lab-'))
    chmodSync(parent, 0o755)
    const { pid, folder, exited } = await holdLab(undefined, undefined, parent)
    expect(dirname(folder)).toBe(parent)
    const shell = await shellOf(folder)
    process.kill(shell, 'SIGSTOP')
    process.kill(pid, 'SIGKILL')
    process.kill(shell, 'SIGKILL')
    await exited
    expect((await processesOf(folder)).length).toBeGreaterThan(0)
    expect(await sweepRunFolders([parent])).toEqual([folder])
    expect(await gone(folder)).toBe(true)
    rmSync(parent, { recursive: true })
  })

  it.skipIf(process.getuid?.() !== 0)('works without root too', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'firedrill-lab-cache-'))
    chmodSync(cache, 0o777)
    const { pid, folder, exited } = await holdLab(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', process.execPath], cache)
    expect(statSync(folder).uid).toBe(65534)
    process.kill(pid, 'SIGKILL')
    await exited
    expect(await gone(folder)).toBe(true)
    rmSync(cache, { recursive: true, force: true })
  })
})

async function shellOf(folder: string): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pid=,args=', '-ww'])
  return Number.parseInt(stdout.split('\n').find((line) => line.includes('/bin/sh') && line.includes(folder)) ?? '', 10)
}

describe('a machine without a server', () => {
  it('says so, and what works all the same', async () => {
    const missing = findPostgres('sunos', 'x64')
    expect(missing).toMatchObject({ ok: false, error: expect.stringContaining('Exercises with one session run in the built-in PostgreSQL') })
    expect(await openLab({ cacheFolder, native: missing })).toEqual(missing)
  })

  it('leaves no folder behind when the program does not run', async () => {
    const native = mkdtempSync(join(tmpdir(), 'firedrill-lab-native-'))
    writeFileSync(join(native, 'pg-symlinks.json'), '[]')
    expect(await openLab({ cacheFolder, native: { ok: true, value: native } })).toMatchObject({ ok: false, error: expect.stringContaining('does not start on this machine') })
    rmSync(native, { recursive: true })
  })
})
