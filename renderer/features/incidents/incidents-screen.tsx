import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { IncidentSummary } from '../../../exercises/content/model.ts'
import type { IncidentProgress } from '../../../exercises/progress/snapshot.ts'
import { useLibrary, useProgress } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { go, routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Chip, EmptyState, Page, Select } from '../../ui/index.ts'
import { difficultyWords } from '../reader/blocks/exercise-state.ts'
import { IncidentState } from './incident-state.tsx'
import styles from './incidents.module.css'

/** All incidents, to choose one to be paged for. */
export function IncidentsScreen() {
  usePageTitle('Incidents')
  const library = useLibrary()
  const progress = useProgress()
  const [difficulty, setDifficulty] = useState(0)
  const list = useRowKeys<HTMLTableSectionElement>({ section: 'Incidents', noun: 'incident' })
  const skillTitles = useMemo(() => new Map(library.skills.map((skill) => [skill.id, skill.title])), [library.skills])
  const shown = library.incidents.filter((incident) => difficulty === 0 || incident.difficulty === difficulty).toSorted((one, other) => Number(other.firstShift) - Number(one.firstShift) || one.difficulty - other.difficulty || one.minutes - other.minutes)
  const ended = library.incidents.filter((incident) => (progress.incidents[incident.id]?.ended ?? 0) > 0).length
  if (library.incidents.length === 0) {
    return (
      <Page title="Incidents">
        <EmptyState title="There are no incidents">The content folder has no incident that can be read. Your progress is safe.</EmptyState>
      </Page>
    )
  }
  return (
    <Page
      title="Incidents"
      summary={`${String(ended)} of ${String(library.incidents.length)} worked to their end. You are paged for a system that runs in this window: what you see is measured in it, and what you do changes it. Each can be taken guided, with steps to follow and a coach; assisted, with hints at a price; or on call, with nothing.`}
      actions={
        <Select aria-label="Difficulty" value={difficulty} onChange={(event) => setDifficulty(Number(event.target.value))}>
          <option value={0}>Every difficulty</option>
          {Object.entries(difficultyWords).map(([level, word]) => (
            <option key={level} value={level}>
              {word}
            </option>
          ))}
        </Select>
      }
    >
      {shown.length === 0 ? (
        <EmptyState title="No incident is of this difficulty">Choose another one above.</EmptyState>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Incident</th>
              <th scope="col">Difficulty</th>
              <th scope="col" className={styles.numeric}>
                Minutes
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody ref={list}>
            {shown.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} skills={incident.skills.map((skill) => skillTitles.get(skill) ?? skill)} progress={progress.incidents[incident.id]} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}

function IncidentRow({ incident, skills, progress }: { incident: IncidentSummary; skills: readonly string[]; progress: IncidentProgress | undefined }) {
  return (
    // The link inside is what the keyboard and assistive technology use; the row only widens its target. A click on the link
    // has gone there already: a second time would take two steps back to return.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr onClick={(event) => event.defaultPrevented || go(routes.incident(incident.id))}>
      <th scope="row" className={styles.incident}>
        <Link href={routes.incident(incident.id)} className={styles.title} data-row>
          {incident.title}
        </Link>
        {incident.firstShift && <Chip>Good first shift</Chip>}
        <span className={styles.skills}>{skills.join(', ')}</span>
      </th>
      <td>{difficultyWords[incident.difficulty]}</td>
      <td className={styles.numeric}>{incident.minutes}</td>
      <td className={styles.state}>
        <IncidentState progress={progress} />
      </td>
    </tr>
  )
}
