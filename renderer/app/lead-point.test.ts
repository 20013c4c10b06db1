import { describe, expect, test } from 'vitest'
import { libraryIndexSchema } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { leadPoint } from './lead-point.ts'

const library = libraryIndexSchema.parse({
  revision: 'r', appendices: [], incidents: [], templates: [], placement: null, skills: [], changes: [], problems: [],
  chapters: [{ id: 'ch07', number: 7, slug: 'db', title: 'Databases', question: '', minutes: 30, state: 'ready', skills: [], problems: [], sections: ['opening', 'locks'].map((id) => ({ id, title: id, checks: [], exercises: [], walkthroughs: [] })) }],
  exercises: ['e1', 'e2'].map((id) => ({ id, kind: 'sql', version: 1, title: `Exercise ${id}`, summary: '', chapter: 'ch07', minutes: 9, difficulty: 1, skills: [] })),
  paths: [{ id: 'week', title: 'A week', about: '', parts: [{ title: 'Day 1', items: [{ kind: 'exercise', id: 'e1', minutes: 9, withinMinutes: 7 }, { kind: 'section', chapter: 'ch07', section: 'opening', minutes: 4, withinMinutes: null }] }] }],
})
const nothing: ProgressSnapshot = { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 }
const worked = (id: string, passed: boolean): ProgressSnapshot => ({
  ...nothing,
  exercises: { [id]: { attempts: 1, bestScore: 0, passed, passedVersion: null, hintsShown: [], solutionShown: false, lastAt: 1 } },
  resume: { kind: 'exercise', id, section: null, block: null, at: 1 },
})

describe('what leads on Home', () => {
  test('without a path, where reading stopped', () => {
    expect(leadPoint(library, nothing, null)).toMatchObject({ verb: 'Start', to: '/chapters/ch07', path: null })
  })
  test('the next step of the path that is followed, with its part and time limit', () => {
    expect(leadPoint(library, nothing, 'week')).toMatchObject({ verb: 'Start', to: '/exercises/e1', place: 'A week, Day 1. Exercise, 9 min, drill: within 7 min', path: 'week' })
    expect(leadPoint(library, worked('e1', true), 'week')).toMatchObject({ verb: 'Go on', title: 'Databases: the opening', to: '/chapters/ch07/opening', steps: { done: 1, total: 2 } })
  })
  test('an answer that was checked and is not right yet goes before the path', () => {
    expect(leadPoint(library, worked('e2', false), 'week')).toMatchObject({ verb: 'Resume', to: '/exercises/e2', path: null })
    expect(leadPoint(library, worked('e2', true), 'week')).toMatchObject({ to: '/exercises/e1', path: 'week' })
  })
})
