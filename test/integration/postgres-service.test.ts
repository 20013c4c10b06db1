/** The lab behind the core: whose attempts are whose, what hostile statements end in, and what is left when it closes. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiResult, CallInput, CallName, CallOutput, Core } from '../../main/api/index.ts'
import { createCore } from '../../main/core.ts'
import { createLibrary } from '../../main/services/library/index.ts'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'

const found = findPostgres()
const exercise = 'pg-provoke-deadlock'

async function openCore(dataDir: string, more: Partial<Parameters<typeof createCore>[0]> = {}): Promise<Core> {
  const library = await createLibrary({ contentDir: join(import.meta.dirname, '..', '..', 'content'), watch: false })
  // The same exercise under another name, with little time.
  const hurried: typeof library.exercise = (id) => {
    const bundle = library.exercise(id === 'hurried' ? exercise : id)
    if (id !== 'hurried' || !bundle.ok || bundle.value.exercise.kind !== 'postgres') return bundle
    return { ok: true, value: { ...bundle.value, exercise: { ...bundle.value.exercise, limits: { statementMs: 2_000, rows: 10 } } } }
  }
  const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))
  return createCore({ dataDir, library: { ...library, exercise: hurried }, host: 'memory', version: '0', platform: process.platform, development: true, now: Date.now, randomBytes, ...more })
}

async function ask<N extends CallName>(core: Core, window: string, name: N, input: CallInput<N>): Promise<ApiResult<CallOutput<N>>> {
  return (await core.call(name, input, window)) as ApiResult<CallOutput<N>>
}

async function get<N extends CallName>(core: Core, window: string, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await ask(core, window, name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
  return answer.value
}

/** Servers that this very process has started. */
async function servers(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=', '-ww'])
  return stdout.split('\n').filter((line) => line.includes('firedrill-postgres') && line.trim().split(/\s+/)[1] === String(process.pid))
}

