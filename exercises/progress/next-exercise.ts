/** Which exercise would teach a learner most now. */
import type { ExerciseSummary } from '../content/model.ts'
import type { ProgressSnapshot } from './snapshot.ts'

export interface NextExercise {
  exercise: ExerciseSummary
  /** Why this one: the strongest of the reasons. */
  because: { reason: 'begun' } | { reason: 'chapter' } | { reason: 'weak-skill'; skill: string; mastery: number } | { reason: 'new-skill'; skill: string } | { reason: 'level' }
}

/** An exercise begun this often without a pass is left alone for a while: another one may teach what is missing. */
const enoughTries = 4
const begunFactor = 1.5
const chapterFactor = 1.3

/**
 * The exercise that is not passed with the highest worth, or null when all are passed. Worth is need times fit. Need is
 * the mean of 1 - mastery over its skills. Fit is 1 / (1 + d), d the distance of its difficulty (1..5) from the one that
 * suits: 1.5 for a skill never shown and 3 more for one that is held. What was begun and what the chapter in hand is
 * about counts more. The first of equals wins, so the same progress gives the same answer.
 */
export function nextExercise(exercises: readonly ExerciseSummary[], progress: ProgressSnapshot): NextExercise | null {
  const chapter = chapterInHand(exercises, progress)
  let best: { worth: number; exercise: ExerciseSummary } | null = null
  for (const exercise of exercises) {
    const own = progress.exercises[exercise.id]
    if (own?.passed) continue
    const mastery = meanMastery(exercise, progress)
    const fit = 1 / (1 + Math.abs(exercise.difficulty - (1.5 + 3 * mastery)))
    const begun = isBegun(exercise, progress) ? begunFactor : (own?.attempts ?? 0) >= enoughTries ? 1 / begunFactor : 1
    const worth = (1 - mastery) * fit * begun * (exercise.chapter === chapter ? chapterFactor : 1)
    if (best === null || worth > best.worth) best = { worth, exercise }
  }
  return best === null ? null : { exercise: best.exercise, because: reasonFor(best.exercise, progress, chapter) }
}

function meanMastery(exercise: ExerciseSummary, progress: ProgressSnapshot): number {
  return exercise.skills.reduce((sum, skill) => sum + (progress.skills[skill]?.mastery ?? 0), 0) / Math.max(exercise.skills.length, 1)
}

function isBegun(exercise: ExerciseSummary, progress: ProgressSnapshot): boolean {
  const own = progress.exercises[exercise.id]
  return own !== undefined && own.attempts > 0 && own.attempts < enoughTries && !own.solutionShown
}

function chapterInHand(exercises: readonly ExerciseSummary[], progress: ProgressSnapshot): string | null {
  const { resume } = progress
  if (resume?.kind === 'chapter') return resume.id
  return exercises.find((exercise) => exercise.id === resume?.id)?.chapter ?? null
}

function reasonFor(exercise: ExerciseSummary, progress: ProgressSnapshot, chapter: string | null): NextExercise['because'] {
  if (isBegun(exercise, progress)) return { reason: 'begun' }
  const known = exercise.skills.flatMap((skill) => {
    const own = progress.skills[skill]
    return own === undefined || own.evidence === 0 ? [] : [{ skill, mastery: own.mastery }]
  })
  const weakest = known.toSorted((one, other) => one.mastery - other.mastery)[0]
  if (weakest !== undefined && weakest.mastery < 0.7) return { reason: 'weak-skill', ...weakest }
  if (exercise.chapter === chapter) return { reason: 'chapter' }
  const fresh = exercise.skills.find((skill) => (progress.skills[skill]?.evidence ?? 0) === 0)
  return fresh === undefined ? { reason: 'level' } : { reason: 'new-skill', skill: fresh }
}
