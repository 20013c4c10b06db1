import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecisionAnswer, writeDecisionAnswer } from './answer.ts'
import { gradeDecision } from './grade.ts'
import { brierScore } from './judges/hypotheses.ts'
import { readNumber } from './judges/estimate.ts'
import { decisionExerciseSchema } from './schema.ts'
import { decisionKind } from './source.ts'

const exercise = decisionExerciseSchema.parse({
  id: 'x', kind: 'decision', version: 1, title: 'X', summary: 'X', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['a'], covers: [],
  hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
  proof: { reference: '{}', wrong: [{ file: '{}', fails: ['steps'], belief: 'x' }] },
  checks: [
    {
      id: 'steps', label: 'Steps', type: 'order', points: 4,
      items: [{ id: 'c', label: 'C' }, { id: 'a', label: 'A' }, { id: 'b', label: 'B' }, { id: 'bad', label: 'Bad', leaveOut: 'It hurts.' }],
      before: [{ first: 'a', then: 'c', because: 'C needs A.' }, { first: 'b', then: 'c', because: 'C needs B.' }],
    },
    { id: 'pick', label: 'Pick', type: 'choose', options: [{ id: 'r1', label: 'R1', verdict: 'right', because: 'yes' }, { id: 'r2', label: 'R2', verdict: 'right', because: 'yes' }, { id: 'w', label: 'W', verdict: 'wrong', because: 'no' }, { id: 'f', label: 'F', verdict: 'fine', because: 'meh' }] },
    { id: 'pairs', label: 'Pairs', type: 'match', to: [{ id: 'x', label: 'X' }, { id: 'y', label: 'Y' }], from: [{ id: 'p', label: 'P', accept: ['x'], because: 'px', not: { y: 'Tempting.' } }, { id: 'q', label: 'Q', accept: ['x', 'y'], because: 'qx' }] },
    { id: 'belief', label: 'Belief', type: 'hypotheses', truth: 't', mostBrier: 0.2, causes: [{ id: 't', label: 'T', because: 'seen' }, { id: 'u', label: 'U', because: 'unseen' }] },
    { id: 'look', label: 'Look', type: 'observe', budgetMinutes: 10, needs: [{ oneOf: ['o1', 'o2'], because: 'needed' }], observations: [{ id: 'o1', label: 'O1', minutes: 4, reveals: '1', because: 'one' }, { id: 'o2', label: 'O2', minutes: 8, reveals: '2', because: 'two' }, { id: 'o3', label: 'O3', minutes: 5, reveals: '3', because: 'three' }] },
    { id: 'size', label: 'Size', type: 'estimate', answer: 120, tolerance: 0.05, units: { s: 1, min: 60 }, because: '2 x 60.', mistakes: [{ value: 7200, because: 'Those are minutes.' }] },
  ],
})
const grade = (answer: object) => gradeDecision(exercise, JSON.stringify(answer))
const check = (id: string, answer: unknown) => grade({ [id]: answer }).checks.find((one) => one.id === id)

