/** How far a learner is on a learning path: read from the same progress that every other screen shows. */
import type { LearningPath, PathItem } from '../../exercises/content/learning-path.ts'
import type { ChapterSummary, LibraryIndex } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { routes } from './routes.ts'

export interface PathStep {
  item: PathItem
  title: string
  /** Such as "Chapter 7", "Exercise of chapter 7", "Incident". */
  what: string
  /** Null for what is not written yet or cannot be shown. */
  route: string | null
  /** An aid is used on the way and never done. Known: of a chapter that is marked as known, and passed over. */
  state: 'done' | 'open' | 'known' | 'missing' | 'aid'
  /** What is left of it; 0 unless it is open. */
  minutesLeft: number
}

export interface PathState {
  parts: { title: string; steps: PathStep[] }[]
  /** The first step that is open, and the title of its part. */
  next: { step: PathStep; part: string } | null
  /** Steps that count: aids, what is missing and what is known do not. */
  done: number
  total: number
  /** Steps that are passed over because their chapter is known. */
  known: number
  /** Of everything that is written. */
  minutes: number
  minutesLeft: number
}

/** The state of every step of a path. A chapter is done when each section was read, an exercise when passed, an incident when service was restored. What is known of a chapter is its text: its exercises stay. */
export function pathState(path: LearningPath, library: LibraryIndex, progress: ProgressSnapshot): PathState {
  const parts = path.parts.map(({ title, items }) => ({ title, steps: items.map((item) => stepOf(item, library, progress)) }))
  const steps = parts.flatMap((part) => part.steps.map((step) => ({ step, part: part.title })))
  const counted = steps.filter(({ step }) => step.state === 'done' || step.state === 'open')
  const sum = (minutes: readonly number[]): number => minutes.reduce((total, one) => total + one, 0)
  return {
    parts,
    next: counted.find(({ step }) => step.state === 'open') ?? null,
    done: counted.filter(({ step }) => step.state === 'done').length,
    total: counted.length,
    known: steps.filter(({ step }) => step.state === 'known').length,
    minutes: sum(counted.map(({ step }) => step.item.minutes ?? 0)),
    minutesLeft: sum(counted.map(({ step }) => step.minutesLeft)),
  }
}

function stepOf(item: PathItem, library: LibraryIndex, progress: ProgressSnapshot): PathStep {
  const minutes = item.minutes ?? 0
  const open = (title: string, what: string, route: string, share: number): PathStep => ({ item, title, what, route, state: share === 0 ? 'done' : 'open', minutesLeft: Math.ceil(minutes * share) })
  const text = (chapter: ChapterSummary, title: string, route: string, share: number): PathStep => {
    const step = open(title, chapterName(chapter), route, share)
    return share > 0 && progress.known.includes(chapter.id) ? { ...step, state: 'known', minutesLeft: 0 } : step
  }
  const missing = (title: string, what: string): PathStep => ({ item, title, what, route: null, state: 'missing', minutesLeft: 0 })
  switch (item.kind) {
    case 'chapter': {
      const chapter = chapterOf(library, item.chapter)
      if (chapter?.state !== 'ready') return missing(chapter?.title ?? item.chapter, chapterName(chapter))
      const unread = chapter.sections.filter(({ id }) => !isRead(progress, chapter.id, id)).length
      return text(chapter, chapter.title, routes.chapter(chapter.id), unread / Math.max(1, chapter.sections.length))
    }
    case 'section': {
      const chapter = chapterOf(library, item.chapter)
      const section = chapter?.sections.find(({ id }) => id === item.section)
      if (chapter?.state !== 'ready' || section === undefined) return missing(chapter === undefined ? item.chapter : `A section of “${chapter.title}”`, chapterName(chapter))
      // The opening has no name of its own.
      return text(chapter, section.id === 'opening' ? `${chapter.title}: the opening` : section.title, routes.chapter(chapter.id, section.id), isRead(progress, chapter.id, section.id) ? 0 : 1)
    }
    case 'exercise': {
      const exercise = library.exercises.find(({ id }) => id === item.id)
      if (exercise === undefined) return missing(item.id, 'Exercise')
      return open(exercise.title, 'Exercise', routes.exercise(exercise.id), progress.exercises[exercise.id]?.passed === true ? 0 : 1)
    }
    case 'incident': {
      const incident = library.incidents.find(({ id }) => id === item.id)
      if (incident === undefined) return missing(item.id, 'Incident')
      return open(incident.title, 'Incident', routes.incident(incident.id), progress.incidents[incident.id]?.restored === true ? 0 : 1)
    }
    case 'template': {
      const template = library.templates.find(({ id }) => id === item.id)
      if (template === undefined) return missing(item.id, 'Template')
      return { item, title: template.title, what: 'Template', route: routes.template(template.id), state: 'aid', minutesLeft: 0 }
    }
  }
}

/** Where a screen stands on a path. */
export interface PathPlace {
  path: LearningPath
  part: string
  /** The step that the screen shows, 1-based among those of its part. */
  number: number
  of: number
  step: PathStep
  /** The first open step after it, else the first that was left out; null at the end. */
  next: { step: PathStep; part: string } | null
}

/** The place of an address on a path: of the step that it shows or lies in. Null for what is no step of the path. */
export function placeOnPath(path: LearningPath, state: PathState, location: string): PathPlace | null {
  const steps = state.parts.flatMap(({ title, steps: own }) => own.map((step, index) => ({ step, part: title, number: index + 1, of: own.length })))
  const exact = steps.findIndex(({ step }) => step.route === location)
  const index = exact === -1 ? steps.findIndex(({ step }) => step.route !== null && location.startsWith(`${step.route}/`)) : exact
  const at = steps[index]
  if (at === undefined) return null
  const isOpen = ({ step }: (typeof steps)[number]): boolean => step.state === 'open' && step !== at.step
  const next = steps.slice(index + 1).find(isOpen) ?? steps.find(isOpen) ?? null
  return { path, ...at, next }
}

/** `drill: within 9 min`, for a step with a time limit; a list, to be joined with others. */
export function drillText({ withinMinutes }: PathItem): string[] {
  return withinMinutes === null ? [] : [`drill: within ${String(withinMinutes)} min`]
}

function chapterOf(library: LibraryIndex, id: string): ChapterSummary | undefined {
  return library.chapters.find((chapter) => chapter.id === id)
}

function chapterName(chapter: ChapterSummary | undefined): string {
  return chapter === undefined ? 'Chapter' : `Chapter ${String(chapter.number)}`
}

function isRead(progress: ProgressSnapshot, chapter: string, section: string): boolean {
  return progress.chapters[chapter]?.sectionsRead.includes(section) ?? false
}

/** `45 min`, `3 h`, `3 h 20 min`; from ten hours on, whole hours. */
export function durationText(minutes: number): string {
  if (minutes < 60) return `${String(minutes)} min`
  if (minutes >= 600) return `${String(Math.round(minutes / 60))} h`
  const rest = minutes % 60
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest)} min`}`
}
