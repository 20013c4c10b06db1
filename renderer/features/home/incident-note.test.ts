import { expect, it } from 'vitest'
import type { IncidentSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import { emptyProgress, snapshotOf } from '../../../exercises/progress/projection.ts'
import type { IncidentProgress } from '../../../exercises/progress/snapshot.ts'
import { incidentToShow } from './incident-note.tsx'

const incident = (id: string, difficulty: number): IncidentSummary => ({ id, title: id, difficulty, minutes: 20, chapter: 'ch12', skills: [], page: 'Alert', firstShift: false })
const library: LibraryIndex = { revision: 'r', chapters: [], appendices: [], exercises: [], incidents: [incident('hard', 4), incident('easy', 1), incident('middle', 2)], templates: [], paths: [], placement: null, skills: [], changes: [], problems: [] }
const shift = (more: Partial<IncidentProgress>): IncidentProgress => ({ started: 1, ended: 1, restored: true, bestScore: 0.5, postmortemScore: null, openShift: null, lastAt: 1, ...more })
const shown = (incidents: Record<string, IncidentProgress>): string | undefined => incidentToShow(library, { ...snapshotOf(emptyProgress()), incidents })?.id

it('goes on with an open shift, then with the easiest that is left, then with the last', () => {
  expect(shown({})).toBe('easy')
  expect(shown({ easy: shift({}) })).toBe('middle')
  expect(shown({ hard: shift({ ended: 0, openShift: 'x', lastAt: 9 }), middle: shift({ ended: 0, openShift: 'y', lastAt: 3 }) })).toBe('hard')
  expect(shown({ easy: shift({}), middle: shift({ lastAt: 7 }), hard: shift({}) })).toBe('middle')
  expect(incidentToShow({ ...library, incidents: [] }, snapshotOf(emptyProgress()))).toBeNull()
})
