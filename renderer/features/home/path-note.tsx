import { Link } from 'wouter'
import { useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { resumePoint } from '../../app/course-progress.ts'
import type { LeadPoint } from '../../app/lead-point.ts'
import { drillText, durationText, pathState, placeOnPath } from '../../app/path-progress.ts'
import { resumeRoute } from '../../app/resume-route.ts'
import { routes } from '../../app/routes.ts'
import { PageSection } from '../../ui/index.ts'
import styles from './home.module.css'

/** How far the path is that is followed and what comes after the step that leads, or the way to the paths. Nothing where there are none. */
export function PathNote({ lead }: { lead: LeadPoint | null }) {
  const library = useLibrary()
  const progress = useProgress()
  const { settings } = useSettings()
  if (library.paths.length === 0) return null
  const path = library.paths.find(({ id }) => id === settings.path)
  if (path === undefined) {
    return (
      <PageSection title="Learning path">
        <p className={styles.quiet}>
          No path is followed. <Link href={routes.paths}>Choose one</Link>, such as {library.paths.find(({ id }) => id !== 'whole-course')?.title ?? library.paths[0]?.title}.
        </p>
      </PageSection>
    )
  }
  const state = pathState(path, library, progress)
  const { next, done, total, minutesLeft } = state
  const isLeading = lead !== null && lead.path === path.id
  const shown = isLeading ? (placeOnPath(path, state, lead.to)?.next ?? null) : next
  const point = resumePoint(library, progress)
  const left = isLeading && point?.begun === true && resumeRoute(point) !== lead.to ? point : null
  return (
    <PageSection title="Learning path" note={`${String(done)} of ${String(total)} steps of the path`}>
      <p>
        <Link href={routes.path(path.id)}>{path.title}</Link>
        {next === null ? ': every step is done.' : `, ${durationText(minutesLeft)} left.`}
      </p>
      {shown !== null && shown.step.route !== null && (
        <p className={styles.pathNext}>
          {isLeading ? 'Then' : 'Next'}: <Link href={shown.step.route}>{shown.step.title}</Link>{' '}
          <span className={styles.count}>{[shown.step.what, durationText(shown.step.minutesLeft), ...drillText(shown.step.item)].join(', ')}</span>
        </p>
      )}
      {left !== null && (
        <p className={styles.pathNext}>
          Last opened: <Link href={resumeRoute(left)}>{left.title}</Link> <span className={styles.count}>{left.place}</span>
        </p>
      )}
    </PageSection>
  )
}
