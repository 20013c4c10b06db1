import { Link } from 'wouter'
import { drillText } from './path-progress.ts'
import { routes } from './routes.ts'
import { usePathPlace } from './use-path-place.ts'
import styles from './path-place.module.css'

/** In the status bar of a step: the path, its part, how long a drill may take, and what comes next. */
export function PathPlaceNote() {
  const place = usePathPlace()
  if (place === null) return null
  const { path, part, number, of, step, next } = place
  return (
    <nav className={styles.place} aria-label="Your learning path">
      <span className={styles.where}>
        <Link href={routes.path(path.id)}>{path.title}</Link>, {[part, `step ${String(number)} of ${String(of)}`, ...drillText(step.item)].join(', ')}
      </span>
      {next !== null && next.step.route !== null && (
        <Link className={styles.next} href={next.step.route}>
          Next in your path: {next.step.title}
        </Link>
      )}
    </nav>
  )
}
