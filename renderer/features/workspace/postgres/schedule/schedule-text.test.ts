import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moved, stepsOf, textOf } from './schedule-text.ts'

const sessions = ['A', 'B']
const step = fc.record({ session: fc.constantFrom(...sessions), sql: fc.constantFrom('BEGIN', 'SELECT 1', 'UPDATE t\n  SET a = 1', 'COMMIT; BEGIN') })

describe('the text of a schedule', () => {
  it('comes back as the steps that it was made of', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        expect(stepsOf(textOf(steps), sessions)).toEqual(steps)
      }),
    )
  })

  it('is no table where a line is no step', () => {
    expect(stepsOf('C: SELECT 1', sessions)).toBeNull()
    expect(stepsOf('SELECT 1', sessions)).toBeNull()
    expect(stepsOf('-- a remark\nA: BEGIN', sessions)).toEqual([{ session: 'A', sql: 'BEGIN' }])
  })
})

it('moves a step, and keeps all of them', () => {
  const steps = ['1', '2', '3'].map((sql) => ({ session: 'A', sql }))
  expect(moved(steps, 0, 2).map(({ sql }) => sql)).toEqual(['2', '3', '1'])
  expect(moved(steps, 2, 0).map(({ sql }) => sql)).toEqual(['3', '1', '2'])
  expect(moved(steps, 0, -1)).toEqual(steps)
  expect(moved(steps, 2, 3)).toEqual(steps)
})
