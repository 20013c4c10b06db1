import { expect, test } from 'firedrill/test'
import type { Case, Recording } from './cases.ts'
import { boundsOf, compare, faultsOf } from './regression.ts'

const caseOf = (rest: Partial<Case> = {}): Case => ({ id: 'c', question: '?', expect: 'answer', facts: [['yes']], forbidden: [], ...rest })
/** So many outputs that pass, and so many that do not. */
const recordings = (caseId: string, passing: number, failing: number, bad = 'no'): Recording[] => [...Array.from({ length: passing }, () => ({ caseId, output: 'yes' })), ...Array.from({ length: failing }, () => ({ caseId, output: bad }))]
const simple = (...ids: string[]): Case[] => ids.map((id) => caseOf({ id }))

test('whole-words', () => {
  const days = caseOf({ facts: [['30 days']], forbidden: ['14 days', 'free'] })
  const cases: [string, string[]][] = [
    ['within 30 days.', []], ['(30 days)', []], ['30 days', []], ['"30  Days"!', []], ['after130 days', ['fact: 30 days']], ['within 130 days', ['fact: 30 days']], ['30 daystar', ['fact: 30 days']], ['130 days, no: 30 days', []],
    ['30 days, not 114 days', []], ['30 days or 14 days', ['claim: 14 days']], ['30 days, freely, carefree', []], ['30 days, free-of-charge', ['claim: free']], ['30 days, gefreeß', []],
  ]
  for (const [output, faults] of cases) expect(faultsOf(days, output), `the faults of "${output}"`).toEqual(faults)
  const special = caseOf({ facts: [['4.99 euro (incl. vat)']], forbidden: ['c++', '$5'] })
  expect(faultsOf(special, 'It is 4.99 euro (incl. VAT).'), 'a wording with a dot and brackets').toEqual([])
  expect(faultsOf(special, 'It is 4x99 euro incl. vat'), 'the dot as any letter').toEqual(['fact: 4.99 euro (incl. vat)'])
  expect(faultsOf(special, '4.99 euro (incl. vat), or $5 in c++').toSorted(), 'claims with special characters').toEqual(['claim: $5', 'claim: c++'])
})

test('helpful-no', () => {
  const refund = caseOf({ facts: [['30 days'], ['shop.example/refunds']] })
  expect(faultsOf(refund, "I can't see your card number, but refunds arrive within 30 days: shop.example/refunds"), 'a limit beside the whole answer').toEqual([])
  expect(faultsOf(refund, 'I cannot check your order. Refunds arrive within 30 days.'), 'a limit beside half of it').toEqual(['fact: shop.example/refunds'])
  expect(faultsOf(refund, 'I cannot help with refunds. Please contact a human.').toSorted(), 'a refusal').toEqual(['fact: 30 days', 'fact: shop.example/refunds', 'refused'])
  expect(faultsOf(caseOf({ expect: 'refusal', facts: [['30 days']] }), "I can't tell."), 'a refusal that is due needs no facts').toEqual([])
})

test('timeouts', () => {
  const { cases } = compare(simple('a'), recordings('a', 20, 0), recordings('a', 15, 15, ''))
  expect([cases[0]?.passed, cases[0]?.samples], 'passed and samples of 15 answers and 15 timeouts').toEqual([15, 30])
  const wordless = [caseOf({ id: 'a', facts: [] }), caseOf({ id: 'b', facts: [], expect: 'refusal' })]
  expect(faultsOf(wordless[0] ?? caseOf(), ' \n'), 'an empty answer, where no fact is required').toEqual(['refused'])
  expect(faultsOf(wordless[1] ?? caseOf(), ''), 'an empty answer, where a refusal is due').toEqual(['complied'])
})

test('too-few', () => {
  const verdictOf = (passed: number, failed: number) => compare(simple('a'), recordings('a', 20, 0), recordings('a', passed, failed)).cases[0]?.verdict
  expect(verdictOf(1, 0), '1 of 1').toBe('unclear')
  expect(verdictOf(3, 0), '3 of 3').toBe('unclear')
  expect(verdictOf(15, 0), '15 of 15').toBe('unclear')
  expect(verdictOf(16, 0), '16 of 16').toBe('pass')
  expect(verdictOf(90, 10), '90 of 100').toBe('pass')
  expect(verdictOf(17, 3), '17 of 20').toBe('unclear')
  expect(verdictOf(0, 1), '0 of 1').toBe('fail')
  expect(verdictOf(10, 10), '10 of 20').toBe('fail')
  expect(compare(simple('a'), [], recordings('a', 3, 0)).verdict, 'the report for 3 of 3').toBe('more samples')
})

