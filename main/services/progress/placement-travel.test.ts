/** Results of the placement test and the marks "known" travel with an export and merge with those of another computer. */
import { afterEach, expect, test } from 'vitest'
import type { LearningEvent, LearningFact } from '../../../exercises/progress/events.ts'
import type { ProgressSnapshot } from '../../../exercises/progress/snapshot.ts'
import { coreIn, eventOf, get, temporaryFolder } from '../../../test/fixtures/core-in-folder.ts'
import type { Core } from '../../api/contract.ts'

const closing: (() => unknown)[] = []
const begun = Date.UTC(2026, 5, 1)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function computer(): Promise<Core> {
  const folder = temporaryFolder()
  closing.push(() => folder.remove())
  const core = await coreIn(folder.path)
  closing.push(() => core.close())
  return core
}
const at = (second: number, fact: LearningFact): LearningEvent => eventOf(fact, begun + second * 1000)
const known = (second: number, chapter: string, is = true): LearningEvent => at(second, { type: 'chapter.known', chapter, known: is })
const placed = (second: number, chapter: string, passed: boolean): LearningEvent =>
  at(second, { type: 'chapter.placed', chapter, passed, answers: [{ check: 'pool-rate', answer: 1.66, correct: true }, { check: 'lock-order', answer: passed ? ['first', 'second'] : null, correct: passed }] })
const record = (core: Core, ...events: LearningEvent[]): Promise<unknown> => get(core, 'progress.record', { events })
const exportOf = async (core: Core): Promise<string> => (await get(core, 'progress.export', {})).text
const take = (core: Core, text: string): Promise<unknown> => get(core, 'progress.import', { text })
const shown = async (core: Core): Promise<Pick<ProgressSnapshot, 'placed' | 'known'>> => {
  const { placed: results, known: marks } = await get(core, 'progress.snapshot', {})
  return { placed: results, known: marks }
}

test('a result and its marks come through an export onto another computer, once', async () => {
  const home = await computer()
  await record(home, placed(1, 'ch07', true), known(2, 'ch07'), placed(3, 'ch08', false))
  const away = await computer()
  const file = await exportOf(home)
  expect(await take(away, file)).toEqual({ added: 3, known: 0, rejected: [] })
  expect(await take(away, file)).toEqual({ added: 0, known: 3, rejected: [] })
  expect(await shown(away)).toEqual(await shown(home))
  expect(await shown(away)).toMatchObject({ known: ['ch07'], placed: { ch08: { passed: false, answers: [{ answer: 1.66 }, { answer: null }] } } })
})

test('two computers that merge agree, and for each chapter the newest word counts', async () => {
  const [desk, laptop] = [await computer(), await computer()]
  await record(desk, placed(1, 'ch07', true), known(2, 'ch07'), placed(3, 'ch08', true), known(4, 'ch08'))
  await take(laptop, await exportOf(desk))
  await record(desk, known(20, 'ch08', false))
  await record(laptop, placed(10, 'ch07', false), known(11, 'ch07', false), known(12, 'ch08'), placed(13, 'ch01', true), known(14, 'ch01'))
  const [ofDesk, ofLaptop] = [await exportOf(desk), await exportOf(laptop)]
  await take(desk, ofLaptop)
  await take(laptop, ofDesk)
  expect(await shown(desk)).toEqual(await shown(laptop))
  expect(await shown(desk)).toMatchObject({ known: ['ch01'], placed: { ch07: { passed: false }, ch08: { passed: true }, ch01: { passed: true } } })
})
