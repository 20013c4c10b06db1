import { describe, expect, it } from 'vitest'
import { ClientRun, readClient } from './client.ts'

/** Walks through a client whose statements return what `answers` says, by their text. */
function walk(text: string, answers: Record<string, (string | number)[][]> = {}): string[] {
  const { answer, faults } = readClient(text)
  expect(faults).toEqual([])
  const run = new ClientRun(answer.items, { id: 7 })
  const seen: string[] = []
  for (let step = run.next(); step !== null; step = run.next()) {
    if (step.kind === 'sleep') {
      seen.push(`sleeps ${step.ms}`)
      continue
    }
    seen.push(`${step.server}: ${step.sql}`)
    const rows = answers[step.sql] ?? []
    const error = run.took({ columns: ['fresh', 'token'], rows })
    if (error !== null) return [...seen, error.sqlstate]
  }
  return seen
}

describe('readClient', () => {
  it('takes the retry line out and keeps every place', () => {
    const text = '\\retry 40001 40P01 times 10\nBEGIN;'
    const { answer, faults } = readClient(text)
    expect(faults).toEqual([])
    expect(answer.retry).toEqual({ sqlstates: ['40001', '40P01'], times: 10 })
    expect(answer.sql.indexOf('BEGIN')).toBe(text.indexOf('BEGIN'))
    expect(answer.items).toMatchObject([{ kind: 'run', sql: 'BEGIN', start: text.indexOf('BEGIN'), line: 2 }])
  })

  it.each([
    ['SELECT 1;\n\\retry often', 2],
    ['\\watch 1', 1],
    ['SELECT 1;\n\n\\connect elsewhere', 3],
    ['\\if fresh\nSELECT 1;\n\\endif', 1],
    ['\\if :fresh\nSELECT 1', 2],
  ])('names the line of a command that it cannot read: %j', (text, line) => {
    expect(readClient(text).faults[0]).toMatchObject({ line })
  })

  it('leaves backslashes in texts and comments alone', () => {
    expect(walk("SELECT '\\gset', E'\\n' -- \\retry\n; SELECT 2")).toHaveLength(2)
  })
})

describe('ClientRun', () => {
  it('keeps a row in variables, and goes where they say', () => {
    const text = 'SELECT now() \\gset\n\\if :fresh\n\\connect standby\n\\else\nSELECT 3;\n\\endif\nSELECT 4'
    expect(walk(text, { 'SELECT now()': [['t', '0/1']] })).toEqual(['primary: SELECT now()', 'standby: SELECT 4'])
    expect(walk(text, { 'SELECT now()': [['f', '0/1']] })).toEqual(['primary: SELECT now()', 'primary: SELECT 3', 'primary: SELECT 4'])
  })

  it('leaves out what stands in a branch that is not taken, whatever is in it', () => {
    expect(walk('\\if :nothing\n\\if :id\nSELECT 1;\n\\else\nSELECT 2;\n\\endif\n\\endif\n\\sleep :id ms')).toEqual(['sleeps 7'])
  })

  it('fails where \\gset finds no row, or two', () => {
    expect(walk('SELECT 1 \\gset\nSELECT 2')).toEqual(['primary: SELECT 1', '02000'])
    expect(walk('SELECT 1 \\gset', { 'SELECT 1': [[1], [2]] })).toEqual(['primary: SELECT 1', '21000'])
  })

  it('begins anew with its parameters alone', () => {
    const { answer } = readClient("SELECT :id \\gset\nSELECT :'id'")
    const run = new ClientRun(answer.items, { id: 7 })
    run.next()
    run.took({ columns: ['id'], rows: [[8]] })
    expect(run.next()).toMatchObject({ sql: "SELECT :'id'", parameters: { id: 8 } })
    run.restart()
    expect(run.next()).toMatchObject({ sql: 'SELECT :id', parameters: { id: 7 } })
  })
})
