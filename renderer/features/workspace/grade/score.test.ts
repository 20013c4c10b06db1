import { describe, expect, it } from 'vitest'
import { gradeFromChecks } from '../../../../exercises/core/grade.ts'
import { arithmetic, scoreOf } from './score.ts'

const grade = gradeFromChecks([
  { id: 'a', label: '', passed: true, points: 4, evidence: '' },
  { id: 'b', label: '', passed: false, points: 1, evidence: '' },
])

describe('scores', () => {
  it('takes hint costs off and says the sum', () => {
    expect(scoreOf(grade, [0.1, 0.2])).toEqual({ earned: 4, points: 5, hintCost: 0.3, final: 0.5 })
    expect(arithmetic(scoreOf(grade, [0.1]))).toBe('4 of 5 points = 80%, less 10% for hints = 70%')
    expect(arithmetic(scoreOf(grade, []))).toBe('4 of 5 points = 80%')
  })

  it('never goes below 0', () => {
    expect(scoreOf(grade, [0.5, 0.5]).final).toBe(0)
    expect(arithmetic(scoreOf(gradeFromChecks([]), []))).toBe('0 of 0 points = 0%')
  })
})
