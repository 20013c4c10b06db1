import { describe, expect, test } from 'vitest'
import { libraryIndexSchema } from '../../exercises/content/model.ts'
import type { LibraryIndex } from '../../exercises/content/model.ts'
import { emptyChapterProgress } from '../../exercises/progress/snapshot.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { chapterState, chapterSteps, courseSteps, resumePoint } from './course-progress.ts'

const chapter = (id: string, number: number, state: 'ready' | 'planned' | 'broken') => ({
  id, number, slug: id, title: `Chapter ${id}`, question: '', minutes: 30, state, skills: [], problems: [],
  sections: state === 'ready' ? [{ id: 'one', title: 'One', checks: ['c1'], exercises: ['e1'], walkthroughs: ['w1'] }, { id: 'two', title: 'Two', checks: [], exercises: [], walkthroughs: [] }] : [],
})
const library: LibraryIndex = libraryIndexSchema.parse({
  revision: 'r', appendices: [], incidents: [], templates: [], paths: [], placement: null, skills: [], changes: [], problems: [],
  chapters: [chapter('ch06', 6, 'planned'), chapter('ch07', 7, 'ready'), chapter('ch08', 8, 'broken')],
  exercises: [{ id: 'e1', kind: 'sql', version: 1, title: 'Exercise one', summary: '', chapter: 'ch07', minutes: 5, difficulty: 1, skills: [] }],
})
const nothing: ProgressSnapshot = { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 }
const [planned, ready, broken] = library.chapters as [LibraryIndex['chapters'][0], LibraryIndex['chapters'][0], LibraryIndex['chapters'][0]]
const all: ProgressSnapshot = {
  ...nothing,
  chapters: {
    ch07: { ...emptyChapterProgress, opened: true, sectionsRead: ['one', 'two'], checks: { c1: { answer: 'a', correct: true, firstCorrect: false, attempts: 2 } }, walkthroughs: { w1: { finished: true, minutesSpent: 1, stages: {} } } },
  },
  exercises: { e1: { attempts: 1, bestScore: 1, passed: true, passedVersion: 1, hintsShown: [], solutionShown: false, lastAt: 1 } },
}

describe('steps', () => {
  test('a chapter counts sections, checks, walkthroughs and exercises', () => {
    expect(chapterSteps(ready, nothing)).toEqual({ done: 0, total: 5 })
    expect(chapterSteps(ready, all)).toEqual({ done: 5, total: 5 })
    expect(courseSteps(library, all)).toEqual({ done: 5, total: 5 })
  })

  test('states', () => {
    expect([planned, ready, broken].map((one) => chapterState(one, nothing))).toEqual(['planned', 'new', 'broken'])
    expect(chapterState(ready, { ...nothing, chapters: { ch07: { ...emptyChapterProgress, opened: true } } })).toBe('started')
    expect(chapterState(ready, all)).toBe('done')
    expect([ready, planned].map((one) => chapterState(one, { ...nothing, known: ['ch06', 'ch07'] }))).toEqual(['known', 'planned'])
    expect(chapterState(ready, { ...all, known: ['ch07'] })).toBe('done')
  })
})

describe('where to go on', () => {
  const resume = (place: ProgressSnapshot['resume']) => resumePoint(library, { ...nothing, resume: place })

  test('nothing begun: the first chapter that is written', () => {
    expect(resumePoint(library, nothing)).toMatchObject({ begun: false, route: { kind: 'chapter', id: 'ch07', section: null } })
  })
  test('nothing begun and a chapter known: the first that is not', () => {
    const two = { ...library, chapters: [ready, { ...ready, id: 'ch09', number: 9 }] }
    expect(resumePoint(two, { ...nothing, known: ['ch07'] })).toMatchObject({ begun: false, route: { id: 'ch09' } })
    expect(resumePoint(two, { ...nothing, known: ['ch07', 'ch09'] })).toMatchObject({ route: { id: 'ch07' } })
    const begun = { ...nothing, known: ['ch07'], resume: { kind: 'chapter' as const, id: 'ch07', section: 'two', block: null, at: 5 } }
    const placedAt = (at: number): ProgressSnapshot => ({ ...begun, placed: { ch07: { passed: true, answers: [], at } } })
    expect(resumePoint(two, placedAt(4))).toMatchObject({ begun: true, route: { id: 'ch07' } })
    expect(resumePoint(two, placedAt(6))).toMatchObject({ begun: false, route: { id: 'ch09' } })
  })
  test('the section that was read last', () => {
    expect(resume({ kind: 'chapter', id: 'ch07', section: 'two', block: 'p1', at: 1 })).toMatchObject({ begun: true, route: { section: 'two' }, place: 'Chapter 7, section 2 of 2: Two' })
  })
  test('a section that is gone leads to the chapter, a chapter that is gone to one that is there', () => {
    expect(resume({ kind: 'chapter', id: 'ch07', section: 'gone', block: null, at: 1 })).toMatchObject({ begun: true, route: { id: 'ch07', section: null } })
    expect(resume({ kind: 'chapter', id: 'ch99', section: null, block: null, at: 1 })).toMatchObject({ begun: false, route: { id: 'ch07' } })
  })
  test('an exercise, or its successor when it is gone', () => {
    expect(resume({ kind: 'exercise', id: 'e1', section: null, block: null, at: 1 })).toMatchObject({ route: { kind: 'exercise', id: 'e1' }, place: 'Exercise of chapter 7: Chapter ch07' })
    expect(resume({ kind: 'exercise', id: 'gone', section: null, block: null, at: 1 })).toMatchObject({ route: { kind: 'chapter', id: 'ch07' } })
  })
  test('what is over is not offered again: the chapter of a passed exercise goes on, and so does the course', () => {
    const place = { kind: 'exercise' as const, id: 'e1', section: null, block: null, at: 1 }
    const passed = { ...nothing, exercises: all.exercises, resume: place }
    expect(resumePoint(library, passed)).toMatchObject({ route: { kind: 'chapter', id: 'ch07' } })
    expect(resumePoint(library, { ...passed, chapters: { ch07: { ...emptyChapterProgress, opened: true, position: { section: 'two', block: 'p', at: 1 } } } })).toMatchObject({ begun: true, route: { section: 'two' } })
    const two = { ...library, chapters: [ready, { ...ready, id: 'ch09', number: 9, sections: [{ id: 'one', title: 'One', checks: [], exercises: [], walkthroughs: [] }] }] }
    expect(resumePoint(two, { ...all, resume: null })).toMatchObject({ route: { id: 'ch09' } })
  })
  test('no chapter at all', () => {
    expect(resumePoint({ ...library, chapters: [planned, broken] }, nothing)).toBeNull()
  })
})
