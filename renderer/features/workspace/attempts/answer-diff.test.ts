import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerDiff, foldedDiff } from './answer-diff.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'select 1', '', '  x'), { maxLength: 30 }).map((lines) => lines.join('\n'))
const trimmed = (value: string): string => value.replace(/[ \t\r]+$/gm, '').trimEnd()

test('holds both answers, whatever they are', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = answerDiff(before, after)
      const of = (state: 'added' | 'gone'): string => lines.filter((line) => line.state === 'same' || line.state === state).map((line) => line.text).join('\n')
      expect(trimmed(of('gone'))).toBe(trimmed(before))
      expect(trimmed(of('added'))).toBe(trimmed(after))
    }),
  )
})

test('folds what is far from a change, and is empty where nothing changed', () => {
  const long = Array.from({ length: 20 }, (_, index) => `line ${String(index)}`)
  expect(foldedDiff(answerDiff(long.join('\n'), `${long.join('  \n')}\n\n`))).toEqual([])
  const rows = foldedDiff(answerDiff(long.join('\n'), long.with(10, 'other').join('\n')))
  expect(rows.map((row) => (row.state === 'folded' ? `${String(row.lines)} folded` : `${row.state} ${row.text}`))).toEqual([
    '7 folded', 'same line 7', 'same line 8', 'same line 9', 'gone line 10', 'added other', 'same line 11', 'same line 12', 'same line 13', '6 folded',
  ])
})
