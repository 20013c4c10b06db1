import { expect, it } from 'vitest'
import type { ExerciseSummary } from '../../../exercises/content/model.ts'
import { exercisesOf } from './reset-settings.tsx'

it('takes the exercises of a chapter with it, and no others', () => {
  const exercise = (id: string, chapter: string): ExerciseSummary => ({ id, chapter, kind: 'sql', version: 1, title: id, summary: '', minutes: 5, difficulty: 1, skills: [] })
  const library = { exercises: [exercise('slow', 'ch07'), exercise('cache', 'ch03'), exercise('locks', 'ch07')] }
  expect(exercisesOf(library, 'chapter:ch07')).toEqual(['exercise:slow', 'exercise:locks'])
  expect([exercisesOf(library, 'all'), exercisesOf(library, 'exercise:slow')]).toEqual([[], []])
})
