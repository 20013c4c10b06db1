import { expect, it } from 'vitest'
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'
import { shiftSteps } from './shift-steps.ts'

const doneOf = (...entries: ShiftEntry[]): readonly string[] => shiftSteps(entries, 'none').flatMap(({ id, isDone }) => (isDone ? [id] : []))
const acted = (refused: string | null): ShiftEntry => ({ type: 'acted', atUs: 1, act: { action: 'restart', target: 'api' }, by: 'console', refused, effectUs: null, summary: '' })

it('begins with nothing done', () => {
  expect(doneOf()).toEqual([])
})
it('marks what is in the timeline, in any order', () => {
  expect(doneOf({ type: 'said', atUs: 1, channel: 'incident', text: 'We look.', phase: 'investigating' }, { type: 'acknowledged', atUs: 2 })).toEqual(['acknowledge', 'tell'])
})
it('does not count an action that was refused', () => {
  expect(doneOf(acted('no such part'))).toEqual([])
  expect(doneOf(acted(null))).toEqual(['act'])
})
const supposed = (cause: string, confidence = 50): ShiftEntry => ({ type: 'supposed', atUs: 1, hypothesis: { id: cause === '' ? 'a' : cause, cause, component: '', confidence, supports: [], against: [], note: '' } })
it('takes an empty card for no hypothesis', () => {
  expect(doneOf(supposed(''))).toEqual([])
  expect(doneOf(supposed('leak'))).toEqual(['suppose'])
})
it('needs no action of who holds that there is no fault, as long as that is the likeliest', () => {
  expect(doneOf(supposed('none', 70))).toEqual(['suppose', 'act'])
  expect(shiftSteps([supposed('none', 70)], 'none').find(({ id }) => id === 'act')?.label).toMatch(/^No action needed/)
  expect(doneOf(supposed('none', 40), supposed('leak', 60))).toEqual(['suppose'])
  expect(doneOf(supposed('leak'), acted(null))).toEqual(['suppose', 'act'])
})
