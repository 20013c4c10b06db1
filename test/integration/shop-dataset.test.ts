import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildData } from '../../exercises/kinds/sql/data-sets.ts'
import type { OpenDatabase, SqlDatabase } from '../../exercises/kinds/sql/engine.ts'
import { fingerprintQuery } from '../../exercises/kinds/sql/fingerprint.ts'
import { sqlEngines } from '../fixtures/sql-engines.ts'

const shop = readFileSync(join(import.meta.dirname, '../../content/datasets/shop.sql'), 'utf8')
const tables = ['users', 'products', 'orders', 'order_items']

function build(open: OpenDatabase, seed: number, scale: number): SqlDatabase {
  const database = open({ memoryMb: 256 })
  buildData(database, shop, null, { seed, scale })
  return database
}
const rowsOf = (database: SqlDatabase, sql: string) => database.run(sql, { maxRows: 1_000, trusted: true })[0]?.rows
const fingerprints = (database: SqlDatabase) => tables.map((table) => rowsOf(database, fingerprintQuery(table, database) ?? ''))

describe('the shop', () => {
  it('is the same in every engine for a seed, and another for another seed', () => {
    const [first, second] = sqlEngines.map(([, open]) => fingerprints(build(open, 7, 5)))
    expect(first).toEqual(second)
    expect(fingerprints(build(sqlEngines[0]![1], 8, 5))).not.toEqual(first)
  })

  it.each([[1, 100], [11, 20], [0, 1]])('with seed %i at %i per cent is what its header says', (seed, scale) => {
    const database = build(sqlEngines[1]![1], seed, scale)
    const count = (sql: string) => Number(rowsOf(database, sql)?.[0]?.[0])
    expect(tables.slice(0, 3).map((table) => count(`SELECT count(*) FROM ${table}`))).toEqual([200 * scale, 50 * scale, 2_000 * scale])
    expect(database.schema().flatMap((table) => table.indexes)).toEqual([])
    expect(count('SELECT count(*) FROM orders JOIN (SELECT order_id, sum(quantity * price_cents) AS s FROM order_items GROUP BY 1) ON order_id = orders.id WHERE s <> total_cents')).toBe(0)
    expect(count('SELECT count(DISTINCT order_id) FROM order_items')).toBe(2_000 * scale)
    expect(count('SELECT count(*) FROM order_items WHERE product_id NOT IN (SELECT id FROM products)')).toBe(0)
    expect(count('SELECT count(*) FROM orders WHERE user_id NOT IN (SELECT id FROM users)')).toBe(0)
    expect(count('SELECT count(DISTINCT lower(email)) FROM users')).toBe(200 * scale)
    expect(count("SELECT 100.0 * sum(status = 'pending') / count(*) FROM orders")).toBeGreaterThan(1.2)
    expect(count("SELECT 100.0 * sum(status = 'pending') / count(*) FROM orders")).toBeLessThan(2.8)
    expect(count('SELECT count(*) FROM users WHERE id NOT IN (SELECT user_id FROM orders)')).toBeGreaterThan(20 * scale)
    expect(count("SELECT sum(created_at NOT BETWEEN '2024-01-01' AND '2025-12-31') FROM orders")).toBe(0)
    expect(count("SELECT sum(typeof(user_id) || typeof(total_cents) <> 'integerinteger') FROM orders")).toBe(0)
    database.close()
  })
})
