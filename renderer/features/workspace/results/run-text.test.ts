import { describe, expect, it } from 'vitest'
import { duration, failureTold, lineOf, runPhrase, statementNote, stopTold } from './run-text.ts'

const result = { sql: '', start: 0, columns: ['a'], rows: [[1]], truncated: false, changes: 0 }

describe('run words', () => {
  it('counts rows, changes and left-out rows', () => {
    expect(statementNote(result)).toBe('1 row')
    expect(statementNote({ ...result, rows: Array.from({ length: 2_000 }, () => [1]), truncated: true })).toBe('First 2,000 rows, the rest is left out')
    expect(statementNote({ ...result, columns: [], rows: [], changes: 3 })).toBe('3 rows changed')
    expect(statementNote({ ...result, columns: [], rows: [] })).toBe('Done')
    expect([duration(0.2), duration(999.4), duration(1_240)]).toEqual(['1 ms', '999 ms', '1.24 s'])
  })

  it('says what a run did in a phrase', () => {
    expect(runPhrase({ state: 'done', elapsedMs: 1, results: [result, { ...result, columns: [], rows: [], changes: 2 }] })).toBe('1 row')
    expect(runPhrase({ state: 'done', elapsedMs: 1, results: [] })).toBe('nothing to run')
    expect(runPhrase({ state: 'stopped', by: 'limit', elapsedMs: 5_003, kept: 0 })).toBe('stopped after 5.00 s')
  })

  it('says what is safe when a run is ended', () => {
    expect(stopTold({ state: 'stopped', by: 'limit', elapsedMs: 5_000, kept: 1 }, 5_000).text).toContain('1 earlier change is kept')
    expect(stopTold({ state: 'stopped', by: 'person', elapsedMs: 300, kept: 0 }, 5_000)).toEqual({
      title: 'Stopped by you after 300 ms',
      text: 'Your answer is unchanged. The data is as it was given.',
    })
  })

  it('says what stands when a statement fails', () => {
    const failure = { kind: 'wrong' as const, message: 'no such table: x', start: 0, end: 1, before: [result, result] }
    expect(failureTold(failure).text).toContain('2 statements before it ran and stand.')
    expect(failureTold({ ...failure, message: 'index i already exists', before: [] }).text).toContain('Reset the data')
    expect(lineOf('a\nb\nc', 4)).toBe(3)
  })
})
