import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../../../exercises/content/model.ts'
import { choiceCheck, multipleCheck, numberCheck, orderCheck } from '../fixture-chapter.ts'
import { startDraft, readDraft } from './check-draft.ts'
import { answerFits, judgeCheck, moveItem, readNumber, shuffleItems } from './check-logic.ts'
import { verdictSentence } from './verdict.ts'

describe('judgeCheck', () => {
  it('takes the one right option, all right ones, a number within tolerance, and the right order', () => {
    expect([judgeCheck(choiceCheck, 'b'), judgeCheck(choiceCheck, 'a'), judgeCheck(choiceCheck, 'zzz')]).toEqual([true, false, false])
    expect([judgeCheck(multipleCheck, ['b', 'a']), judgeCheck(multipleCheck, ['a']), judgeCheck(multipleCheck, ['a', 'b', 'c'])]).toEqual([true, false, false])
    expect(judgeCheck(orderCheck, ['one', 'two', 'three', 'four'])).toBe(true)
    expect(judgeCheck(orderCheck, ['two', 'one', 'three', 'four'])).toBe(false)
  })
  it('counts the edge of the tolerance as inside, though decimal fractions are not exact', () => {
    expect([1.64, 1.68, 1.6801, 1.63].map((given) => judgeCheck(numberCheck, given))).toEqual([true, true, false, false])
  })
  it('refuses an answer of another form, left from before the question was edited', () => {
    expect(judgeCheck(numberCheck, 'b')).toBe(false)
    expect([answerFits(choiceCheck, 'b'), answerFits(choiceCheck, 'gone'), answerFits(choiceCheck, 3), answerFits(orderCheck, ['one'])]).toEqual([true, false, false, false])
  })
})

describe('readNumber', () => {
  it.each([
    ['1.66', 1.66],
    ['1,66', 1.66],
    ['10,010', 10010],
    ['10 010', 10010],
    ['1,234,567.5', 1234567.5],
    [' 1.66 checkouts/s ', 1.66],
    ['25 %', 25],
    ['−3', -3],
    ['1e6', 1e6],
    ['.5', 0.5],
  ])('reads %s', (text, value) => expect(readNumber(text, 'checkouts/s')).toBe(value))
  it.each(['', 'about 3', '3-4', '1.2.3', 'Infinity', '1 2'])('does not read "%s"', (text) => expect(readNumber(text, '')).toBeNull())
  it('reads back every number that it could have been shown', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => readNumber(String(value), '') === value || Object.is(value, -0)))
  })
})

describe('order', () => {
  it('is shuffled the same way each time, holds every item, and never begins right', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 9 }), fc.string(), (items, seed) => {
        const shuffled = shuffleItems(items, seed)
        expect(shuffled).toEqual(shuffleItems(items, seed))
        expect([...shuffled].sort()).toEqual([...items].sort())
        expect(shuffled).not.toEqual(items)
      }),
    )
  })
  it('moves an item and keeps the others in their order', () => {
    expect(moveItem(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(moveItem(['a', 'b', 'c'], 2, -5)).toEqual(['c', 'a', 'b'])
  })
})

describe('draft and verdict', () => {
  it('asks for what is missing before it judges', () => {
    expect(readDraft(choiceCheck, startDraft(choiceCheck, null))).toMatchObject({ ok: false, error: 'Choose one first.' })
    expect(readDraft(numberCheck, { type: 'number', text: 'many' })).toMatchObject({ ok: false })
    expect(readDraft(numberCheck, { type: 'number', text: '1,66' })).toEqual({ ok: true, value: 1.66 })
    expect(readDraft(choiceCheck, startDraft(choiceCheck, 'c'))).toEqual({ ok: true, value: 'c' })
  })
  it('says what was off without giving the answer away', () => {
    expect(verdictSentence(numberCheck, 3, false)).toBe('3 checkouts/s is too high.')
    expect(verdictSentence({ ...numberCheck, answer: 12_000, tolerance: 500, unit: 'calls' } as Check, 11_900.5, true)).toBe('11,900.5 calls, within 500 of 12,000.')
    expect(verdictSentence({ ...numberCheck, answer: 0.0004, tolerance: 0, unit: '' } as Check, 0.0004, true)).toBe('0.0004.')
    expect(verdictSentence(multipleCheck, ['a', 'c'], false)).toBe('You chose 1 of the 2 that hold and 1 that does not.')
    expect(verdictSentence(orderCheck, ['two', 'one', 'three', 'four'], false)).toBe('2 of 4 are in place.')
  })
})
