import { describe, expect, it } from 'vitest'
import { sqlEngines } from '../../../test/fixtures/sql-engines.ts'
import type { RunOptions, SqlDatabase } from './engine.ts'
import { SqlError } from './engine.ts'

const all: RunOptions = { maxRows: 1_000 }

function errorOf(database: SqlDatabase, sql: string, options: RunOptions = all): SqlError {
  try {
    database.run(sql, options)
  } catch (error) {
    if (error instanceof SqlError) return error
    throw error
  }
  throw new Error(`No error: ${sql}`)
}

describe.each(sqlEngines)('a database in %s', (_name, open) => {
  const withTable = (): SqlDatabase => {
    const database = open({ memoryMb: 64 })
    database.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b TEXT); INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, NULL)", all)
    return database
  }

  it('says what each statement did and where it stands', () => {
    const database = withTable()
    expect(database.run("SELECT a, b FROM t WHERE a > 1;\nUPDATE t SET a = 9 WHERE b IS NOT NULL; -- end\nWITH x AS (SELECT 1 AS one) SELECT one FROM x", all)).toEqual([
      { sql: 'SELECT a, b FROM t WHERE a > 1', start: 0, columns: ['a', 'b'], rows: [[2, 'y'], [3, null]], truncated: false, changes: 0 },
      { sql: 'UPDATE t SET a = 9 WHERE b IS NOT NULL', start: 32, columns: [], rows: [], truncated: false, changes: 2 },
      { sql: 'WITH x AS (SELECT 1 AS one) SELECT one FROM x', start: 79, columns: ['one'], rows: [[1]], truncated: false, changes: 0 },
    ])
    database.close()
  })

  it('counts the changes of a RETURNING clause and of none', () => {
    const database = withTable()
    expect(database.run('DELETE FROM t WHERE a = 1 RETURNING b; DELETE FROM t WHERE a = 1', all).map(({ rows, changes }) => ({ rows, changes }))).toEqual([
      { rows: [['x']], changes: 1 },
      { rows: [], changes: 0 },
    ])
    database.close()
  })

  it.each([
    ['SELECT a FROM t; SELECT t.nope FROM t', 'wrong', 't.nope'],
    ['SELECT nope FROM t WHERE t.nope = 1 OR nope = 2', 'wrong', 'nope'],
    ['SELECT * FROM missing', 'wrong', 'missing'],
    ['SELECT nofunction(a) FROM t', 'wrong', 'nofunction'],
    ['SELECT a, FROM t WHERE from', 'syntax', 'FROM'],
    ['SELECT (SELECT 1 FROM t) , FROM t', 'syntax', 'FROM'],
    ['UPDATE t SET a = 1 WHERE WHERE b', 'syntax', 'WHERE'],
    ['SELEC 1', 'syntax', 'SELEC'],
    ['SELECT (1', 'syntax', '1'],
    ["SELECT 'open", 'syntax', "'open"],
  ])('underlines the right part of %s', (sql, kind, part) => {
    const database = withTable()
    const error = errorOf(database, sql)
    expect({ kind: error.kind, part: sql.slice(error.start, error.end) }).toEqual({ kind, part })
    database.close()
  })

  it('underlines the second of two equal words where that is the one', () => {
    const database = withTable()
    const sql = 'UPDATE t SET a = 1 WHERE WHERE b'
    expect(errorOf(database, sql).start).toBe(sql.lastIndexOf('WHERE'))
    database.close()
  })

  it('keeps the results of the statements before a failing one', () => {
    const database = withTable()
    expect(errorOf(database, 'SELECT 1; SELECT 2; SELECT x').before.map((result) => result.rows)).toEqual([[[1]], [[2]]])
    database.close()
  })

  it.each([
    ["ATTACH 'file' AS f", 'ATTACH'],
    ['DETACH main', 'DETACH'],
    ["VACUUM INTO 'file'", 'INTO'],
    ["SELECT load_extension('x')", 'load_extension'],
    ['PRAGMA hard_heap_limit = 0', 'hard_heap_limit'],
    ['PRAGMA main.max_page_count(1)', 'max_page_count'],
    ['PRAGMA user_version = 3', 'user_version'],
  ])('refuses %s', (sql, part) => {
    const database = withTable()
    const error = errorOf(database, sql)
    expect({ kind: error.kind, part: sql.slice(error.start, error.end) }).toEqual({ kind: 'wrong', part })
    database.close()
  })

  it('lets the schema be read with PRAGMA', () => {
    const database = withTable()
    expect(database.run('PRAGMA table_info(t)', all)[0]?.rows).toHaveLength(3)
    database.close()
  })

  it('binds named parameters and says which are missing', () => {
    const database = withTable()
    expect(database.run('SELECT :a + @b + $c', { ...all, parameters: { a: 1, b: 2, c: 3, unused: 4 } })[0]?.rows).toEqual([[6]])
    expect(errorOf(database, 'SELECT :a, :b', { ...all, parameters: { a: 1 } })).toMatchObject({ start: 11, end: 13, message: expect.stringContaining('Known here: :a') })
    database.close()
  })

  it('stops fetching at the row limit', () => {
    const database = withTable()
    const [result] = database.run('WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n', { maxRows: 5 })
    expect(result).toMatchObject({ rows: [[1], [2], [3], [4], [5]], truncated: true })
    database.close()
  })

  it('calls running out of memory by its name and goes on', () => {
    const database = open({ memoryMb: 64 })
    const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)'
    expect(errorOf(database, `${endless} SELECT i, randomblob(1000) FROM n ORDER BY 2`).kind).toBe('memory')
    expect(errorOf(database, `CREATE TABLE big AS ${endless} SELECT i, randomblob(1000) AS b FROM n`).kind).toBe('memory')
    expect(database.run('SELECT 1', all)[0]?.rows).toEqual([[1]])
    database.close()
  })

  it('opens its own image, and lives on after it was taken', () => {
    const database = withTable()
    const copy = open({ image: database.image(), memoryMb: 64 })
    copy.run('DELETE FROM t', all)
    expect(database.run('SELECT count(*) FROM t', all)[0]?.rows).toEqual([[3]])
    expect(copy.run('SELECT count(*) FROM t', all)[0]?.rows).toEqual([[0]])
    copy.close()
    database.close()
  })

  it('describes its schema', () => {
    const database = withTable()
    database.run('CREATE UNIQUE INDEX i ON t (a DESC, lower(b)) WHERE a > 1; CREATE VIEW v AS SELECT a FROM t', all)
    expect(database.schema({ countRows: true })).toMatchObject([
      {
        name: 't',
        type: 'table',
        rows: 3,
        columns: [{ name: 'id', type: 'INTEGER', primaryKey: true }, { name: 'a' }, { name: 'b', type: 'TEXT' }],
        indexes: [{ name: 'i', unique: true, partial: true, columns: ['a DESC', 'lower(b)'] }],
      },
      { name: 'v', type: 'view', rows: null, indexes: [] },
    ])
    database.close()
  })
})
