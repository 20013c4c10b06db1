/** Disks that fill up, lock out or fail while the app runs. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, coreIn, get, sectionRead, temporaryFolder } from '../../test/fixtures/core-in-folder.ts'
import type { Core, StorageStatus } from '../api/contract.ts'

let folder: ReturnType<typeof temporaryFolder>
const open: Core[] = []
/** Runs what the core would run by its timers. */
let timers: (() => void)[]
async function start(more: Parameters<typeof coreIn>[1] = {}, path: string = folder.path): Promise<Core> {
  const core = await coreIn(path, {
    every: (_, work) => {
      timers.push(work)
      return () => void (timers = timers.filter((other) => other !== work))
    },
    ...more,
  })
  open.push(core)
  return core
}
/** Lets the core try again, and waits until its storage is as `expected`. */
async function tick(core: Core, expected: Partial<StorageStatus>): Promise<void> {
  for (const work of timers) work()
  await new Promise((resolve) => setTimeout(resolve, 30))
  await expect.poll(() => get(core, 'storage.status', {})).toMatchObject(expected)
}
beforeEach(() => {
  folder = temporaryFolder()
  timers = []
})
afterEach(async () => {
  for (const core of open.splice(0)) await core.close()
  folder.remove()
})

function sqliteError(code: string): Error {
  return Object.assign(new Error(`simulated ${code}`), { code })
}

test.each([
  ['SQLITE_FULL', 'is full'],
  ['SQLITE_READONLY', 'may not write'],
  ['SQLITE_IOERR_FSYNC', 'cannot be used'],
  ['SQLITE_BUSY', 'Another program'],
])('%s: work is kept in memory, shown, said so, and written when it can be', async (code, words) => {
  let failing = false
  const core = await start({ storage: { beforeWrite: () => { if (failing) throw sqliteError(code) } } })
  const statuses: string[] = []
  core.subscribe((name, payload) => name === 'storage.changed' && statuses.push(`${(payload as StorageStatus).state} ${(payload as StorageStatus).pending}`))
  await get(core, 'progress.record', { events: [sectionRead()] })
  failing = true
  const recorded = await get(core, 'progress.record', { events: [sectionRead(), sectionRead()] })
  expect(recorded).toMatchObject({ durable: false, snapshot: { events: 3 } })
  for (const text of ['S', 'SE', 'SEL']) expect(await get(core, 'draft.set', { key: 'k', text })).toEqual({ durable: false })
  await get(core, 'settings.set', { theme: 'dark' })
  expect(await get(core, 'storage.status', {})).toMatchObject({ state: 'memory', pending: 4, message: expect.stringContaining(words) })
  expect(await get(core, 'draft.get', { key: 'k' })).toEqual({ text: 'SEL' })
  expect((await get(core, 'progress.export', {})).events).toBe(3)
  await tick(core, { state: 'memory', pending: 4 })

  failing = false
  await tick(core, { state: 'ok', pending: 0, message: null })
  expect(statuses).toEqual(['memory 2', 'memory 3', 'memory 4', 'ok 0'])
  expect((await get(core, 'progress.record', { events: [sectionRead()] })).durable).toBe(true)
  await core.close()
  const again = await start()
  expect((await get(again, 'progress.snapshot', {})).events).toBe(4)
  expect(await get(again, 'draft.get', { key: 'k' })).toEqual({ text: 'SEL' })
  expect((await get(again, 'settings.get', {})).theme).toBe('dark')
})

test('a database that really cannot grow: nothing is lost when there is room again', async () => {
  let database: Database | null = null
  const core = await start({ storage: { opened: (made) => void (database = made) } })
  const pages = (count: number): unknown => database?.pragma(`max_page_count = ${count}`)
  pages(1)
  const events = Array.from({ length: 400 }, () => sectionRead())
  let durable = true
  for (let from = 0; from < events.length; from += 20) durable = (await get(core, 'progress.record', { events: events.slice(from, from + 20) })).durable
  expect(durable).toBe(false)
  expect(await get(core, 'storage.status', {})).toMatchObject({ state: 'memory', message: expect.stringContaining('is full') })
  expect((await get(core, 'progress.snapshot', {})).events).toBe(400)
  pages(1_000_000)
  await tick(core, { state: 'ok', pending: 0 })
  await core.close()
  expect((await get(await start(), 'progress.snapshot', {})).events).toBe(400)
})

