import { expect, it } from 'vitest'
import { keptText, readKeptText } from './kept-text.ts'

it('belongs to the shift that it was written for', () => {
  expect(readKeptText(keptText('## Summary', 'one'), 'one')).toBe('## Summary')
  expect(readKeptText(keptText('## Summary', 'one'), 'two')).toBeNull()
})

it.each([null, '', '{', '[]', '"text"', '{"shift":"one"}', '{"shift":"one","text":1}'])('reads %j as no text', (kept) => {
  expect(readKeptText(kept, 'one')).toBeNull()
})
