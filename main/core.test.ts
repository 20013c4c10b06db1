import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, coreIn, eventOf, get, sectionRead, temporaryFolder } from '../test/fixtures/core-in-folder.ts'
import { createMemoryLibrary } from '../test/fixtures/memory-library.ts'
import type { Core } from './api/contract.ts'
import { defaultSettings } from './api/contract.ts'

let folder: ReturnType<typeof temporaryFolder>
const open: Core[] = []
async function start(...more: Parameters<typeof coreIn> extends [string, ...infer R] ? R : never): Promise<Core> {
  const core = await coreIn(folder.path, ...more)
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

test('the first launch makes one profile named Learner, with default settings and nothing done', async () => {
  const core = await start()
  const { profiles, active } = await get(core, 'profile.list', {})
  expect(profiles.map(({ id, name }) => ({ id, name }))).toEqual([{ id: active, name: 'Learner' }])
  expect(await get(core, 'settings.get', {})).toEqual(defaultSettings)
  expect(await get(core, 'progress.snapshot', {})).toEqual({ chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 })
  expect(await get(core, 'storage.status', {})).toEqual({ state: 'ok', pending: 0, message: null, notices: [] })
})

test('what was recorded, drafted and set is there after a restart', async () => {
  const first = await start()
  const event = sectionRead('locks')
  const recorded = await get(first, 'progress.record', { events: [event, event] })
  expect(recorded).toMatchObject({ acknowledged: [event.id, event.id], durable: true, snapshot: { events: 1 } })
  expect(await get(first, 'draft.set', { key: 'sql-keyset', text: 'SELECT 1' })).toEqual({ durable: true })
  await get(first, 'settings.set', { theme: 'dark', readingSize: 19 })
  const before = await get(first, 'progress.snapshot', {})
  await first.close()

  const second = await start()
  expect(await get(second, 'progress.snapshot', {})).toEqual(before)
  expect(await get(second, 'draft.get', { key: 'sql-keyset' })).toEqual({ text: 'SELECT 1' })
  expect(await get(second, 'draft.get', { key: 'other' })).toEqual({ text: null })
  expect(await get(second, 'settings.get', {})).toEqual({ ...defaultSettings, theme: 'dark', readingSize: 19 })
  expect((await get(second, 'progress.record', { events: [event] })).snapshot.events).toBe(1)
})

test('a PDF is saved by the window that asks, where its host can', async () => {
  const asked: string[] = []
  const core = await start({
    savePdf: async (window, fileName) => {
      asked.push(`${window} ${fileName}`)
      if (fileName === 'full.pdf') throw new Error('ENOSPC')
      return fileName === 'given-up.pdf' ? null : `/tmp/ada/${fileName}`
    },
  })
  expect((await get(core, 'app.info', {})).capabilities.pdf).toBe(true)
  expect(await core.call('system.savePdf', { fileName: 'ch07-databases.pdf' }, 'window 3')).toEqual({ ok: true, value: { path: '/tmp/ada/ch07-databases.pdf' } })
  expect(await get(core, 'system.savePdf', { fileName: 'given-up.pdf' })).toEqual({ path: null })
  expect(await core.call('system.savePdf', { fileName: 'full.pdf' })).toMatchObject({ ok: false, error: { code: 'refused', message: expect.stringContaining('not saved') as string } })
  expect(await core.call('system.savePdf', { fileName: '../x.pdf' })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(asked).toEqual(['window 3 ch07-databases.pdf', ' given-up.pdf', ' full.pdf'])
  await core.close()
  expect(await (await start()).call('system.savePdf', { fileName: 'a.pdf' })).toMatchObject({ ok: false, error: { code: 'refused', message: expect.stringContaining('Print the chapter') as string } })
})

test('each profile has its own progress, settings and drafts; removing one can be undone', async () => {
  const core = await start({ learnerName: 'Ada' })
  const ada = (await get(core, 'profile.list', {})).active
  await get(core, 'progress.record', { events: [sectionRead()] })
  await get(core, 'settings.set', { theme: 'dark' })
  await get(core, 'draft.set', { key: 'k', text: 'Ada writes' })

  const bob = (await get(core, 'profile.create', { name: '  Bob ' })).profile
  expect(bob.name).toBe('Bob')
  const pushes: string[] = []
  core.subscribe((name) => pushes.push(name))
  await get(core, 'profile.activate', { id: bob.id })
  expect(pushes).toEqual(['profile.changed', 'progress.changed', 'settings.changed'])
  expect((await get(core, 'progress.snapshot', {})).events).toBe(0)
  expect((await get(core, 'settings.get', {})).theme).toBe('system')
  expect(await get(core, 'draft.get', { key: 'k' })).toEqual({ text: null })

  expect(await get(core, 'profile.remove', { id: bob.id })).toEqual({ active: ada })
  expect((await get(core, 'progress.snapshot', {})).events).toBe(1)
  expect(await ask(core, 'profile.remove', { id: ada })).toMatchObject({ ok: false, error: { code: 'refused' } })
  expect(await ask(core, 'profile.activate', { id: bob.id })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  await get(core, 'profile.restore', { id: bob.id })
  await get(core, 'profile.rename', { id: bob.id, name: 'Robert' })
  expect((await get(core, 'profile.list', {})).profiles.map(({ name }) => name)).toEqual(['Ada', 'Robert'])
})

test('bad input, unknown calls and bugs are typed failures; bugs are in the log', async () => {
  const library = createMemoryLibrary()
  const core = await start({ library: { ...library, index: () => { throw new Error('kaputt') } } })
  expect(await core.call('progress.record', { events: [{ id: 'x' }] })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(await core.call('settings.set', { theme: 'pink' })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(await core.call('app.info', { surplus: 1 })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  for (const name of ['no.such', 'constructor', '__proto__', '']) expect(await core.call(name, {})).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
  expect(await core.call('library.index', {})).toMatchObject({ ok: false, error: { code: 'internal', details: expect.stringContaining('kaputt') } })
  expect(readFileSync(join(folder.path, 'firedrill.log'), 'utf8')).toContain('kaputt')
  expect(await core.call('system.openDataFolder', {})).toMatchObject({ ok: false, error: { code: 'refused', message: expect.stringContaining(folder.path) } })
})

test('a renamed exercise keeps its pass when the content changes', async () => {
  const library = createMemoryLibrary()
  const core = await start({ library })
  const grade = { score: 1, passed: true, checks: [] }
  await get(core, 'progress.record', { events: [eventOf({ type: 'exercise.graded', exercise: 'old', version: 1, answer: 'x', grade, finalScore: 1, skills: ['s'] })] })
  library.change([{ kind: 'exercise', from: 'old', to: 'new' }])
  expect(Object.keys((await get(core, 'progress.snapshot', {})).exercises)).toEqual(['new'])
})

test('export and import carry a log to another profile, line by line and only once', async () => {
  const core = await start()
  const events = [sectionRead('a'), sectionRead('b'), sectionRead('c')]
  await get(core, 'progress.record', { events })
  const before = await get(core, 'progress.snapshot', {})
  const file = await get(core, 'progress.export', {})
  expect(file).toMatchObject({ events: 3, fileName: expect.stringMatching(/^firedrill-learner-\d{4}-\d\d-\d\d\.jsonl$/) })
  expect(await get(core, 'progress.import', { text: file.text })).toEqual({ added: 0, known: 3, rejected: [] })

  const other = (await get(core, 'profile.create', { name: 'Other' })).profile
  await get(core, 'profile.activate', { id: other.id })
  const [header, ...lines] = file.text.trimEnd().split('\n')
  const damaged = [header, lines[2], 'not json', lines[0], '{"id":"1"}', lines[0]].join('\r\n')
  const result = await get(core, 'progress.import', { text: `\uFEFF${damaged}\r\n` })
  expect(result).toMatchObject({ added: 2, known: 1, rejected: [{ line: 3 }, { line: 5 }] })
  expect(await get(core, 'progress.import', { text: file.text })).toMatchObject({ added: 1, known: 2 })
  expect(await get(core, 'progress.snapshot', {})).toEqual(before)

  const cut = [header, lines[0]].join('\n')
  expect((await get(core, 'progress.import', { text: cut })).rejected[0]?.why).toContain('ends early')
  expect(await ask(core, 'progress.import', { text: 'hello' })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(await ask(core, 'progress.import', { text: (header ?? '').replace('"version":1', '"version":2') })).toMatchObject({ ok: false, error: { code: 'newer-data' } })
})

test('a data folder that cannot be made still gives a working app, in memory', async () => {
  const file = join(folder.path, 'file')
  writeFileSync(file, 'in the way')
  const core = await coreIn(join(file, 'data'))
  open.push(core)
  const event = sectionRead('locks')
  expect(await get(core, 'progress.record', { events: [event] })).toMatchObject({ durable: false, snapshot: { events: 1 } })
  await get(core, 'draft.set', { key: 'k', text: 't' })
  expect(await get(core, 'draft.get', { key: 'k' })).toEqual({ text: 't' })
  expect((await get(core, 'progress.export', {})).text).toContain(event.id)
  expect(await get(core, 'storage.status', {})).toMatchObject({ state: 'memory', message: expect.stringContaining('cannot be used') })
  expect(await ask(core, 'backup.create', {})).toMatchObject({ ok: false, error: { code: 'storage' } })
})

test('calls after closing are refused, and closing twice is harmless', async () => {
  mkdirSync(folder.path, { recursive: true })
  const core = await start()
  await Promise.all([core.close(), core.close()])
  expect(await core.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'disconnected' } })
})