describe.skipIf(!found.ok)(`the lab of an app${found.ok ? '' : `: skipped, ${found.error}`}`, () => {
  let core: Core
  let dataDir: string
  let attempt: string
  const run = (sql: string, session = 'A'): Promise<CallOutput<'postgres.run'>> => get(core, 'one', 'postgres.run', { attempt, session, sql })

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'firedrill-service-'))
    core = await openCore(dataDir)
    attempt = (await get(core, 'one', 'postgres.open', { exercise })).attempt
  })
  afterAll(async () => {
    await core.close()
    expect(await servers()).toEqual([])
    await rm(dataDir, { recursive: true, force: true })
  })

  it('starts one server, for all windows and grading together', async () => {
    expect(await servers()).toHaveLength(1)
  })

  it('lets a window reach its own attempts only, and ends them with it', async () => {
    const theirs = await get(core, 'two', 'postgres.open', { exercise })
    for (const name of ['postgres.look', 'postgres.tables', 'postgres.reset'] as const) expect(await ask(core, 'one', name, { attempt: theirs.attempt })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await ask(core, 'one', 'postgres.run', { attempt: theirs.attempt, session: 'A', sql: 'SELECT 1' })).toMatchObject({ ok: false })
    await get(core, 'one', 'postgres.close', { attempt: theirs.attempt })
    expect((await get(core, 'two', 'postgres.look', { attempt: theirs.attempt })).activity).toHaveLength(2)
    const pids = theirs.sessions.map((session) => session.backendPid).join(', ')
    core.windowGone('two')
    expect(await ask(core, 'two', 'postgres.look', { attempt: theirs.attempt })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    await expect.poll(async () => (await run(`SELECT count(*) FROM pg_stat_activity WHERE pid IN (${pids})`)).results[0]?.rows).toEqual([[0]])
  })

  it('closes the oldest attempt of a window that opens without end', async () => {
    const first = await get(core, 'three', 'postgres.open', { exercise })
    for (let turn = 0; turn < 3; turn += 1) await get(core, 'three', 'postgres.open', { exercise })
    expect(await ask(core, 'three', 'postgres.look', { attempt: first.attempt })).toMatchObject({ ok: false })
    expect(await ask(core, 'one', 'postgres.look', { attempt })).toMatchObject({ ok: true })
    core.windowGone('three')
  })

  it.each([
    ['a program', "COPY accounts TO PROGRAM 'id'", '42501', 'permission denied'],
    ['a file', "SELECT pg_read_file('/etc/passwd')", '42501', 'permission denied'],
    ['a large object from a file', "SELECT lo_import('/etc/passwd')", '42501', 'permission denied'],
    ['an extension', 'CREATE EXTENSION file_fdw', '42501', 'permission denied'],
    ["the server's settings", "ALTER SYSTEM SET fsync = 'on'", '42501', 'permission denied'],
    ['a million rows and more', 'SELECT generate_series(1, 2000000000)', '54000', 'more than 1,000,000 rows'],
    ['wide rows', "SELECT repeat('x', 1000000) FROM generate_series(1, 10000)", '54000', 'larger than 64 MB'],
    ['temporary files', 'SET work_mem = 64; SELECT count(*) FROM (SELECT g, repeat(md5(g::text), 20) FROM generate_series(1, 100000000) AS g ORDER BY 2 OFFSET 1) AS s', '53400', 'temporary file size exceeds'],
  ])('ends %s in a clear message', { timeout: 60_000 }, async (_what, sql, sqlstate, says) => {
    const { error } = await run(sql)
    expect(error).toMatchObject({ sqlstate, message: expect.stringContaining(says) })
    expect(await run('SELECT 1')).toMatchObject({ error: null, transaction: 'idle' })
  })

  it('stops work without an end, whatever the learner sets, and lets a wait for another session last', async () => {
    const { attempt: hasty } = await get(core, 'one', 'postgres.open', { exercise: 'hurried' })
    const hurry = (sql: string, session = 'A'): Promise<CallOutput<'postgres.run'>> => get(core, 'one', 'postgres.run', { attempt: hasty, session, sql })
    await hurry('BEGIN; UPDATE accounts SET balance = balance WHERE id = 1', 'B')
    let isWaiting = true
    const waiting = hurry('UPDATE accounts SET balance = balance WHERE id = 1').finally(() => (isWaiting = false))
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    expect(isWaiting).toBe(true)
    await hurry('COMMIT', 'B')
    expect(await waiting).toMatchObject({ error: null })
    const { error } = await hurry('SET statement_timeout = 0; SELECT pg_sleep(3600)')
    expect(error).toMatchObject({ sqlstate: '57014', message: expect.stringContaining('Stopped after 2 s of work') })
    await get(core, 'one', 'postgres.close', { attempt: hasty })
  })

  it('stops tables that grow without end, one or many, and a reset makes room again', { timeout: 60_000 }, async () => {
    const one = await run("CREATE UNLOGGED TABLE big AS SELECT generate_series(1, 1000000000) AS g, repeat('x', 1900) AS t")
    expect(one.error).toMatchObject({ sqlstate: '53100', message: expect.stringContaining('grown beyond 512 MB') })
    const many = await run("DO $$ BEGIN FOR i IN 1 .. 99 LOOP EXECUTE format('CREATE UNLOGGED TABLE big_%s AS SELECT repeat(''x'', 1900) AS t FROM generate_series(1, 150000)', i); END LOOP; END $$")
    expect(many.error).toMatchObject({ sqlstate: '53100', message: expect.stringContaining('grown to more than 1 GB') })
    await get(core, 'one', 'postgres.reset', { attempt })
    expect(Number((await run('SELECT pg_database_size(current_database())')).results[0]?.rows[0]?.[0])).toBeLessThan(30_000_000)
  })

  it('cuts a value that no screen can hold', async () => {
    const { results } = await run("SELECT repeat('x', 5000000)")
    expect(results[0]?.rows[0]?.[0]).toMatch(/^x{20000}… \(5,000,000 characters\)$/)
  })

  it('opens a session anew that was lost', async () => {
    await run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \'B\'')
    await expect.poll(async () => (await run('SELECT 1', 'B')).error).toBeNull()
  })

  it('starts another server when the first has died, and says what to do', async () => {
    const [server = ''] = await servers()
    process.kill(Number.parseInt(server, 10), 'SIGKILL')
    await expect.poll(async () => (await ask(core, 'one', 'postgres.look', { attempt })).ok).toBe(false)
    const again = await get(core, 'one', 'postgres.open', { exercise })
    attempt = again.attempt
    expect(await run('SELECT sum(balance) FROM accounts')).toMatchObject({ results: [{ rows: [[1000]] }] })
  })
})

describe('an app on a machine without PostgreSQL', () => {
  it('says why, and opens no attempt', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'firedrill-service-'))
    const core = await openCore(dataDir, { postgres: findPostgres('sunos', 'x64') })
    expect(await get(core, 'one', 'postgres.available', {})).toMatchObject({ ok: false, why: expect.stringContaining('Exercises with one session run in the built-in PostgreSQL') })
    expect(await ask(core, 'one', 'postgres.open', { exercise })).toMatchObject({ ok: false, error: { code: 'refused' } })
    await core.close()
    await rm(dataDir, { recursive: true, force: true })
  })
})
