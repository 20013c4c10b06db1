import { describe, expect, it } from 'vitest'
import type { Chapter, ChapterSummary } from '../../../exercises/content/model.ts'
import type { Note } from '../../../exercises/progress/snapshot.ts'
import { groupNotes, notePlace, notesMarkdown } from './note-text.ts'

const note = (id: string, over: Partial<Note> = {}): Note => ({ id, chapter: 'ch07', section: 'locks', block: 'p1', after: 0, quote: 'A lock is held.', nth: 0, text: '', at: 1, changedAt: 1, ...over })
const summary = (id: string, number: number): ChapterSummary => ({
  id,
  number,
  slug: id,
  title: `Title ${String(number)}`,
  question: '',
  minutes: 1,
  state: 'ready',
  skills: [],
  sections: ['indexes', 'locks'].map((section) => ({ id: section, title: `On ${section}`, checks: [], exercises: [], walkthroughs: [] })),
  problems: [],
})
const chapters = [summary('ch01', 1), summary('ch07', 7)]

describe('the list of notes', () => {
  it('goes by chapter and by section, and keeps what has lost its place at the end', () => {
    const notes = [note('a', { section: 'gone' }), note('b'), note('c', { section: 'indexes' }), note('d', { chapter: 'ch99' }), note('e', { chapter: 'ch01' })]
    expect(groupNotes(notes, chapters, '').map(({ title, notes: own }) => [title, own.map(({ id }) => id)])).toEqual([
      ['Chapter 1: Title 1', ['e']],
      ['Chapter 7: Title 7', ['c', 'b', 'a']],
      ['ch99', ['d']],
    ])
  })

  it('is searched by words of the passage and of the note, in any order and case', () => {
    const notes = [note('a', { text: 'Ask Ben' }), note('b', { quote: 'An index', text: 'Ask Ana' })]
    expect(groupNotes(notes, chapters, 'LOCK ask').flatMap(({ notes: own }) => own.map(({ id }) => id))).toEqual(['a'])
    expect(groupNotes(notes, chapters, 'nothing of this')).toEqual([])
  })

  it('leaves as Markdown', () => {
    const groups = groupNotes([note('a', { text: 'Mine.' }), note('b', { quote: 'One\ntwo', section: 'gone' })], chapters, '')
    expect(notesMarkdown(groups, chapters)).toBe('# Notes\n\n## Chapter 7: Title 7\n\n> A lock is held.\n\nMine.\n\n(On locks)\n\n> One\n> two\n')
  })
})

describe('the place of a note', () => {
  const text = (v: string): Chapter['sections'][number]['blocks'][number] => ({ t: 'p', id: 'p1', c: [{ t: 'text', v }] })
  const chapter = (...blocks: Chapter['sections'][number]['blocks']): Chapter =>
    ({ sections: [{ id: 'locks', title: 'Locks', covers: [], words: 1, blocks }] }) as unknown as Chapter

  it('is there while its words are, wherever in the section', () => {
    expect(notePlace(chapter(text('New. A  lock is held. More.')), note('a'))).toBe('there')
  })
  it('has changed when the words have, and gone with its section', () => {
    expect(notePlace(chapter(text('A latch is held.')), note('a'))).toBe('changed')
    expect(notePlace(chapter(), note('a'))).toBe('changed')
    expect(notePlace(chapter(text('A lock is held.')), note('a', { section: 'gone' }))).toBe('gone')
  })
  it('does not judge what is no prose', () => {
    const exercise = { t: 'exercise' as const, id: 'p1' }
    expect(notePlace(chapter(exercise), note('a'))).toBe('there')
  })
})
