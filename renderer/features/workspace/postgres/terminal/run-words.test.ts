import { expect, it } from 'vitest'
import type { StatementResult } from '../../../../../exercises/kinds/postgres/session.ts'
import { afterFailure, reportPhrase, resultNote } from './run-words.ts'

const result = (more: Partial<StatementResult>): StatementResult => ({ sql: '', start: 0, command: 'SELECT', columns: [], rows: [], truncated: false, count: null, ...more })
const error = (sqlstate: string) => ({ sqlstate, message: 'no', start: 0, end: 1 })

it('tells what a statement did', () => {
  expect(resultNote(result({ columns: ['a'], rows: [[1]], count: 1 }))).toBe('1 row')
  expect(resultNote(result({ columns: ['a'], rows: [[1]], truncated: true, count: 12_000 }))).toBe('First 1 row of 12,000')
  expect(resultNote(result({ command: 'UPDATE', count: 3 }))).toBe('UPDATE 3')
  expect(resultNote(result({ command: 'BEGIN' }))).toBe('BEGIN')
})

it('tells a run in a phrase', () => {
  const report = { notices: [], transaction: 'idle' as const, milliseconds: 1 }
  expect(reportPhrase({ ...report, results: [], error: error('40P01') })).toBe('no (40P01)')
  expect(reportPhrase({ ...report, results: [], error: null })).toBe('nothing to run')
})

it('says what stands after a failure, and what to do', () => {
  expect(afterFailure(error('40P01'), 'failed', 0)).toContain('ROLLBACK')
  expect(afterFailure(error('40001'), 'idle', 0)).toContain('run it again')
  expect(afterFailure(error('42601'), 'idle', 0)).toBe('Nothing was changed. The place is underlined in the editor.')
  expect(afterFailure(error('42601'), 'idle', 2)).toContain('What ran before it stands.')
  expect(afterFailure(error('57P01'), 'lost', 0)).toContain('opens it again')
})