test('closing writes what waits if it can', async () => {
  let failing = false
  const core = await start({ storage: { beforeWrite: () => { if (failing) throw sqliteError('SQLITE_FULL') } } })
  failing = true
  await get(core, 'progress.record', { events: [sectionRead()] })
  failing = false
  await core.close()
  expect((await get(await start(), 'progress.snapshot', {})).events).toBe(1)
})

test('a folder that can be used later takes the work, under the profile that it already has', async () => {
  const data = join(folder.path, 'data')
  const first = await start({ learnerName: 'Ada' }, data)
  await get(first, 'progress.record', { events: [sectionRead()] })
  await get(first, 'settings.set', { theme: 'dark' })
  await first.close()
  // The folder is hidden behind a file, as when a disk is not connected.
  renameSync(data, `${data}-away`)
  writeFileSync(data, '')
  const core = await start({ learnerName: 'Someone' }, data)
  await get(core, 'progress.record', { events: [sectionRead()] })
  await get(core, 'draft.set', { key: 'k', text: 'kept' })
  expect((await get(core, 'profile.list', {})).profiles.map(({ name }) => name)).toEqual(['Someone'])
  rmSync(data)
  renameSync(`${data}-away`, data)
  await tick(core, { state: 'ok', pending: 0 })
  expect((await get(core, 'profile.list', {})).profiles.map(({ name }) => name)).toEqual(['Ada'])
  expect((await get(core, 'progress.snapshot', {})).events).toBe(2)
  expect((await get(core, 'settings.get', {})).theme).toBe('dark')
  expect(await get(core, 'draft.get', { key: 'k' })).toEqual({ text: 'kept' })
})

/** Runs a script as a user without the right to write, which for root means another user. */
function runUnprivileged(script: string): { status: number | null; stdout: string; stderr: string } {
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', ...asNobody })
}

const fixtures = new URL('../../test/fixtures/core-in-folder.ts', import.meta.url).href
/** Not on Windows, nor where that other user cannot read this project. */
const cannotLoseRights = process.platform === 'win32' || runUnprivileged(`await import(${JSON.stringify(fixtures)})`).status !== 0

test.skipIf(cannotLoseRights)('a folder without write access: what is in it is read, new work is kept in memory', async () => {
  const first = await start({ learnerName: 'Ada' })
  await get(first, 'progress.record', { events: [sectionRead(), sectionRead()] })
  await first.close()
  for (const name of readdirSync(folder.path)) chmodSync(join(folder.path, name), 0o444)
  chmodSync(folder.path, 0o555)
  const result = runUnprivileged(`
    import { coreIn, get, sectionRead } from ${JSON.stringify(fixtures)}
    const core = await coreIn(${JSON.stringify(folder.path)})
    const { durable, snapshot } = await get(core, 'progress.record', { events: [sectionRead()] })
    const { state, message } = await get(core, 'storage.status', {})
    const { profiles } = await get(core, 'profile.list', {})
    console.log(JSON.stringify({ durable, events: snapshot.events, state, message, name: profiles[0].name }))
    await core.close()`)
  chmodSync(folder.path, 0o755)
  expect(result.status, result.stderr).toBe(0)
  expect(JSON.parse(result.stdout)).toEqual({ durable: false, events: 3, state: 'memory', name: 'Ada', message: expect.stringContaining(folder.path) })
})

test.skipIf(cannotLoseRights)('a home that may not be written: the app still starts', () => {
  const locked = join(folder.path, 'locked')
  mkdirSync(locked)
  if (process.getuid?.() === 0) chownSync(locked, 0, 0)
  chmodSync(locked, 0o555)
  chmodSync(folder.path, 0o755)
  const result = runUnprivileged(`
    import { coreIn, get } from ${JSON.stringify(fixtures)}
    const core = await coreIn(${JSON.stringify(join(locked, 'data'))})
    console.log((await get(core, 'storage.status', {})).state)`)
  expect(result.stdout.trim(), result.stderr).toBe('memory')
})

test('a bug in one write is not taken for a full disk', async () => {
  const core = await start({ storage: { beforeWrite: () => { throw new TypeError('a bug') } } })
  expect(await get(core, 'storage.status', {})).toMatchObject({ state: 'memory', message: expect.stringContaining('cannot be written') })
  expect(await ask(core, 'progress.record', { events: [sectionRead()] })).toMatchObject({ ok: true })
})
