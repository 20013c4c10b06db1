import type { ExerciseSummary, LibraryIndex } from '../../exercises/content/model.ts'

/** The exercises of a chapter wherever they are counted or listed: those that its text links, in that order, then the others that name it. */
export function exercisesOfChapter(library: LibraryIndex, chapterId: string): ExerciseSummary[] {
  const chapter = [...library.chapters, ...library.appendices].find(({ id }) => id === chapterId)
  const placed = (chapter?.sections ?? []).flatMap(({ exercises }) => exercises)
  const own = library.exercises.filter((exercise) => exercise.chapter === chapterId).map(({ id }) => id)
  return [...new Set([...placed, ...own])].flatMap((id) => library.exercises.filter((exercise) => exercise.id === id))
}