describe('gradeDecision', () => {
  it('takes every order that keeps the demands', () => {
    expect(check('steps', ['a', 'b', 'c'])).toMatchObject({ passed: true })
    expect(check('steps', ['b', 'a', 'c'])).toMatchObject({ passed: true })
  })

  it('names each broken demand and each step that does not belong, and gives a part of the points', () => {
    const seen = check('steps', ['a', 'c', 'b', 'bad'])
    expect(seen).toMatchObject({ passed: false, failure: 'wrong', earned: expect.any(Number) })
    expect(seen?.evidence).toContain('"B" comes before "C": C needs B.')
    expect(seen?.evidence).toContain('Does not belong here: Bad. It hurts.')
    expect(seen?.evidence).not.toContain('C needs A.')
    expect(check('steps', ['a', 'b'])?.evidence).toContain('Left out, and needed: C')
  })

  it('gives reasons for what was chosen and only the number of what was not', () => {
    const seen = check('pick', ['r1', 'w'])
    expect(seen).toMatchObject({ passed: false })
    expect(seen?.evidence).toContain('Wrong: W. no')
    expect(seen?.evidence).toContain('1 more belongs here.')
    expect(seen?.evidence).not.toContain('R2')
    expect(check('pick', ['r2', 'f', 'r1'])).toMatchObject({ passed: true })
  })

  it('judges pairs one by one', () => {
    expect(check('pairs', { p: 'x', q: 'y' })).toMatchObject({ passed: true })
    expect(check('pairs', { p: 'y', q: 'y' })?.evidence).toContain('Wrong: P -> Y. Tempting.')
    expect(check('pairs', { p: 'x' })?.evidence).toContain('Not matched: Q')
  })

  it('scores confidence by Brier and says the sum when it is not 100', () => {
    expect(check('belief', { t: 90, u: 10 })).toMatchObject({ passed: true })
    expect(check('belief', { t: 50, u: 50 })).toMatchObject({ passed: false, earned: expect.any(Number) })
    expect(check('belief', { t: 90, u: 20 })?.evidence).toContain('sum to 110%')
    expect(check('belief', { t: 150, u: -50 })).toMatchObject({ passed: false })
  })

  it('holds observations to the budget', () => {
    expect(check('look', ['o2'])).toMatchObject({ passed: true })
    expect(check('look', ['o1', 'o3'])).toMatchObject({ passed: true })
    expect(check('look', ['o1', 'o2'])?.evidence).toContain('12 of 10 minutes')
    expect(check('look', ['o3'])?.evidence).toContain('1 question that the decision needs has no observation')
  })

  it('reads numbers in any of the units', () => {
    expect(check('size', { value: '2', unit: 'min' })).toMatchObject({ passed: true })
    expect(check('size', { value: '118', unit: 's' })).toMatchObject({ passed: true })
    expect(check('size', { value: '120', unit: 'min' })?.evidence).toContain('Those are minutes.')
    expect(check('size', { value: '120', unit: '' })?.evidence).toContain('of what?')
    expect(check('size', { value: 'many', unit: 's' })?.evidence).toContain('not a number')
  })

  it('leaves what was not decided unjudged', () => {
    for (const answer of ['', '{}']) expect(gradeDecision(exercise, answer).checks.every((one) => one.failure === 'not-run')).toBe(true)
    expect(gradeDecision(exercise, '{').checks.every((one) => one.failure === 'syntax')).toBe(true)
  })

  it('never throws and never passes on what is no decision', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...exercise.checks.map((one) => one.id)), fc.jsonValue()), (answer) => {
      const { score, passed } = grade(answer)
      expect(passed).toBe(false)
      expect(score).toBeLessThan(1)
    }), { numRuns: 200 })
  })
})

describe('parts', () => {
  it('Brier is best answered honestly', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (belief, said) => {
      const expected = (stated: number): number => belief * brierScore([stated, 1 - stated], 0) + (1 - belief) * brierScore([stated, 1 - stated], 1)
      expect(expected(belief)).toBeLessThanOrEqual(expected(said) + 1e-12)
    }))
  })

  it.each([['1,200', 1200], ['1 200.5', 1200.5], ['1e3', 1000], ['.5', 0.5], ['1,2', null], ['', null], ['12a', null]])('reads %j as %j', (text, number) => {
    expect(readNumber(text)).toBe(number)
  })

  it('writes an answer that reads back', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.array(fc.string())), (answer) => {
      expect(parseDecisionAnswer(writeDecisionAnswer(answer))).toEqual({ ok: true, value: answer })
    }))
  })

  it('refuses an order that is right as it is shown, and names that do not exist', () => {
    expect(decisionKind.nameFaults(exercise)).toEqual([])
    const order = { ...exercise.checks[0]!, items: [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }, { id: 'c', label: 'C' }] } as (typeof exercise.checks)[0]
    expect(decisionKind.nameFaults({ ...exercise, checks: [order] })[0]?.message).toContain('right order already')
  })
})
