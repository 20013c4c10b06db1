/** Start-up over files that are damaged, lost, older or newer. */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, coreIn, get, sectionRead, temporaryFolder } from '../../test/fixtures/core-in-folder.ts'
import type { Core } from '../api/contract.ts'
import { newestVersion } from './migrations/index.ts'
import { migrate } from './migrations/migrate.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
const open: Core[] = []
async function start(more: Parameters<typeof coreIn>[1] = {}): Promise<Core> {
  const core = await coreIn(folder.path, more)
  open.push(core)
  return core
}
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'firedrill.db')
})
afterEach(async () => {
  for (const core of open.splice(0)) await core.close()
  folder.remove()
})

/** 300 events, a backup, then 300 more that are only in the file. */
async function lived(backup = true): Promise<void> {
  const core = await coreIn(folder.path)
  await get(core, 'progress.record', { events: Array.from({ length: 300 }, () => sectionRead()) })
  if (backup) await get(core, 'backup.create', {})
  await get(core, 'progress.record', { events: Array.from({ length: 300 }, () => sectionRead()) })
  await core.close()
}

function overwrite(position: number, bytes: number): void {
  const content = readFileSync(file)
  content.fill(0xa5, position, position + bytes)
  writeFileSync(file, content)
}

const damage: Record<string, () => void> = {
  'garbage in the header': () => overwrite(0, 100),
  'garbage all over': () => writeFileSync(file, Buffer.alloc(50_000, 'garbage ')),
  'a page in the middle': () => overwrite(4096 * 8, 4096),
  'the end cut off': () => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'cut to nothing': () => truncateSync(file, 0),
  'cut to less than a header': () => truncateSync(file, 40),
  'the file gone': () => rmSync(file),
}

test.each(Object.keys(damage))('%s: set aside, the backup restored, and said so until dismissed', async (kind) => {
  await lived()
  damage[kind]?.()
  const before = statSync(file, { throwIfNoEntry: false }) ? readFileSync(file) : null
  const core = await start()
  const { events } = await get(core, 'progress.snapshot', {})
  expect(events).toBeGreaterThanOrEqual(300)
  const { state, notices } = await get(core, 'storage.status', {})
  expect(state).toBe('ok')
  expect(notices.map(({ message }) => message)).toEqual([expect.stringMatching(/^Your progress file was (damaged|missing).* The backup of .* UTC was restored\./)])
  const aside = readdirSync(folder.path).filter((name) => /^firedrill\.damaged-.*\.db$/.test(name))
  expect(aside.map((name) => readFileSync(join(folder.path, name)))).toEqual(before ? [before] : [])
  expect((await get(core, 'progress.record', { events: [sectionRead()] })).durable).toBe(true)
  await core.close()

  const again = await start()
  expect((await get(again, 'progress.snapshot', {})).events).toBe(events + 1)
  const [notice] = (await get(again, 'storage.status', {})).notices
  expect((await get(again, 'storage.dismissNotice', { id: notice!.id })).notices).toEqual([])
  await again.close()
  expect((await get(await start(), 'storage.status', {})).notices).toEqual([])
})

test('what can still be read of a damaged file is added to the backup', async () => {
  await lived()
  damage['a page in the middle']?.()
  const core = await start()
  expect((await get(core, 'progress.snapshot', {})).events).toBeGreaterThan(400)
  expect((await get(core, 'storage.status', {})).notices[0]?.message).toContain('could be read from the damaged file')
})

test('without a backup: what can be read is kept, else it starts empty and says so', async () => {
  await lived(false)
  damage['garbage all over']?.()
  const core = await start()
  expect((await get(core, 'progress.snapshot', {})).events).toBe(0)
  expect((await get(core, 'storage.status', {})).notices[0]?.message).toContain('starts empty')
})

test('a damaged backup is passed over for an older one', async () => {
  await lived()
  const folderOfBackups = join(folder.path, 'backups')
  writeFileSync(join(folderOfBackups, 'firedrill-2999-01-01T00-00-00-000Z-manual.db'), 'nonsense')
  damage['garbage all over']?.()
  expect((await get(await start(), 'progress.snapshot', {})).events).toBe(300)
})

test('an older file is copied, then migrated, and the learner is told', async () => {
  const database = new BetterSqlite3(file)
  migrate(database, 1)
  database.exec("INSERT INTO profiles VALUES ('p', 'Ada', 1, 1, NULL); INSERT INTO active_profile VALUES (1, 'p')")
  database.close()
  const core = await start()
  expect((await get(core, 'profile.list', {})).profiles.map(({ name }) => name)).toEqual(['Ada'])
  const { backups } = await get(core, 'backup.list', {})
  expect(backups.map(({ reason }) => reason)).toEqual(['before-migration'])
  const copy = new BetterSqlite3(join(folder.path, 'backups', backups[0]!.name))
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  copy.close()
  expect((await get(core, 'storage.status', {})).notices).toHaveLength(1)
})

test('a newer file is refused: untouched, and the app works in memory', async () => {
  await lived()
  const database = new BetterSqlite3(file)
  database.pragma(`user_version = ${newestVersion + 5}`)
  database.close()
  const before = readFileSync(file)
  const core = await start()
  const status = await get(core, 'storage.status', {})
  expect(status).toMatchObject({ state: 'refused', message: expect.stringContaining(`data version ${newestVersion + 5}; this one knows up to ${newestVersion}`) })
  expect(await get(core, 'progress.record', { events: [sectionRead()] })).toMatchObject({ durable: false, snapshot: { events: 1 } })
  expect((await get(core, 'progress.export', {})).events).toBe(1)
  expect(await ask(core, 'backup.create', {})).toMatchObject({ ok: false, error: { code: 'newer-data' } })
  await core.close()
  expect(readFileSync(file)).toEqual(before)
  expect(readdirSync(folder.path).filter((name) => name.includes('damaged'))).toEqual([])
})

test('a log without its end, as a power cut leaves it, costs only what was not acknowledged', async () => {
  const core = await start()
  await get(core, 'progress.record', { events: [sectionRead(), sectionRead()] })
  // A copy of the files while they are open is what a cut leaves; then the log's last bytes are torn.
  const torn = join(folder.path, 'torn')
  mkdirSync(torn)
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, join(torn, `firedrill.db${suffix}`))
  writeFileSync(join(torn, 'firedrill.db-wal'), Buffer.concat([readFileSync(`${file}-wal`), Buffer.alloc(3000, 7)]))
  const other = await coreIn(torn)
  expect((await get(other, 'progress.snapshot', {})).events).toBe(2)
  expect((await get(other, 'storage.status', {})).notices).toEqual([])
  await other.close()
})
