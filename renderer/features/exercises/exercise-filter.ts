import type { ExerciseSummary } from '../../../exercises/content/model.ts'
import type { ExerciseProgress } from '../../../exercises/progress/snapshot.ts'

export type ExerciseState = 'new' | 'tried' | 'passed'

export interface ExerciseFilter {
  text: string
  kind: string
  chapter: string
  skill: string
  /** 0 for every difficulty. */
  difficulty: number
  state: ExerciseState | ''
}

export const noFilter: ExerciseFilter = { text: '', kind: '', chapter: '', skill: '', difficulty: 0, state: '' }

/** Whether the filter leaves anything out. */
export function isFiltering(filter: ExerciseFilter): boolean {
  return Object.keys(noFilter).some((key) => filter[key as keyof ExerciseFilter] !== noFilter[key as keyof ExerciseFilter])
}

/** Where a learner is with an exercise. */
export function exerciseState(progress: ExerciseProgress | undefined): ExerciseState {
  if (progress?.passed) return 'passed'
  return progress !== undefined && progress.attempts > 0 ? 'tried' : 'new'
}

/** The exercises that fit every part of the filter, in their own order. Text fits when each of its words does. */
export function filterExercises(
  exercises: readonly ExerciseSummary[],
  filter: ExerciseFilter,
  progress: Readonly<Record<string, ExerciseProgress>>,
  skillTitles: ReadonlyMap<string, string>,
): ExerciseSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return exercises.filter((exercise) => {
    if (filter.kind !== '' && exercise.kind !== filter.kind) return false
    if (filter.chapter !== '' && exercise.chapter !== filter.chapter) return false
    if (filter.skill !== '' && !exercise.skills.includes(filter.skill)) return false
    if (filter.difficulty !== 0 && exercise.difficulty !== filter.difficulty) return false
    if (filter.state !== '' && exerciseState(progress[exercise.id]) !== filter.state) return false
    const text = [exercise.title, exercise.summary, exercise.id, exercise.kind, ...exercise.skills.map((skill) => skillTitles.get(skill) ?? skill)].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
