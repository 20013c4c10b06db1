import { describe, expect, it } from 'vitest'
import type { LearningPath } from '../../exercises/content/learning-path.ts'
import type { ChapterSummary, LibraryIndex } from '../../exercises/content/model.ts'
import { emptyChapterProgress } from '../../exercises/progress/snapshot.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { durationText, pathState, placeOnPath } from './path-progress.ts'

const chapter = (id: string, state: ChapterSummary['state'], sections: string[]): ChapterSummary => ({
  id,
  number: Number(id.slice(2)),
  slug: id,
  title: `Title of ${id}`,
  question: '',
  minutes: 40,
  state,
  skills: [],
  sections: sections.map((section) => ({ id: section, title: section, checks: [], exercises: [], walkthroughs: [] })),
  problems: [],
})
const library: LibraryIndex = {
  revision: '',
  chapters: [chapter('ch07', 'ready', ['indexes', 'plans', 'joins', 'locks']), chapter('ch08', 'planned', [])],
  appendices: [],
  exercises: [{ id: 'sql-one', kind: 'sql', version: 1, title: 'One', summary: '', chapter: 'ch07', minutes: 10, difficulty: 1, skills: [] }],
  incidents: [{ id: 'pool', title: 'Pool', difficulty: 1, minutes: 20, chapter: 'ch07', skills: [], page: '', firstShift: false }],
  templates: [{ id: 'card', title: 'Card', when: '', group: 'Responding' }],
  paths: [],
  placement: null,
  skills: [],
  changes: [],
  problems: [],
}
const work = { withinMinutes: null }
const path: LearningPath = {
  id: 'p',
  title: 'Path',
  about: '',
  parts: [
    { title: 'First', items: [{ kind: 'section', chapter: 'ch07', section: 'locks', minutes: 10, ...work }, { kind: 'chapter', chapter: 'ch08', minutes: null, ...work }] },
    { title: 'Second', items: [{ kind: 'chapter', chapter: 'ch07', minutes: 40, ...work }, { kind: 'exercise', id: 'sql-one', minutes: 10, ...work }, { kind: 'incident', id: 'pool', minutes: 20, ...work }, { kind: 'template', id: 'card', minutes: null, ...work }] },
  ],
}
const nothing: ProgressSnapshot = { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 }
const read = (...sectionsRead: string[]): ProgressSnapshot => ({ ...nothing, chapters: { ch07: { ...emptyChapterProgress, sectionsRead } } })

describe('a learning path', () => {
  it('starts with its first step and passes over what is not written', () => {
    const state = pathState(path, library, nothing)
    expect([state.done, state.total, state.minutes, state.minutesLeft]).toEqual([0, 4, 80, 80])
    expect(state.next).toMatchObject({ part: 'First', step: { title: 'locks', route: '/chapters/ch07/locks' } })
    expect(state.parts[0]?.steps[1]).toMatchObject({ state: 'missing', title: 'Title of ch08', route: null, minutesLeft: 0 })
  })

  it('goes on with what progress leaves open, and counts the unread part of a chapter', () => {
    const state = pathState(path, library, read('locks'))
    expect(state.next).toMatchObject({ part: 'Second', step: { title: 'Title of ch07', minutesLeft: 30 } })
    expect([state.done, state.minutesLeft]).toEqual([1, 60])
  })

  it('ends when everything that is written is done', () => {
    const exercise = { attempts: 1, bestScore: 1, passed: true, passedVersion: 1, hintsShown: [], solutionShown: false, lastAt: 1 }
    const incident = { started: 1, ended: 1, restored: true, bestScore: 1, postmortemScore: null, openShift: null, lastAt: 1 }
    const state = pathState(path, library, { ...read('indexes', 'plans', 'joins', 'locks'), exercises: { 'sql-one': exercise }, incidents: { pool: incident } })
    expect([state.next, state.done, state.total, state.minutesLeft]).toEqual([null, 4, 4, 0])
  })

  it('passes over the text of a chapter that is known, and not over its exercises', () => {
    const known = { ...nothing, known: ['ch07'] }
    const state = pathState(path, library, known)
    expect(state.parts.map(({ steps }) => steps.map((step) => step.state))).toEqual([['known', 'missing'], ['known', 'open', 'open', 'aid']])
    expect(state.next).toMatchObject({ part: 'Second', step: { title: 'One' } })
    expect([state.known, state.done, state.total, state.minutes, state.minutesLeft]).toEqual([2, 0, 2, 30, 30])
    expect(state.parts[0]?.steps[0]?.route).toBe('/chapters/ch07/locks')
    // What has been read all the same is done, as without the mark.
    expect(pathState(path, library, { ...read('locks'), known: ['ch07'] }).parts.map(({ steps }) => steps[0]?.state)).toEqual(['done', 'known'])
  })

  it('shows what the course no longer has as missing', () => {
    const lost = { ...path, parts: [{ title: 'Only', items: [{ kind: 'exercise' as const, id: 'gone', minutes: null, ...work }, { kind: 'section' as const, chapter: 'ch07', section: 'gone', minutes: null, ...work }] }] }
    expect(pathState(lost, library, nothing)).toMatchObject({ total: 0, next: null, parts: [{ steps: [{ state: 'missing' }, { state: 'missing' }] }] })
  })
})

it('writes durations as people do', () => {
  expect([45, 60, 200, 599, 640].map(durationText)).toEqual(['45 min', '1 h', '3 h 20 min', '9 h 59 min', '11 h'])
})

describe('the place of a screen on a path', () => {
  const state = pathState(path, library, nothing)
  const at = (location: string) => placeOnPath(path, state, location)

  it('names the part, and the next open step after it', () => {
    expect(at('/exercises/sql-one')).toMatchObject({ part: 'Second', number: 2, of: 4, next: { step: { title: 'Pool' } } })
    expect(at('/chapters/ch07/locks')).toMatchObject({ part: 'First', number: 1, next: { part: 'Second', step: { title: 'Title of ch07' } } })
  })

  it('counts a section of a chapter that is a step, and a shift of an incident, as in the step', () => {
    expect(at('/chapters/ch07/joins')).toMatchObject({ part: 'Second', number: 1 })
    expect(at('/incidents/pool/shift')).toMatchObject({ number: 3, next: { step: { title: 'locks' } } })
    expect(at('/settings')).toBeNull()
  })
})