test('not-measured', () => {
  const report = compare(simple('a', 'b', '__proto__', 'constructor'), recordings('a', 20, 0), [...recordings('a', 20, 0), ...recordings('unknown', 0, 50)])
  expect(report.cases.map(({ id, samples, verdict }) => `${id} ${samples} ${verdict}`), 'the cases, in their order').toEqual(['a 20 pass', 'b 0 unclear', '__proto__ 0 unclear', 'constructor 0 unclear'])
  expect([report.cases[1]?.low, report.cases[1]?.high], 'bounds without samples').toEqual([0, 1])
  expect(report.verdict, 'the report').toBe('more samples')
})

test('one-case', () => {
  const ids = ['refund', ...Array.from({ length: 9 }, (_, n) => `other-${n}`)]
  const before = ids.flatMap((id) => (id === 'refund' ? recordings(id, 20, 0) : recordings(id, 16, 4)))
  const after = ids.flatMap((id) => (id === 'refund' ? recordings(id, 6, 14) : recordings(id, 20, 0)))
  const report = compare(simple(...ids), before, after.toReversed())
  expect(report.cases.filter(({ regressed }) => regressed).map(({ id }) => id), 'cases that have regressed').toEqual(['refund'])
  expect(report.cases[0]?.verdict, 'the verdict on refund').toBe('fail')
  expect(report.verdict, 'the report').toBe('block')
  const slipped = compare(simple('a', 'b'), [...recordings('a', 100, 0), ...recordings('b', 82, 18)], [...recordings('a', 90, 10), ...recordings('b', 100, 0)])
  expect(slipped.cases.map(({ verdict, regressed }) => `${verdict} ${regressed}`), '100 of 100 became 90, 82 became 100').toEqual(['pass true', 'pass false'])
  expect(slipped.verdict, 'the report, with a case that passes and is worse').toBe('block')
})

test('chance', () => {
  const regressed = (before: [number, number], after: [number, number]) => compare(simple('a'), recordings('a', ...before), recordings('a', ...after)).cases[0]?.regressed
  expect(regressed([20, 0], [18, 2]), '20 of 20, then 18 of 20').toBe(false)
  expect(regressed([20, 0], [16, 4]), '20 of 20, then 16 of 20').toBe(false)
  expect(regressed([20, 0], [6, 14]), '20 of 20, then 6 of 20').toBe(true)
  expect(regressed([100, 0], [90, 10]), '100 of 100, then 90 of 100').toBe(true)
  expect(regressed([1, 0], [0, 1]), '1 of 1, then 0 of 1').toBe(false)
  expect(regressed([6, 14], [20, 0]), 'a case that got better').toBe(false)
  expect(compare(simple('a'), [], recordings('a', 20, 0)).cases[0]?.regressed, 'a case without a past').toBe(false)
})

test('verdict', () => {
  const verdictOf = (before: Recording[], after: Recording[]) => compare(simple('a', 'b'), before, after).verdict
  const fine = [...recordings('a', 20, 0), ...recordings('b', 20, 0)]
  expect(verdictOf(fine, fine), 'all pass').toBe('ship')
  expect(verdictOf(fine, [...recordings('a', 20, 0), ...recordings('b', 18, 2)]), 'one unclear').toBe('more samples')
  expect(verdictOf(fine, [...recordings('a', 18, 2), ...recordings('b', 2, 18)]), 'one unclear, one failed').toBe('block')
  expect(verdictOf([...recordings('a', 20, 0), ...recordings('b', 2, 18)], [...recordings('a', 20, 0), ...recordings('b', 3, 17)]), 'one that failed before, too').toBe('block')
  const { low, high } = boundsOf(18, 20)
  const [one] = compare(simple('a'), [], recordings('a', 18, 2)).cases
  expect([one?.low, one?.high], 'bounds in the report').toEqual([low, high])
})
