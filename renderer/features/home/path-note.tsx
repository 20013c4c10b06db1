import { Link } from 'wouter'
import { useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { durationText, pathState } from '../../app/path-progress.ts'
import { routes } from '../../app/routes.ts'
import { PageSection } from '../../ui/index.ts'
import styles from './home.module.css'

/** The next step of the path that is followed, or the way to the paths. Nothing where there are none. */
export function PathNote() {
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
  const { next, done, total, minutesLeft } = pathState(path, library, progress)
  return (
    <PageSection title="Learning path" note={`${String(done)} of ${String(total)} steps`}>
      <p>
        <Link href={routes.path(path.id)}>{path.title}</Link>
        {next === null ? ': every step is done.' : `, ${durationText(minutesLeft)} left.`}
      </p>
      {next !== null && next.step.route !== null && (
        <p className={styles.pathNext}>
          Next: <Link href={next.step.route}>{next.step.title}</Link>{' '}
          <span className={styles.count}>
            {next.step.what}, {durationText(next.step.minutesLeft)}
          </span>
        </p>
      )}
    </PageSection>
  )
}
