import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExerciseSummary } from '../content/model.ts'
import { nextExercise } from './next-exercise.ts'
import { emptyProgress, snapshotOf } from './projection.ts'
import type { ExerciseProgress, ProgressSnapshot } from './snapshot.ts'

const exercise = (id: string, difficulty: number, skills: string[], chapter = 'ch07'): ExerciseSummary => ({ id, kind: 'sql', version: 1, title: id, summary: '', chapter, minutes: 5, difficulty, skills })
const done = (more: Partial<ExerciseProgress> = {}): ExerciseProgress => ({ attempts: 1, bestScore: 1, passed: true, passedVersion: 1, hintsShown: [], solutionShown: false, lastAt: 1, ...more })
const learner = (more: Partial<ProgressSnapshot> = {}): ProgressSnapshot => ({ ...snapshotOf(emptyProgress()), ...more })
const list = [exercise('hard', 5, ['a']), exercise('easy', 1, ['a']), exercise('other', 2, ['b'], 'ch02')]

describe('next exercise', () => {
  it('begins with one that suits a newcomer', () => {
    expect(nextExercise(list, learner())).toEqual({ exercise: list[1], because: { reason: 'new-skill', skill: 'a' } })
  })

  it('prefers the chapter in hand, and says so', () => {
    const next = nextExercise(list, learner({ resume: { kind: 'chapter', id: 'ch02', section: null, block: null, at: 1 } }))
    expect(next).toEqual({ exercise: list[2], because: { reason: 'chapter' } })
  })

  it('goes on with what was begun, and lets go of it after four tries', () => {
    const begun = done({ passed: false, attempts: 2 })
    expect(nextExercise(list, learner({ exercises: { other: begun } }))?.because).toEqual({ reason: 'begun' })
    expect(nextExercise(list, learner({ exercises: { other: { ...begun, attempts: 4 } } }))?.exercise.id).toBe('easy')
  })

  it('turns to the weak skill, and to harder work in a strong one', () => {
    const skills = { a: { mastery: 0.9, evidence: 5 }, b: { mastery: 0.3, evidence: 4 } }
    expect(nextExercise(list, learner({ skills }))).toEqual({ exercise: list[2], because: { reason: 'weak-skill', skill: 'b', mastery: 0.3 } })
    expect(nextExercise(list.slice(0, 2), learner({ skills }))?.exercise.id).toBe('hard')
  })

  it('is nothing when all are passed', () => {
    expect(nextExercise(list, learner({ exercises: { hard: done(), easy: done(), other: done() } }))).toBeNull()
    expect(nextExercise([], learner())).toBeNull()
  })

  it('never proposes a passed one, and proposes one as long as any is left', () => {
    const id = fc.constantFrom('hard', 'easy', 'other')
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.dictionary(fc.constantFrom('a', 'b'), fc.record({ mastery: fc.double({ min: 0, max: 1, noNaN: true }), evidence: fc.nat(9) })), (passed, skills) => {
        const next = nextExercise(list, learner({ skills, exercises: Object.fromEntries(passed.map((one) => [one, done()])) }))
        if (passed.length === list.length) expect(next).toBeNull()
        else expect(passed).not.toContain(next?.exercise.id)
      }),
    )
  })
})
