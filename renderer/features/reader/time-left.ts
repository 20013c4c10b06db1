import type { Chapter } from '../../../exercises/content/model.ts'

/** Minutes of a chapter that are still unread: its whole time, in the share of words that the unread sections have. */
export function minutesLeft(chapter: Pick<Chapter, 'minutes' | 'sections'>, sectionsRead: readonly string[]): number {
  const sum = (sections: Chapter['sections']): number => sections.reduce((total, { words }) => total + words, 0)
  const all = sum(chapter.sections)
  const unread = sum(chapter.sections.filter(({ id }) => !sectionsRead.includes(id)))
  return all === 0 ? 0 : Math.ceil((chapter.minutes * unread) / all)
}
