import { describe, expect, it } from 'vitest'
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import { completionsAt } from './completion.ts'
import { statementAt } from './statement-at.ts'

const column = (name: string, type = 'INTEGER') => ({ name, type, notNull: false, primaryKey: name === 'id' })
const schema: SchemaTable[] = [
  {
    name: 'orders', type: 'table', rows: 200_000, sql: '', columns: [column('id'), column('user_id'), column('created at', 'TEXT')],
    indexes: [{ name: 'idx_orders_user', unique: false, partial: false, columns: ['user_id'], sql: null }],
  },
  { name: 'users', type: 'table', rows: null, sql: '', columns: [column('id'), column('email', 'TEXT')], indexes: [] },
]
/** `|` marks the caret. */
const offered = (marked: string, rank?: number): string[] =>
  completionsAt(marked.replace('|', ''), marked.indexOf('|'), schema)
    .filter((suggestion) => rank === undefined || suggestion.rank === rank)
    .map((suggestion) => suggestion.label)

describe('completionsAt', () => {
  it('offers the columns of an alias after its dot, also when the alias comes later', () => {
    expect(offered('SELECT u.| FROM orders o JOIN users AS u ON u.id = o.user_id')).toEqual(['id', 'email'])
    expect(offered('SELECT o.us| FROM orders o')).toEqual(['id', 'user_id', 'created at'])
    expect(offered('SELECT users.| FROM users')).toEqual(['id', 'email'])
    expect(offered('SELECT nobody.| FROM users')).toEqual([])
  })

  it('offers tables where a table belongs', () => {
    expect(offered('SELECT * FROM |')).toEqual(['orders', 'users'])
    expect(offered('SELECT * FROM orders JOIN us|')).toEqual(['orders', 'users'])
    expect(offered('CREATE INDEX i ON |')).toEqual(['orders', 'users'])
    expect(offered('DROP INDEX |')).toEqual(['idx_orders_user'])
  })

  it('offers columns in reach first, and those of the indexed table inside CREATE INDEX', () => {
    expect(offered('SELECT | FROM users', 0)).toEqual(['id', 'email'])
    expect(offered('CREATE INDEX i ON orders (|)', 0)).toEqual(['id', 'user_id', 'created at'])
    expect(offered('SELECT 1 FROM orders o, users u WHERE |', 1)).toEqual(['o', 'u'])
    const quoted = completionsAt('SELECT  FROM orders', 7, schema).find((suggestion) => suggestion.label === 'created at')
    expect(quoted?.insert).toBe('"created at"')
  })

  it('looks only at the statement of the caret', () => {
    expect(offered('SELECT * FROM users; SELECT | FROM orders', 0)).toEqual(['id', 'user_id', 'created at'])
  })

  it('stays quiet inside strings, comments and numbers', () => {
    expect(offered("SELECT 'FROM | ' FROM users")).toEqual([])
    expect(offered('SELECT 1 -- FROM |')).toEqual([])
    expect(offered('SELECT 12|')).toEqual([])
  })
})

describe('statementAt', () => {
  it('finds the statement of the caret, or the one just finished', () => {
    const text = 'SELECT 1;\n\nSELECT 2;\n'
    const at = (offset: number): string => statementAt(text, offset)?.text ?? ''
    expect(at(3)).toBe('SELECT 1')
    expect(at(10)).toBe('SELECT 1')
    expect(at(13)).toBe('SELECT 2')
    expect(at(21)).toBe('SELECT 2')
    expect(statementAt('  -- nothing', 3)).toBeNull()
  })
})
