import type { ChapterSummary, LibraryIndex } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'

/** How far a learner is: what is done of what there is to do. */
export interface Steps {
  done: number
  total: number
}

/** The steps of a chapter: sections read, checks answered right, walkthroughs finished, exercises passed. */
export function chapterSteps(chapter: ChapterSummary, progress: ProgressSnapshot): Steps {
  const own = progress.chapters[chapter.id]
  const steps: Steps = { done: 0, total: 0 }
  const count = (done: boolean): void => {
    steps.total += 1
    if (done) steps.done += 1
  }
  for (const section of chapter.sections) {
    count(own?.sectionsRead.includes(section.id) ?? false)
    for (const check of section.checks) count(own?.checks[check]?.correct ?? false)
    for (const walkthrough of section.walkthroughs) count(own?.walkthroughs[walkthrough]?.finished ?? false)
    for (const exercise of section.exercises) count(progress.exercises[exercise]?.passed ?? false)
  }
  return steps
}

/** All chapters that can be read. */
export function courseSteps(library: LibraryIndex, progress: ProgressSnapshot): Steps {
  return library.chapters
    .filter((chapter) => chapter.state === 'ready')
    .map((chapter) => chapterSteps(chapter, progress))
    .reduce((sum, steps) => ({ done: sum.done + steps.done, total: sum.total + steps.total }), { done: 0, total: 0 })
}

/** 0..1; an empty list counts as nothing done. */
export function share(steps: Steps): number {
  return steps.total === 0 ? 0 : steps.done / steps.total
}

/** Known: by the placement test; what was done before is kept. */
export type ChapterState = 'planned' | 'broken' | 'new' | 'started' | 'known' | 'done'

/** The state of a chapter for this learner. */
export function chapterState(chapter: ChapterSummary, progress: ProgressSnapshot): ChapterState {
  if (chapter.state !== 'ready') return chapter.state
  const steps = chapterSteps(chapter, progress)
  if (steps.total > 0 && steps.done === steps.total) return 'done'
  if (progress.known.includes(chapter.id)) return 'known'
  return steps.done > 0 || progress.chapters[chapter.id]?.opened === true ? 'started' : 'new'
}

export interface ResumePoint {
  /** False when nothing has been begun. */
  begun: boolean
  route: { kind: 'chapter'; id: string; section: string | null } | { kind: 'exercise' | 'incident'; id: string }
  title: string
  /** Such as "Chapter 7, section 3 of 12: Joins". */
  place: string
  steps: Steps
}

/** The place worked in last, as long as it is unfinished: after an exercise that is passed its chapter goes on, after an incident that is over nothing does. */
function unfinishedPlace(library: LibraryIndex, { resume, exercises, incidents, chapters }: ProgressSnapshot): ProgressSnapshot['resume'] {
  if (resume?.kind === 'incident') {
    const own = incidents[resume.id]
    return own?.restored === true && own.openShift === null ? null : resume
  }
  if (resume?.kind !== 'exercise' || exercises[resume.id]?.passed !== true) return resume
  const chapter = library.exercises.find((one) => one.id === resume.id)?.chapter
  if (chapter === undefined || chapters[chapter] === undefined) return null
  const position = chapters[chapter].position
  return { kind: 'chapter', id: chapter, section: position?.section ?? null, block: position?.block ?? null, at: resume.at }
}

/**
 * Where to go on: the last place worked in, if it still exists and is unfinished, else the first chapter that can be
 * read and is neither known nor done, else the first that can be read; null when there is none.
 */
export function resumePoint(library: LibraryIndex, progress: ProgressSnapshot): ResumePoint | null {
  const resume = unfinishedPlace(library, progress)
  if (resume?.kind === 'exercise') {
    const exercise = library.exercises.find((one) => one.id === resume.id)
    const chapter = library.chapters.find((one) => one.id === exercise?.chapter)
    if (exercise) {
      return {
        begun: true,
        route: { kind: 'exercise', id: exercise.id },
        title: exercise.title,
        place: chapter ? `Exercise of chapter ${String(chapter.number)}: ${chapter.title}` : 'Exercise',
        steps: chapter ? chapterSteps(chapter, progress) : { done: 0, total: 0 },
      }
    }
  }
  if (resume?.kind === 'incident') {
    const incident = library.incidents.find((one) => one.id === resume.id)
    const isOpen = (progress.incidents[resume.id]?.openShift ?? null) !== null
    if (incident) return { begun: true, route: { kind: 'incident', id: incident.id }, title: incident.title, place: isOpen ? 'Incident, a shift is open' : 'Incident', steps: { done: 0, total: 0 } }
  }
  // A chapter that was begun and then passed in the placement test is not what comes next.
  const isPassedSince = resume !== null && progress.known.includes(resume.id) && (progress.placed[resume.id]?.at ?? 0) > resume.at
  const kept = isPassedSince ? undefined : library.chapters.find((one) => one.id === resume?.id && one.state === 'ready')
  const ready = library.chapters.filter((one) => one.state === 'ready')
  const chapter = kept ?? ready.find((one) => !['known', 'done'].includes(chapterState(one, progress))) ?? ready[0]
  if (chapter === undefined) return null
  const index = kept ? chapter.sections.findIndex((section) => section.id === resume?.section) : -1
  const section = index >= 0 ? chapter.sections[index] : undefined
  const where = section ? `section ${String(index + 1)} of ${String(chapter.sections.length)}: ${section.title}` : `${String(chapter.sections.length)} sections, about ${String(chapter.minutes)} minutes`
  return {
    begun: kept !== undefined || chapterState(chapter, progress) === 'started',
    route: { kind: 'chapter', id: chapter.id, section: section?.id ?? null },
    title: chapter.title,
    place: `Chapter ${String(chapter.number)}, ${where}`,
    steps: chapterSteps(chapter, progress),
  }
}
