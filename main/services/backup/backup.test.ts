import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, coreIn, get, sectionRead, temporaryFolder } from '../../../test/fixtures/core-in-folder.ts'
import type { Core } from '../../api/contract.ts'

let folder: ReturnType<typeof temporaryFolder>
let nowMs = Date.UTC(2026, 0, 1)
const open: Core[] = []
async function start(): Promise<Core> {
  const core = await coreIn(folder.path, { now: () => nowMs })
  open.push(core)
  return core
}
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  for (const core of open.splice(0)) await core.close()
  folder.remove()
})

test('one backup by itself on each day with work, the newest 14 kept, manual ones for ever', async () => {
  const first = await start()
  expect((await get(first, 'backup.list', {})).backups).toEqual([])
  await get(first, 'progress.record', { events: [sectionRead()] })
  const manual = (await get(first, 'backup.create', {})).backup
  await first.close()
  for (let day = 1; day <= 17; day += 1) {
    nowMs = Date.UTC(2026, 0, 1 + day)
    for (let launch = 0; launch < 2; launch += 1) await (await start()).close()
  }
  const { backups, folder: where } = await get(await start(), 'backup.list', {})
  expect(backups.map(({ reason, at }) => `${reason} ${new Date(at).toISOString().slice(0, 10)}`)).toEqual([
    ...Array.from({ length: 14 }, (_, index) => `daily 2026-01-${18 - index}`.replace(/-(\d)$/, '-0$1')),
    'manual 2026-01-01',
  ])
  expect(backups.at(-1)).toEqual(manual)
  expect(readdirSync(where)).toHaveLength(15)
})

test('restoring goes back, keeps what was there, and can itself be undone', async () => {
  const core = await start()
  await get(core, 'progress.record', { events: [sectionRead()] })
  const { backup } = await get(core, 'backup.create', {})
  await get(core, 'progress.record', { events: [sectionRead(), sectionRead()] })
  const bob = (await get(core, 'profile.create', { name: 'Bob' })).profile
  await get(core, 'profile.activate', { id: bob.id })

  const pushes: string[] = []
  core.subscribe((name) => pushes.push(name))
  const { restored, setAside } = await get(core, 'backup.restore', { name: backup.name })
  expect(restored).toEqual(backup)
  expect(setAside.reason).toBe('before-restore')
  expect(pushes).toEqual(expect.arrayContaining(['profile.changed', 'progress.changed', 'settings.changed']))
  expect((await get(core, 'progress.snapshot', {})).events).toBe(1)
  expect((await get(core, 'profile.list', {})).profiles).toHaveLength(1)
  expect((await get(core, 'progress.record', { events: [sectionRead()] })).durable).toBe(true)

  await get(core, 'backup.restore', { name: setAside.name })
  expect((await get(core, 'profile.list', {})).active).toBe(bob.id)
  await core.close()
  const again = await start()
  expect((await get(again, 'profile.list', {})).profiles.map(({ name }) => name).sort()).toEqual(['Bob', 'Learner'])
})

test('work that arrives during a restore is neither lost nor blocked', async () => {
  const core = await start()
  await get(core, 'progress.record', { events: [sectionRead()] })
  const { backup } = await get(core, 'backup.create', {})
  const bob = (await get(core, 'profile.create', { name: 'Bob' })).profile
  await get(core, 'profile.activate', { id: bob.id })
  const restoring = get(core, 'backup.restore', { name: backup.name })
  const late = sectionRead()
  expect((await get(core, 'progress.record', { events: [late] })).acknowledged).toEqual([late.id])
  await restoring
  await core.close()
  const again = await start()
  expect(await get(again, 'storage.status', {})).toMatchObject({ state: 'ok', pending: 0 })
  // Bob is not in the backup; his late work brings him along.
  expect((await get(again, 'progress.snapshot', {})).events).toBe(1)
  await get(again, 'profile.activate', { id: bob.id })
  expect((await get(again, 'progress.export', {})).text).toContain(late.id)
})

test('a backup that is damaged, gone, or no backup changes nothing', async () => {
  const core = await start()
  await get(core, 'progress.record', { events: [sectionRead()] })
  const name = 'firedrill-2020-01-01T00-00-00-000Z-manual.db'
  mkdirSync(join(folder.path, 'backups'), { recursive: true })
  writeFileSync(join(folder.path, 'backups', name), 'nonsense')
  expect(await ask(core, 'backup.restore', { name })).toMatchObject({ ok: false, error: { code: 'storage', message: expect.stringContaining('damaged') } })
  for (const other of ['../firedrill.db', 'firedrill-2021-01-01T00-00-00-000Z-manual.db']) {
    expect(await ask(core, 'backup.restore', { name: other })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  }
  expect((await get(core, 'progress.snapshot', {})).events).toBe(1)
  expect((await get(core, 'backup.list', {})).backups.map(({ reason }) => reason)).toEqual(['manual'])
})
