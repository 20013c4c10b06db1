import { useEffect } from 'react'
import { Skeleton } from '../ui/index.ts'
import { part } from './part.tsx'
import { routes } from './routes.ts'
import styles from './shell.module.css'

const waiting = (
  <div className={styles.waiting}>
    <Skeleton lines={5} />
  </div>
)

const home = part(() => import('../features/home/index.ts'), waiting)
const library = part(() => import('../features/library/index.ts'), waiting)
const reader = part(() => import('../features/reader/index.ts'), waiting)
const exercises = part(() => import('../features/exercises/index.ts'), waiting)
const workspace = part(() => import('../features/workspace/index.ts'), waiting)
const incidents = part(() => import('../features/incidents/index.ts'), waiting)
const incident = part(() => import('../features/incident/index.ts'), waiting)
const reference = part(() => import('../features/reference/index.ts'), waiting)
const notes = part(() => import('../features/notes/index.ts'), waiting)
const paths = part(() => import('../features/paths/index.ts'), waiting)
const placement = part(() => import('../features/placement/index.ts'), waiting)
const templates = part(() => import('../features/templates/index.ts'), waiting)
const glossary = part(() => import('../features/glossary/index.ts'), waiting)
const settings = part(() => import('../features/settings/index.ts'), waiting)
const about = part(() => import('../features/about/index.ts'), waiting)
const welcome = part(() => import('../features/welcome/index.ts'))
const palette = part(() => import('./palette.tsx'))
const keySheet = part(() => import('./key-sheet.tsx'))

export const HomeScreen = home.View
export const LibraryScreen = library.View
export const ReaderScreen = reader.View
export const ExercisesScreen = exercises.View
export const WorkspaceScreen = workspace.View
export const IncidentsScreen = incidents.View
export const IncidentScreen = incident.View
export const ReferenceScreen = reference.View
export const NotesScreen = notes.View
export const PathsScreen = paths.View
export const PlacementScreen = placement.View
export const TemplatesScreen = templates.View
export const GlossaryScreen = glossary.View
export const SettingsScreen = settings.View
export const AboutScreen = about.View
export const Welcome = welcome.View
export const Palette = palette.View
export const KeySheet = keySheet.View

/** Fetched with the first frame, since most launches go on to a chapter; it brings the diagrams' library in its turn. */
const likelyNext = [reader, library]
const others = [home, exercises, workspace, incidents, incident, reference, notes, paths, placement, templates, glossary, settings, about, welcome, palette, keySheet]
/** Time for the first screen to be read and settled before the other parts are fetched, ms. */
const othersAfterMs = 2_000

/** Fetches the screen of an address. Called before the core has answered, so that the two do not wait for each other. */
export function fetchScreenOf(hash: string): void {
  const path = hash.replace(/^#/, '')
  const under = (route: string): boolean => path.startsWith(`${route}/`)
  const screens: Readonly<Record<string, { fetch(): Promise<void> }>> = { [routes.chapters]: library, [routes.exercises]: exercises, [routes.incidents]: incidents, [routes.reference]: reference, [routes.notes]: notes, [routes.paths]: paths, [routes.placement]: placement, [routes.templates]: templates, [routes.glossary()]: glossary, [routes.settings]: settings, [routes.about]: about }
  const screen = under(routes.chapters) ? reader : under(routes.exercises) ? workspace : under(routes.incidents) ? incident : under(routes.glossary()) ? glossary : under(routes.templates) ? templates : under(routes.paths) ? paths : (screens[path] ?? home)
  quietly(screen)
}

/** A failure shows when the part is opened, with what to do about it. */
function quietly({ fetch }: { fetch(): Promise<void> }): void {
  fetch().catch(() => undefined)
}

/**
 * Fetches what is likely next at once and the other parts when the first screen has settled: opening one is then instant, and still works should the
 * core, which serves the files, go away.
 */
export function useOtherParts(): void {
  useEffect(() => {
    likelyNext.forEach(quietly)
    const timer = setTimeout(() => others.forEach(quietly), othersAfterMs)
    return () => clearTimeout(timer)
  }, [])
}
