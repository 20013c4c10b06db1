import { expect, test } from 'vitest'
import type { ExerciseSummary } from '../../../exercises/content/model.ts'
import type { ExerciseProgress } from '../../../exercises/progress/snapshot.ts'
import { filterExercises, noFilter } from './exercise-filter.ts'
import type { ExerciseFilter } from './exercise-filter.ts'

const exercise = (id: string, title: string, difficulty: number, skills: string[], kind = 'sql', chapter = 'ch07'): ExerciseSummary => ({ id, kind, version: 1, title, summary: '', chapter, minutes: 5, difficulty, skills })
const exercises = [exercise('a', 'Covering index', 2, ['sql.indexes']), exercise('b', 'Lost update', 4, ['sql.locks']), exercise('c', 'Partial index', 2, ['sql.indexes', 'sql.plans'], 'postgres', 'ch06')]
const done: ExerciseProgress = { attempts: 1, bestScore: 1, passed: true, passedVersion: 1, hintsShown: [], solutionShown: false, lastAt: 1 }
const progress = { a: done, b: { ...done, passed: false, bestScore: 0.5, passedVersion: null } }
const skills = new Map([['sql.locks', 'Locks and deadlocks']])

test.each<[Partial<ExerciseFilter>, string[]]>([
  [{}, ['a', 'b', 'c']],
  [{ text: 'INDEX part' }, ['c']],
  [{ text: 'deadlocks' }, ['b']],
  [{ skill: 'sql.indexes' }, ['a', 'c']],
  [{ kind: 'postgres' }, ['c']],
  [{ chapter: 'ch07', skill: 'sql.indexes' }, ['a']],
  [{ difficulty: 4 }, ['b']],
  [{ state: 'passed' }, ['a']],
  [{ state: 'tried' }, ['b']],
  [{ state: 'new' }, ['c']],
  [{ state: 'new', difficulty: 4 }, []],
])('%j', (filter, ids) => {
  expect(filterExercises(exercises, { ...noFilter, ...filter }, progress, skills).map((one) => one.id)).toEqual(ids)
})
