import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointOffset, errorRange } from './error-place.ts'
import { tokenize } from './lexer.ts'
import { bindParameters, literal, parameterNames, splitStatements } from './statements.ts'

describe('tokenize', () => {
  it('throws nothing away', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."'\"$;:-/*aE \n\\1", '$$', '$a$', '/*', '*/', '::') }), (sql) => tokenize(sql).map((token) => token.text).join('') === sql))
  })
})

describe('splitStatements', () => {
  it.each([
    ["SELECT ';'; SELECT 2", ["SELECT ';'", 'SELECT 2']],
    ["SELECT E'\\';'; SELECT 2", ["SELECT E'\\';'", 'SELECT 2']],
    ['DO $$ BEGIN PERFORM 1; END $$; SELECT 2', ['DO $$ BEGIN PERFORM 1; END $$', 'SELECT 2']],
    ['DO $a$ $$ ; $$ $a$; SELECT 2', ['DO $a$ $$ ; $$ $a$', 'SELECT 2']],
    ['SELECT 1 /* a /* b; */ ; */; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['-- nothing;\n;;', []],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 2', ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END', 'SELECT 2']],
  ])('cuts %s', (sql, texts) => {
    expect(splitStatements(sql).map((statement) => statement.text)).toEqual(texts)
  })

  it.each([
    ['WITH a AS (SELECT 1) UPDATE t SET a = 1', 'UPDATE'],
    ['create unique index concurrently i on t (a)', 'CREATE INDEX'],
    ['CREATE OR REPLACE FUNCTION f()', 'CREATE FUNCTION'],
    ['begin isolation level serializable', 'BEGIN'],
  ])('names %s', (sql, verb) => {
    expect(splitStatements(sql)[0]?.verb).toBe(verb)
  })
})

describe('bindParameters', () => {
  it('knows a parameter from a cast, a slice and a string', () => {
    expect(bindParameters("SELECT :a::text, ':a', b[1:2], x := :b, $1", { a: "it's", b: null }).sql).toBe("SELECT 'it''s'::text, ':a', b[1:2], x := NULL, $1")
    expect(parameterNames("SELECT :a, ':b', :a::int, :c")).toEqual(['a', 'c'])
  })

  it('writes values that cannot end their string', () => {
    expect(literal("\\' OR 1=1 --")).toBe("E'\\\\'' OR 1=1 --'")
    expect(literal(-3)).toBe('(-3)')
  })

  it('finds the way back', () => {
    const bound = bindParameters('SELECT :a, x, :b, y', { a: 1, b: 'long value' })
    expect(bound.originalOffset(bound.sql.indexOf('x'))).toBe('SELECT :a, '.length)
    expect(bound.originalOffset(bound.sql.indexOf('y'))).toBe('SELECT :a, x, :b, '.length)
  })
})

describe('places of errors', () => {
  it('counts characters as PostgreSQL does, and offsets as editors do', () => {
    expect(codePointOffset("SELECT '😀', x", 12)).toBe(13)
  })

  it('marks the word at the place', () => {
    expect(errorRange('SELECT nothing', 7)).toEqual({ start: 7, end: 14 })
    expect(errorRange('SELECT (', 8)).toEqual({ start: 7, end: 8 })
    expect(errorRange('SELECT 1', null)).toEqual({ start: 0, end: 8 })
  })
})
