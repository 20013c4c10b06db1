import { describe, expect, it } from 'vitest'
import { judgedAct } from './score.ts'

const judged = [
  { act: { action: 'add-index', target: 'db', table: 'users', index: 'by-id' }, verdict: 'needless' },
  { act: { action: 'add-index', target: 'db', table: 'users', index: 'by-text' }, verdict: 'right' },
  { act: { action: 'configure', target: 'api', timeout: '2s' }, verdict: 'right' },
]
const verdict = (act: { action: string; target: string; [argument: string]: unknown }): string | undefined => judgedAct(judged, act)?.verdict

describe('an action', () => {
  it('is judged as the very same one where there is one', () => {
    expect(verdict({ action: 'add-index', target: 'db', table: 'users', index: 'by-text' })).toBe('right')
    expect(verdict({ action: 'add-index', target: 'db', table: 'users', index: 'by-id' })).toBe('needless')
  })
  it('else by name, target and names of arguments: a dial that is turned further is the same dial', () => {
    expect(verdict({ action: 'configure', target: 'api', timeout: '3s' })).toBe('right')
    expect(verdict({ action: 'add-index', target: 'db', table: 'users', index: 'another' })).toBe('needless')
    expect(verdict({ action: 'configure', target: 'api', threads: 5 })).toBeUndefined()
  })
})
