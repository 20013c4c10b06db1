import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../main/api/index.ts'
import { readingLine, readingLook } from './reading-look.ts'

describe('the look of reading text', () => {
  it('is that of the style sheet until something is chosen', () => {
    expect(readingLook(defaultSettings)).toEqual({ '--size-read': '17px', '--line-read': '28px', '--measure-read': '68ch', '--font-read': 'var(--font-ui)' })
  })

  it('follows each choice', () => {
    const look = readingLook({ readingSize: 20, readingWidth: 'narrow', readingSpacing: 'very-open', readingFont: 'distinct' })
    expect(look).toMatchObject({ '--size-read': '20px', '--line-read': '44px', '--measure-read': '54ch' })
    expect(look['--font-read']).toMatch(/^'Atkinson Hyperlegible Next Variable'/)
  })

  it('opens the lines with every step, at every size, and stays on the grid', () => {
    for (const size of [15, 16, 17, 18, 19, 20]) {
      const lines = (['normal', 'open', 'very-open'] as const).map((spacing) => readingLine(size, spacing))
      expect(new Set(lines).size).toBe(3)
      expect(lines).toEqual(lines.toSorted((a, b) => a - b))
      for (const line of lines) {
        expect(line % 4).toBe(0)
        expect(line / size).toBeGreaterThanOrEqual(1.5)
      }
    }
  })
})
