import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMeaningful, nameOf, tokenize } from './lexer.ts'
import { lineAt, splitStatements } from './statements.ts'

/** Text made of the pieces that are hard to tell apart. */
const sqlText = fc
  .array(
    fc.oneof(
      fc.constantFrom('SELECT', 'CREATE TRIGGER t AFTER INSERT ON a', 'BEGIN', 'END', 'CASE', ';', ';;', ' ', '\n', "'", "''", '"', '`', '[', ']', '--', '/*', '*/', '(', ')', ',', ':a', '?1', '0x1F', '1.5e3', "x'00'", '->>'),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

describe('tokenize', () => {
  it('loses nothing', () => {
    fc.assert(
      fc.property(sqlText, (sql) => {
        const tokens = tokenize(sql)
        expect(tokens.map((token) => token.text).join('')).toBe(sql)
        expect(tokens.every((token) => token.text === sql.slice(token.start, token.end))).toBe(true)
      }),
    )
  })

  it.each([
    ["'it''s; fine'", 'string'],
    ['"a""b"', 'quoted'],
    ['[a b]', 'quoted'],
    ['`a``b`', 'quoted'],
    ["X'0aF1'", 'blob'],
    ['-- to the end', 'comment'],
    ['/* a ; b */', 'comment'],
    ['/* never ends', 'comment'],
    ["'never ends", 'unterminated'],
    ['1.5e-3', 'number'],
    ['0xFF', 'number'],
    [':name', 'parameter'],
    ['straße', 'word'],
    ['->>', 'operator'],
  ])('%s is one %s', (text, kind) => {
    expect(tokenize(text)).toEqual([{ kind, text, start: 0, end: text.length }])
  })

  it('reads quoted names as SQLite does', () => {
    expect(tokenize('"a""b"').map(nameOf)).toEqual(['a"b'])
    expect(tokenize('[a]').map(nameOf)).toEqual(['a'])
  })
})

describe('splitStatements', () => {
  it('leaves only spaces, comments and semicolons between statements', () => {
    fc.assert(
      fc.property(sqlText, (sql) => {
        let end = 0
        const gaps: string[] = []
        for (const statement of splitStatements(sql)) {
          expect(statement.text).toBe(sql.slice(statement.start, statement.end))
          gaps.push(sql.slice(end, statement.start))
          end = statement.end
        }
        gaps.push(sql.slice(end))
        for (const gap of gaps) expect(tokenize(gap).filter((token) => isMeaningful(token) && token.kind !== 'semicolon')).toEqual([])
      }),
    )
  })

  it('keeps a trigger body together', () => {
    const trigger = `CREATE TEMP TRIGGER t AFTER UPDATE ON a BEGIN
      UPDATE b SET x = CASE WHEN new.x > 1 THEN 1 ELSE 2 END WHERE id = new.id;
      DELETE FROM c;
    END`
    expect(splitStatements(`${trigger}; SELECT 1`).map((statement) => [statement.text, statement.verb])).toEqual([
      [trigger, 'CREATE TRIGGER'],
      ['SELECT 1', 'SELECT'],
    ])
  })

  it.each([
    ['WITH a AS (SELECT 1) DELETE FROM t', 'DELETE'],
    ['with recursive c(x) as (values (1)) select * from c', 'SELECT'],
    ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX'],
    ['CREATE VIRTUAL TABLE f USING fts5 (a)', 'CREATE TABLE'],
    ['drop index i', 'DROP INDEX'],
    ['-- why\nBEGIN', 'BEGIN'],
    ['EXPLAIN QUERY PLAN SELECT 1', 'EXPLAIN'],
  ])('%s is a %s', (sql, verb) => {
    expect(splitStatements(sql).map((statement) => statement.verb)).toEqual([verb])
  })

  it('finds nothing in spaces, comments and bare semicolons', () => {
    expect(splitStatements(' ;; -- a\n /* b */ ; ')).toEqual([])
  })
})

describe('lineAt', () => {
  it('counts from 1', () => {
    expect([0, 1, 2, 5].map((offset) => lineAt('a\nb\nc\n', offset))).toEqual([1, 1, 2, 3])
  })
})
