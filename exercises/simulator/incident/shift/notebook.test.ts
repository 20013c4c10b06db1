import { expect, it } from 'vitest'
import { likeliest, notebookOf } from './notebook.ts'
import type { ShiftEntry } from './record.ts'

const supposed = (id: string, cause: string, confidence: number): ShiftEntry => ({ type: 'supposed', atUs: 0, hypothesis: { id, cause, component: 'db', confidence, supports: [], against: [], note: '' } })
const held = (...entries: ShiftEntry[]): string | undefined => likeliest(notebookOf(entries))?.id

it('holds the hypothesis with the highest confidence for likeliest, and of two the later', () => {
  expect(held()).toBeUndefined()
  expect(held(supposed('a', 'leak', 40), supposed('b', 'load', 70), supposed('c', 'index', 60))).toBe('b')
  expect(held(supposed('a', 'leak', 50), supposed('b', 'load', 50))).toBe('b')
})
it('passes over cards without a cause, and what was dropped', () => {
  expect(held(supposed('a', 'leak', 40), supposed('b', '', 90))).toBe('a')
  expect(held(supposed('a', 'leak', 40), supposed('b', 'load', 90), { type: 'dropped', atUs: 1, hypothesis: 'b' })).toBe('a')
})
