import { expect, test } from 'vitest'
import { libraryIndexSchema } from '../../exercises/content/model.ts'
import { paletteEntries } from './palette-entries.ts'
import { searchPalette } from './palette-search.ts'

const section = (id: string, title: string, walkthroughs: string[]) => ({ id, title, checks: [], exercises: [], walkthroughs })
const library = libraryIndexSchema.parse({
  revision: 'r', appendices: [], incidents: [], templates: [], paths: [], placement: null, skills: [], changes: [], problems: [], exercises: [],
  chapters: [
    { id: 'ch01', number: 1, slug: 'mindset', title: 'Thinking', question: '', minutes: 30, state: 'ready', skills: [], problems: [], sections: [section('look', 'Investigation: one sign-up in three', ['w1']), section('cheat-sheet', 'Cheat sheet', [])] },
  ],
})
const found = (query: string): string[] => searchPalette(paletteEntries(library, []), query, 5).map(({ title }) => title)

test('an investigation is found by either of its names', () => {
  expect(found('investigation')[0]).toBe('Investigation: one sign-up in three')
  expect(found('walkthrough')).toEqual(['Investigation: one sign-up in three'])
})

test('a section says of which chapter it is', () => {
  expect(searchPalette(paletteEntries(library, []), 'cheat sheet', 1)[0]?.section).toBe('Chapter 1: Thinking')
})
