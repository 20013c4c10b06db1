import { Link, useLocation } from 'wouter'
import { Icon, IconButton, Tooltip, classNames } from '../ui/index.ts'
import type { IconName } from '../ui/index.ts'
import { routes } from './routes.ts'
import styles from './rail.module.css'

export interface Place {
  label: string
  icon: IconName
  to: string
  keys?: string
  /** Further addresses that belong to the place. */
  holds?: readonly string[]
}

export const places: readonly Place[] = [
  { label: 'Home', icon: 'home', to: routes.home, keys: 'g h' },
  { label: 'Chapters', icon: 'chapters', to: routes.chapters, keys: 'g c' },
  { label: 'Learning paths', icon: 'path', to: routes.paths, keys: 'g p', holds: [routes.placement] },
  { label: 'Exercises', icon: 'exercises', to: routes.exercises, keys: 'g e' },
  { label: 'Incidents', icon: 'incidents', to: routes.incidents, keys: 'g i' },
  { label: 'Reference', icon: 'book', to: routes.reference, keys: 'g r', holds: [routes.notes, routes.glossary(), routes.templates] },
]

const lowerPlaces: readonly Place[] = [
  { label: 'Settings', icon: 'settings', to: routes.settings, keys: 'Mod+,' },
  { label: 'About', icon: 'about', to: routes.about },
]

/** Whether an address is this place or inside it. */
export function isAt(location: string, { to, holds = [] }: Pick<Place, 'to' | 'holds'>): boolean {
  return to === routes.home ? location === to : [to, ...holds].some((route) => location === route || location.startsWith(`${route}/`))
}

/** The narrow column at the left: the places of the app and its search. */
export function Rail({ onPalette, onKeys }: { onPalette(): void; onKeys(): void }) {
  return (
    <nav className={styles.rail} aria-label="Places" data-region="rail" tabIndex={-1}>
      <ul className={styles.group}>
        {places.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
      </ul>
      <ul className={styles.group}>
        <li>
          <IconButton className={styles.button} label="Search pages and actions" icon="search" keys="Mod+k" onClick={onPalette} />
        </li>
        <li>
          <IconButton className={styles.button} label="Keys of this view" icon="keyboard" keys="?" onClick={onKeys} />
        </li>
        {lowerPlaces.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
      </ul>
    </nav>
  )
}

function RailLink({ place }: { place: Place }) {
  const [location] = useLocation()
  const here = isAt(location, place)
  return (
    <li>
      <Tooltip label={place.label} keys={place.keys} side="right">
        <Link href={place.to} className={classNames(styles.link, here && styles.here)} aria-label={place.label} aria-current={here ? 'page' : undefined}>
          <Icon name={place.icon} />
        </Link>
      </Tooltip>
    </li>
  )
}
