import { Link, useLocation } from 'wouter'
import { Icon, Kbd, ProgressBar, classNames } from '../ui/index.ts'
import { useLibrary, useProgress } from './data.ts'
import { courseSteps, share } from './course-progress.ts'
import { isAt, places } from './rail.tsx'
import styles from './sidebar-navigation.module.css'

/** What the sidebar shows where a screen has nothing of its own: the places by name and how far the course is. */
export function SidebarNavigation() {
  const [location] = useLocation()
  const library = useLibrary()
  const progress = useProgress()
  const steps = courseSteps(library, progress)
  return (
    <div className={styles.sidebar}>
      <div>
        <p className={styles.product}>Firedrill</p>
        <nav aria-label="Main">
          <ul>
            {places.map((place) => {
              const here = isAt(location, place)
              return (
                <li key={place.to}>
                  <Link href={place.to} className={classNames(styles.item, here && styles.here)} aria-current={here ? 'page' : undefined}>
                    <Icon name={place.icon} />
                    <span className={styles.label}>{place.label}</span>
                    {place.keys && (
                      <span className={styles.keys} aria-hidden="true">
                        <Kbd keys={place.keys} />
                      </span>
                    )}
                  </Link>
                </li>
              )
            })}
          </ul>
        </nav>
      </div>
      {steps.total > 0 && (
        <div className={styles.track}>
          <p className={styles.trackText}>
            <span>Course</span>
            <span className={styles.count}>
              {steps.done} of {steps.total} done
            </span>
          </p>
          <ProgressBar value={share(steps)} label="Part of the course that is done" />
          <p className={styles.unit}>Sections, checks, investigations, exercises</p>
        </div>
      )}
    </div>
  )
}
