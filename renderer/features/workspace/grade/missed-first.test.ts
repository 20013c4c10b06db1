import { describe, expect, it } from 'vitest'
import type { GradeCheck } from '../../../../exercises/core/grade.ts'
import { commonFault, goalState, missedFirst } from './missed-first.ts'

const check = (id: string, rest: Partial<GradeCheck>): GradeCheck => ({ id, label: id, passed: false, points: 2, evidence: id, ...rest })
const met = check('met', { passed: true })
const partly = check('partly', { failure: 'wrong', earned: 1 })
const missed = check('missed', { failure: 'wrong' })

describe('goals of a grade', () => {
  it('puts what is not met first and keeps the order otherwise', () => {
    expect(missedFirst([met, partly, check('met too', { passed: true }), missed]).map(({ id }) => id)).toEqual(['partly', 'missed', 'met', 'met too'])
  })

  it('says a fault of the whole text once, and not one of a single goal', () => {
    const fault = { failure: 'syntax', evidence: 'Line 7: an end is missing', line: 7 } as const
    expect(commonFault([check('a', fault), check('b', fault)])).toMatchObject({ line: 7 })
    expect(commonFault([check('a', fault), met])).toBeNull()
    expect(commonFault([check('a', fault), check('b', { ...fault, evidence: 'Line 8: another' })])).toBeNull()
    expect(commonFault([missed, missed])).toBeNull()
  })

  it('names a goal that is met in part so everywhere', () => {
    expect([met, partly, missed, check('x', { failure: 'syntax' }), undefined].map((one) => goalState(one).words)).toEqual(['met', 'met in part', 'not met', 'not checked', 'not checked'])
  })
})
