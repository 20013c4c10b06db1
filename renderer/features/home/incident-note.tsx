import type { IncidentSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../../exercises/progress/snapshot.ts'
import { useLibrary, useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { PageSection } from '../../ui/index.ts'
import { IncidentState } from '../incidents/incident-state.tsx'
import styles from './home.module.css'

/** The incident to go on with, or the next to be paged for. Nothing where there are none. */
export function IncidentNote() {
  const library = useLibrary()
  const progress = useProgress()
  const incident = incidentToShow(library, progress)
  if (incident === null) return null
  return (
    <PageSection title="On call">
      <p className={styles.incident}>
        <a href={`#${routes.incident(incident.id)}`}>{incident.title}</a>
        <IncidentState progress={progress.incidents[incident.id]} />
      </p>
    </PageSection>
  )
}

/** The newest open shift, else the one for a first shift or the easiest that has not been worked to its end, else the one worked last. */
export function incidentToShow({ incidents }: LibraryIndex, progress: ProgressSnapshot): IncidentSummary | null {
  const own = (incident: IncidentSummary): ProgressSnapshot['incidents'][string] | undefined => progress.incidents[incident.id]
  const newest = incidents.toSorted((one, other) => (own(other)?.lastAt ?? 0) - (own(one)?.lastAt ?? 0))
  const open = newest.find((incident) => (own(incident)?.openShift ?? null) !== null)
  const fresh = incidents.toSorted((one, other) => Number(other.firstShift) - Number(one.firstShift) || one.difficulty - other.difficulty || one.minutes - other.minutes).find((incident) => (own(incident)?.ended ?? 0) === 0)
  return open ?? fresh ?? newest[0] ?? null
}
