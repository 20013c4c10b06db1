import { expect, test } from 'vitest'
import type { Section } from '../../../exercises/content/model.ts'
import { emptyChapterProgress } from '../../../exercises/progress/snapshot.ts'
import { isTried } from './section-state.ts'

const section = {
  id: 'one', title: 'One', covers: [],
  blocks: [{ t: 'check', check: { id: 'c1', type: 'number', prompt: [], explanation: [] } }, { t: 'walkthrough', id: 'w1' }],
} as unknown as Section
const answered = { c1: { answer: 'a', correct: false, firstCorrect: false, attempts: 1 } }
const stage = (choices: string[]) => ({ w1: { finished: false, minutesSpent: 1, stages: { first: { observed: ['x'], choices, decided: false } } } })

test('a section is tried when each check is answered, also wrongly, and each investigation has a decision', () => {
  expect(isTried(section, emptyChapterProgress)).toBe(false)
  expect(isTried(section, { checks: answered, walkthroughs: {} })).toBe(false)
  expect(isTried(section, { checks: answered, walkthroughs: stage([]) })).toBe(false)
  expect(isTried(section, { checks: answered, walkthroughs: stage(['a']) })).toBe(true)
  expect(isTried({ ...section, blocks: [] }, emptyChapterProgress)).toBe(true)
})
