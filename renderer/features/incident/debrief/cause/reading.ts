/** What to read after an incident: what its author names, and what trains the same skills. */
import type { ChapterSummary, ExerciseSummary, IncidentSummary, LibraryIndex } from '../../../../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../../../../exercises/progress/snapshot.ts'

interface ReadingInput {
  readonly library: Pick<LibraryIndex, 'chapters' | 'exercises'>
  readonly progress: Pick<ProgressSnapshot, 'exercises'>
  readonly summary: Pick<IncidentSummary, 'chapter' | 'skills'>
  /** Ids of sections and playbooks; those of a chapter begin with it, as in `ch07.sec.pools`. */
  readonly reading: readonly string[]
}

const mostExercises = 4

export function readingOf({ library, progress, summary, reading }: ReadingInput): { readonly chapters: readonly ChapterSummary[]; readonly exercises: readonly ExerciseSummary[] } {
  const named = new Set([...reading.flatMap((id) => /^ch\d\d(?=\.)/.exec(id)?.[0] ?? []), summary.chapter])
  const chapters = [...named].flatMap((id) => library.chapters.find((chapter) => chapter.id === id) ?? [])
  const trained = library.exercises.map((exercise) => ({ exercise, common: exercise.skills.filter((skill) => summary.skills.includes(skill)).length, passed: progress.exercises[exercise.id]?.passed === true ? 1 : 0 }))
  const exercises = trained
    .filter(({ common }) => common > 0)
    .toSorted((one, other) => one.passed - other.passed || other.common - one.common || one.exercise.difficulty - other.exercise.difficulty)
    .slice(0, mostExercises)
  return { chapters, exercises: exercises.map(({ exercise }) => exercise) }
}
