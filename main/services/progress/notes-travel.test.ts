/** Notes are facts of the log: they travel with an export, merge with those of another computer, and outlive the text that they stand on. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LearningEvent, LearningFact } from '../../../exercises/progress/events.ts'
import type { Note } from '../../../exercises/progress/snapshot.ts'
import { coreIn, eventOf, get, temporaryFolder } from '../../../test/fixtures/core-in-folder.ts'
import { createMemoryLibrary } from '../../../test/fixtures/memory-library.ts'
import type { Core } from '../../api/contract.ts'

const closing: (() => unknown)[] = []
let begun = Date.UTC(2026, 2, 1)

beforeEach(() => {
  begun += 86_400_000
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** An app on a computer of its own, with nothing in its data folder. */
async function computer(...more: Parameters<typeof coreIn> extends [string, ...infer Rest] ? Rest : never): Promise<Core> {
  const folder = temporaryFolder()
  closing.push(() => folder.remove())
  const core = await coreIn(folder.path, ...more)
  closing.push(() => core.close())
  return core
}

function kept(second: number, note: string, text: string, over: Partial<Extract<LearningFact, { type: 'note.kept' }>> = {}): LearningEvent {
  return eventOf({ type: 'note.kept', note, chapter: 'ch07', section: 'locks', block: 'p1', after: 0, quote: `The passage of ${note}.`, nth: 0, text, ...over }, begun + second * 1000)
}
const removed = (second: number, note: string): LearningEvent => eventOf({ type: 'note.removed', note }, begun + second * 1000)
const record = (core: Core, ...events: LearningEvent[]): Promise<unknown> => get(core, 'progress.record', { events })
const notesOf = async (core: Core): Promise<Note[]> => (await get(core, 'progress.snapshot', {})).notes
const exportOf = async (core: Core): Promise<string> => (await get(core, 'progress.export', {})).text
const take = (core: Core, text: string): Promise<unknown> => get(core, 'progress.import', { text })

test('highlights and notes come through an export, into another profile and onto another computer', async () => {
  const home = await computer()
  await record(
    home,
    kept(1, 'highlight', ''),
    kept(2, 'words', 'Ask Ana: “why 40 %?”\n\n\t- and twice \u2028\u{1F512}', { quote: 'two\nlines, "quoted" \\ and ünïcödé', nth: 3, after: 2 }),
    kept(3, 'gone', 'thought better of it'),
    kept(4, 'highlight', 'now with words'),
    removed(5, 'gone'),
  )
  const before = await notesOf(home)
  expect(before.map(({ id, text, at, changedAt }) => [id, text.slice(0, 8), at - begun, changedAt - begun])).toEqual([['highlight', 'now with', 1000, 4000], ['words', 'Ask Ana:', 2000, 2000]])
  const file = await exportOf(home)

  const { profile } = await get(home, 'profile.create', { name: 'Another' })
  await get(home, 'profile.activate', { id: profile.id })
  expect(await notesOf(home)).toEqual([])
  expect(await take(home, file)).toEqual({ added: 5, known: 0, rejected: [] })
  expect(await notesOf(home)).toEqual(before)

  const away = await computer()
  expect(await take(away, file)).toEqual({ added: 5, known: 0, rejected: [] })
  expect(await notesOf(away)).toEqual(before)
  expect(await take(away, file)).toEqual({ added: 0, known: 5, rejected: [] })
  expect(await notesOf(away)).toEqual(before)
})

test('what was noted on two computers merges to the same in either order', async () => {
  const [desk, laptop] = [await computer(), await computer()]
  await record(desk, kept(1, 'both', 'first'), kept(2, 'removed-there', ''), kept(3, 'removed-then-kept', 'draft'))
  await take(laptop, await exportOf(desk))
  await record(desk, kept(10, 'both', 'desk, earlier'), kept(14, 'removed-then-kept', 'wanted after all'), kept(16, 'desk', 'only here'))
  await record(laptop, kept(11, 'laptop', 'only there'), removed(12, 'removed-there'), removed(13, 'removed-then-kept'), kept(15, 'both', 'laptop, later'))
  const [ofDesk, ofLaptop] = [await exportOf(desk), await exportOf(laptop)]

  await take(desk, ofLaptop)
  await take(laptop, ofDesk)
  const [deskFirst, laptopFirst] = [await computer(), await computer()]
  for (const file of [ofDesk, ofLaptop]) await take(deskFirst, file)
  for (const file of [ofLaptop, ofDesk]) await take(laptopFirst, file)

  const merged = await notesOf(desk)
  expect(Object.fromEntries(merged.map(({ id, text }) => [id, text]))).toEqual({ both: 'laptop, later', laptop: 'only there', 'removed-then-kept': 'wanted after all', desk: 'only here' })
  for (const other of [laptop, deskFirst, laptopFirst]) expect(await notesOf(other)).toEqual(merged)
  expect(merged.find(({ id }) => id === 'both')).toMatchObject({ at: begun + 1000, changedAt: begun + 15_000 })
})

test('a note outlives its section, its chapter and a reset, and is exported again', async () => {
  const home = await computer()
  await record(home, kept(1, 'in-old-section', 'still mine', { section: 'no-longer-there' }), kept(2, 'in-old-chapter', 'mine too', { chapter: 'ch99' }), kept(3, 'renamed', '', { section: 'old-locks' }))
  await record(home, eventOf({ type: 'progress.reset', scope: 'all' }, begun + 4000))

  // The newer course of the other computer has renamed one section; of the others it knows nothing.
  const library = createMemoryLibrary()
  library.change([{ kind: 'section', from: 'ch07#old-locks', to: 'ch07#row-locks' }])
  const away = await computer({ library })
  await take(away, await exportOf(home))
  const places = (notes: readonly Note[]): string[] => notes.map(({ id, chapter, section, text }) => `${id}: ${chapter}#${section} ${text}`.trim())
  const expected = ['in-old-section: ch07#no-longer-there still mine', 'in-old-chapter: ch99#locks mine too', 'renamed: ch07#row-locks']
  expect(places(await notesOf(away))).toEqual(expected)

  const third = await computer({ library })
  await take(third, await exportOf(away))
  expect(places(await notesOf(third))).toEqual(expected)
})
