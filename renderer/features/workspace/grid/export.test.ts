import { describe, expect, it } from 'vitest'
import { toCsv, toJson, toMarkdown, toTsv, uniqueNames } from './export.ts'
import { displayValue, isNumericColumn } from './values.ts'

const table = {
  columns: ['id', 'note', 'raw'],
  rows: [
    [1, 'plain', null],
    [2, 'a "quote", a comma\nand a line', Uint8Array.of(0, 255)],
    [3, '', null],
  ],
}

describe('exports', () => {
  it('quotes CSV as RFC 4180 says and tells NULL from the empty string', () => {
    expect(toCsv(table)).toBe(
      'id,note,raw\r\n1,plain,\r\n2,"a ""quote"", a comma\nand a line",x\'00ff\'\r\n3,"",\r\n',
    )
  })

  it('writes TSV that a spreadsheet pastes back, with or without the header', () => {
    expect(toTsv({ columns: ['a', 'b'], rows: [['x\ty', 'p,q']] })).toBe('a\tb\n"x\ty"\tp,q')
    expect(toTsv({ columns: ['a'], rows: [[5]] }, { header: false })).toBe('5')
  })

  it('escapes Markdown and aligns numbers to the right', () => {
    expect(toMarkdown({ columns: ['n', 'a|b'], rows: [[1, 'x|y\nz'], [null, 'q']] })).toBe(
      '| n | a\\|b |\n| ---: | --- |\n| 1 | x\\|y<br>z |\n| NULL | q |',
    )
  })

  it('keeps every column in JSON when names repeat', () => {
    expect(uniqueNames(['id', 'id', 'id_2', 'id'])).toEqual(['id', 'id_2', 'id_2_2', 'id_3'])
    expect(JSON.parse(toJson({ columns: ['id', 'id'], rows: [[1, null]] }))).toEqual([{ id: 1, id_2: null }])
    expect(toJson({ columns: ['id'], rows: [] })).toBe('[]')
  })
})

describe('cell values', () => {
  it('shows NULL and blobs as themselves', () => {
    expect(displayValue(null)).toBe('NULL')
    expect(displayValue(Uint8Array.of(1))).toBe("x'01' (1 byte)")
    expect(displayValue(new Uint8Array(20))).toBe(`x'${'00'.repeat(16)}…' (20 bytes)`)
  })

  it('takes a column as numeric only when every value is', () => {
    expect(isNumericColumn([[1], [null], [2.5]], 0)).toBe(true)
    expect(isNumericColumn([[1], ['2']], 0)).toBe(false)
    expect(isNumericColumn([[null]], 0)).toBe(false)
  })
})
