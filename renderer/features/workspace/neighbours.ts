/** Where an exercise belongs and which comes after it. */
import type { LibraryIndex } from '../../../exercises/content/model.ts'
import { routes } from '../../app/routes.ts'

export interface Place {
  title: string
  href: string
  /** What it is to the learner, where that is more than the next exercise. */
  label?: string
}

/** The chapter section that holds the exercise, and the exercises before and after it in the same chapter, in the order of its text. */
export function neighboursOf(library: LibraryIndex, exerciseId: string): { chapter: Place | null; previous: Place | null; next: Place | null } {
  const exercise = library.exercises.find((one) => one.id === exerciseId)
  if (exercise === undefined) return { chapter: null, previous: null, next: null }
  const chapter = library.chapters.find((one) => one.id === exercise.chapter)
  const placed = (chapter?.sections ?? []).flatMap((section) => section.exercises)
  const inChapter = library.exercises.filter((one) => one.chapter === exercise.chapter).map((one) => one.id)
  const order = [...placed, ...inChapter.filter((id) => !placed.includes(id))]
  const placeAt = (position: number): Place | null => {
    const found = library.exercises.find((one) => one.id === order[position])
    return found === undefined ? null : { title: found.title, href: `#${routes.exercise(found.id)}` }
  }
  const position = order.indexOf(exerciseId)
  const section = chapter?.sections.find((one) => one.exercises.includes(exerciseId))
  return {
    chapter: chapter === undefined ? null : { title: `Chapter ${String(chapter.number)}: ${section?.title ?? chapter.title}`, href: `#${routes.chapter(chapter.id, section?.id)}` },
    previous: placeAt(position - 1),
    next: placeAt(position + 1),
  }
}
