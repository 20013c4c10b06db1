import { describe, expect, it } from 'vitest'
import { placeBelow, startOfLine } from './caret.ts'

/** The text with a bar where the cursor would be. */
const marked = (text: string, line: number): string => {
  const at = placeBelow(text, line)
  return `${text.slice(0, at)}|${text.slice(at)}`
}

describe('the place to write below a heading', () => {
  it('is below the question that the template asks there', () => {
    expect(marked('## Detection\n\n<!-- Which signal? -->\n\n## Root cause\n', 1)).toBe('## Detection\n\n<!-- Which signal? -->\n|\n## Root cause\n')
    expect(marked('## Detection\n<!-- Which\nsignal? -->\n\n## Root cause', 1)).toBe('## Detection\n<!-- Which\nsignal? -->\n|\n## Root cause')
  })
  it('is behind what is written there already', () => {
    expect(marked('## Impact\n\n- 3 failed.\n- 4 waited.\n\n## Timeline', 1)).toBe('## Impact\n\n- 3 failed.\n- 4 waited.|\n\n## Timeline')
  })
  it('is below a table, for its next row', () => {
    expect(marked('## Actions\n\n<!-- Who? -->\n\n| Action | Owner |\n| --- | --- |\n', 1)).toBe('## Actions\n\n<!-- Who? -->\n\n| Action | Owner |\n| --- | --- |\n|')
  })
  it('is on the line below a heading without anything', () => {
    expect(marked('## One\n\n## Two\n', 1)).toBe('## One\n|\n## Two\n')
    expect(marked('## One\n\n## Two\n', 3)).toBe('## One\n\n## Two\n|')
  })
  it('is at the end of a text that ends with the heading or its question', () => {
    expect(marked('## One', 1)).toBe('## One|')
    expect(marked('## One\n<!-- Why? -->', 1)).toBe('## One\n<!-- Why? -->|')
  })
})

it('finds the start of a line', () => {
  expect([1, 2, 3].map((line) => startOfLine('ab\n\nc', line))).toEqual([0, 3, 4])
})
