import { expect, it } from 'vitest'
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'
import { shiftSteps } from './shift-steps.ts'

const doneOf = (...entries: ShiftEntry[]): readonly string[] => shiftSteps(entries).flatMap(({ id, isDone }) => (isDone ? [id] : []))
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
