import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuzzyScore, searchPalette } from './palette-search.ts'
import type { PaletteEntry } from './palette-search.ts'

const titles = ['Home', 'Chapters', 'Exercises', 'Settings', 'Use the dark theme', 'Who waits for whom', 'Locks and deadlocks', 'What blocks an index', 'Keyset pagination', 'Answer from the index alone']
const entries: PaletteEntry[] = titles.map((title) => ({ id: title, title, section: 'Chapter 7', run: () => undefined }))
const find = (query: string): string[] => searchPalette(entries, query, 50).map((entry) => entry.title)

describe('what is found first', () => {
  test.each([
    ['lock', 'Locks and deadlocks'],
    ['set', 'Settings'],
    ['dark', 'Use the dark theme'],
    ['kp', 'Keyset pagination'],
    ['key pag', 'Keyset pagination'],
    ['who waits', 'Who waits for whom'],
    ['HOME', 'Home'],
  ])('%s', (query, title) => {
    expect(find(query)[0]).toBe(title)
  })
})

test('nothing scattered over a sentence is a find', () => {
  expect(find('zzz')).toEqual([])
  expect(find('qwerty')).toEqual([])
})

test('an empty query lists everything in its own order, up to the limit', () => {
  expect(searchPalette(entries, '  ', 3).map((entry) => entry.title)).toEqual(titles.slice(0, 3))
})

test('the section and further words find an entry too, after titles', () => {
  const more: PaletteEntry = { id: 'x', title: 'The last item', section: 'Exercise', words: 'lost update under locks', run: () => undefined }
  expect(searchPalette([more, ...entries], 'locks', 5).map((entry) => entry.title)).toEqual(['Locks and deadlocks', 'What blocks an index', 'The last item'])
})

test('a text always fits its own beginning, and never fits what it does not contain', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]{1,30}$/), fc.nat(), (text, cut) => {
      const prefix = text.slice(0, 1 + (cut % text.length))
      expect(fuzzyScore(prefix, text)).toBeGreaterThan(0)
      expect(fuzzyScore(`${prefix}9`, text)).toBe(0)
    }),
  )
})
