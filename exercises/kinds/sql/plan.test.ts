import { describe, expect, it } from 'vitest'
import { sqlEngines } from '../../../test/fixtures/sql-engines.ts'
import { brokenDemand } from './plan-demand.ts'
import { planNodes, searchColumnsOf } from './plan.ts'

describe.each(sqlEngines)('plans of %s', (_name, open) => {
  const database = open({ memoryMb: 64 })
  database.run(
    `CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id, status, created_at, note);
     CREATE TABLE users (id INTEGER PRIMARY KEY, email);
     CREATE INDEX by_user ON orders (user_id, created_at);
     CREATE INDEX by_status ON orders (status);
     CREATE INDEX by_email ON users (lower(email))`,
    { maxRows: 1 },
  )
  const nodesOf = (sql: string) => planNodes(database.plan(sql))

  it.each([
    ['SELECT * FROM orders AS o WHERE note = 1', { operation: 'scan', table: 'orders', fullScan: true, covering: false }],
    ['SELECT user_id FROM orders o', { operation: 'scan', table: 'orders', index: 'by_user', fullScan: true, covering: true }],
    ['SELECT * FROM "orders" WHERE user_id = 1', { operation: 'search', table: 'orders', index: 'by_user', fullScan: false, covering: false }],
    ['SELECT created_at FROM orders WHERE user_id = 1', { operation: 'search', index: 'by_user', covering: true }],
    ['SELECT * FROM orders WHERE id = 1', { operation: 'search', table: 'orders', fullScan: false }],
    ['SELECT max(note) FROM orders', { operation: 'search', table: 'orders', fullScan: true }],
    ['SELECT max(user_id) FROM orders', { operation: 'search', table: 'orders', fullScan: false }],
    ['UPDATE orders AS o SET note = 1 WHERE o.status = 2', { operation: 'search', table: 'orders', index: 'by_status' }],
    ['DELETE FROM orders WHERE note = 1', { operation: 'scan', table: 'orders', fullScan: true }],
  ])('%s', (sql, node) => {
    expect(nodesOf(sql)[0]).toMatchObject(node)
  })

  it('hangs subqueries, temporary trees and both halves of an OR below their parents', () => {
    expect(database.plan('SELECT * FROM orders WHERE user_id = 1 OR status = 2')).toMatchObject([
      { detail: 'MULTI-INDEX OR', children: [{ children: [{ index: 'by_user' }] }, { children: [{ index: 'by_status' }] }] },
    ])
    const grouped = nodesOf('SELECT u.email, s.n FROM (SELECT note, count(*) AS n FROM orders GROUP BY note) AS s JOIN users AS u ON u.id = s.note ORDER BY 1')
    expect(grouped.map(({ operation, table, fullScan }) => ({ operation, table, fullScan }))).toEqual([
      { operation: 'subquery', table: undefined, fullScan: false },
      { operation: 'scan', table: 'orders', fullScan: true },
      { operation: 'temp-btree', table: undefined, fullScan: false },
      { operation: 'scan', table: 's', fullScan: false },
      { operation: 'search', table: 'users', fullScan: false },
      { operation: 'temp-btree', table: undefined, fullScan: false },
    ])
  })

  it('flags an index that SQLite builds for one query', () => {
    expect(nodesOf('SELECT * FROM users AS a JOIN orders AS b ON b.note = a.email').find((node) => node.index === 'automatic')).toMatchObject({ table: 'orders' })
  })

  it('reads which columns a search compares', () => {
    const columns = (sql: string) => nodesOf(sql).flatMap(searchColumnsOf)
    expect(columns('SELECT * FROM orders WHERE user_id = 1 AND created_at > 2 AND created_at < 3')).toEqual(['user_id', 'created_at'])
    expect(columns('SELECT * FROM orders WHERE (user_id, created_at) > (1, 2)')).toEqual(['user_id', 'created_at'])
    expect(columns("SELECT * FROM users WHERE lower(email) = 'a'")).toEqual(['<expr>'])
  })

  it.each([
    ['SELECT * FROM orders WHERE note = 1', { noScan: ['orders'] }, 'SCAN orders'],
    ['SELECT * FROM users AS a JOIN orders AS b ON b.note = a.email', { noScan: ['orders'] }, 'AUTOMATIC'],
    ['SELECT * FROM orders WHERE id = 1', { uses: ['by_user'] }, 'by_user is not used'],
    ['SELECT * FROM orders WHERE note = 1', { uses: ['orders.*'] }, 'No index of orders'],
    ['SELECT * FROM orders WHERE user_id = 1', { covering: ['orders'] }, 'USING INDEX by_user'],
    ['SELECT * FROM orders ORDER BY note', { noTempBTree: ['ORDER BY' as const] }, 'USE TEMP B-TREE'],
    ['SELECT * FROM orders WHERE user_id = 1', { searchColumns: { orders: ['user_id', 'created_at'] } }, 'created_at'],
  ])('%s breaks %j', (sql, demand, words) => {
    expect(brokenDemand(database.plan(sql), demand, database.schema())).toContain(words)
  })

  it.each([
    ['SELECT created_at FROM orders WHERE user_id = 1 ORDER BY created_at', { uses: ['by_user', 'orders.*'], covering: ['orders'], noTempBTree: ['any' as const] }],
    ['SELECT * FROM orders WHERE id > 5 ORDER BY id', { searchColumns: { orders: ['id'] }, noScan: ['orders'] }],
  ])('%s holds %j', (sql, demand) => {
    expect(brokenDemand(database.plan(sql), demand, database.schema())).toBeNull()
  })

  it('refuses a plan of two statements', () => {
    expect(() => database.plan('SELECT 1; SELECT 2')).toThrow('one statement')
  })
})
