import { describe, expect, it } from 'vitest'
import { printRows, printTree } from './print-rows.ts'

describe('printRows', () => {
  it.each([
    ['numbers to the right, text to the left', ['id', 'name'], [[1, 'Ada'], [100, 'Bo']], ' id | name\n----+-----\n  1 | Ada\n100 | Bo'],
    ['NULL in words', ['a', 'b'], [[null, 'x'], [2.5, null]], '   a | b\n-----+-----\nNULL | x\n 2.5 | NULL'],
    ['no rows', ['a'], [], 'a\n-\n(0 rows)'],
    ['bytes, lines and wide letters', ['v'], [[new Uint8Array([0, 255])], ['a\nb'], ['\u{1f525}']], "v\n-------\nx'00ff'\na\\nb\n\u{1f525}"],
  ])('%s', (_, columns, rows, text) => expect(printRows(columns, rows)).toBe(text))
  it('counts what it does not show', () => {
    const lines = printRows(['n'], Array.from({ length: 1234 }, (_, n) => [n])).split('\n')
    expect(lines).toHaveLength(23)
    expect(lines.at(-1)).toBe('(1,234 rows)')
  })
})

it('printTree draws as SQLite does', () => {
  const leaf = (detail: string) => ({ detail, children: [] })
  expect(printTree([{ detail: 'CO-ROUTINE x', children: [leaf('SCAN a'), leaf('USE TEMP B-TREE')] }, { detail: 'SCAN x', children: [leaf('y')] }])).toBe('|--CO-ROUTINE x\n|  |--SCAN a\n|  `--USE TEMP B-TREE\n`--SCAN x\n   `--y')
})
