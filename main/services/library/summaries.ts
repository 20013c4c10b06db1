/** The short forms of chapters and exercises that lists show. */
import type { ChapterSummary, ExerciseSummary } from '../../../exercises/content/model.ts'
import { tasksOf } from '../../../exercises/content/walk.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { Exercise } from '../../../exercises/kinds/registry.ts'
import type { CourseChapter } from './course-file.ts'
import type { ChapterFolder } from './load-chapters.ts'

/** A chapter as home lists it: `planned` without a folder, `broken` when the folder does not compile. */
export function summarizeChapter(listed: CourseChapter, folder: ChapterFolder | undefined, problems: Problem[]): ChapterSummary {
  const chapter = folder?.chapter
  if (!chapter) {
    return { ...listed, minutes: 0, state: folder ? 'broken' : 'planned', skills: [], sections: [], problems }
  }
  return {
    id: chapter.id,
    number: chapter.number,
    slug: chapter.slug,
    title: chapter.title,
    question: chapter.question,
    minutes: chapter.minutes,
    state: 'ready',
    skills: chapter.skills,
    sections: chapter.sections.map(({ id, title, blocks }) => {
      const { checks, exercises, walkthroughs } = tasksOf(blocks)
      return { id, title, checks, exercises, walkthroughs }
    }),
    problems,
  }
}

/** An exercise as lists show it. */
export function summarizeExercise(exercise: Exercise): ExerciseSummary {
  const { id, kind, version, title, summary, chapter, minutes, difficulty, skills } = exercise
  return { id, kind, version, title, summary, chapter, minutes, difficulty, skills }
}
