/** What Home puts first: work that stands open, else the next step of the path that is followed, else where reading stopped. */
import type { LibraryIndex } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { resumePoint } from './course-progress.ts'
import type { Steps } from './course-progress.ts'
import { drillText, durationText, pathState } from './path-progress.ts'
import { resumeRoute } from './resume-route.ts'

export interface LeadPoint {
  verb: 'Resume' | 'Start' | 'Go on'
  /** Why it comes first, as Home's heading says it. */
  reason: string
  title: string
  place: string
  to: string
  steps: Steps
  /** What the steps are of. */
  stepsOf: string
  /** The path that it is a step of. */
  path: string | null
}

/** The one thing that leads; null when there is nothing to read. `followed` is the id of the path that is followed. */
export function leadPoint(library: LibraryIndex, progress: ProgressSnapshot, followed: string | null): LeadPoint | null {
  const point = resumePoint(library, progress)
  const onPath = pathLead(library, progress, followed)
  if (onPath !== null && (point === null || !isWorkOpen(progress, point.route) || resumeRoute(point) === onPath.to)) return onPath
  if (point === null) return null
  return {
    verb: point.begun ? 'Resume' : 'Start',
    reason: point.begun ? 'Continue where you left off.' : 'Start here.',
    title: point.title,
    place: point.place,
    to: resumeRoute(point),
    steps: point.steps,
    stepsOf: point.title,
    path: null,
  }
}

/** Whether something was left in the middle: a shift that runs, or an answer that was checked and is not right yet. Text can wait. */
function isWorkOpen(progress: ProgressSnapshot, { kind, id }: { kind: string; id: string }): boolean {
  if (kind === 'incident') return (progress.incidents[id]?.openShift ?? null) !== null
  const exercise = progress.exercises[id]
  return kind === 'exercise' && exercise !== undefined && exercise.attempts > 0 && !exercise.passed
}

function pathLead(library: LibraryIndex, progress: ProgressSnapshot, followed: string | null): LeadPoint | null {
  const path = library.paths.find(({ id }) => id === followed)
  if (path === undefined) return null
  const { next, done, total } = pathState(path, library, progress)
  const to = next?.step.route ?? null
  if (next === null || to === null) return null
  const { step, part } = next
  return {
    verb: done === 0 ? 'Start' : 'Go on',
    reason: 'Next on your path.',
    title: step.title,
    place: `${path.title}, ${part}. ${[step.what, durationText(step.minutesLeft), ...drillText(step.item)].join(', ')}`,
    to,
    steps: { done, total },
    stepsOf: path.title,
    path: path.id,
  }
}
