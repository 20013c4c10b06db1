import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary, useProgress } from '../../../app/data.ts'
import { routes } from '../../../app/routes.ts'
import { IncidentState } from '../../incidents/incident-state.tsx'
import { difficultyWords } from './exercise-state.ts'
import styles from './exercise-card.module.css'

/** The way from the text to an incident: what it is, what it takes, and how it stands. */
export function IncidentCard({ id }: { id: string }): ReactNode {
  const library = useLibrary()
  const progress = useProgress()
  const incident = library.incidents.find((candidate) => candidate.id === id)
  if (incident === undefined) {
    return <p className={styles.missing}>The incident “{id}” is not in this course. The rest of the chapter is not affected.</p>
  }
  return (
    <Link href={routes.incident(id)} className={styles.card}>
      <span className={styles.kind}>Incident</span>
      <span className={styles.title}>{incident.title}</span>
      <span className={styles.summary}>You are paged with {incident.page}, in a system that runs while you work on it.</span>
      <span className={styles.facts}>
        <span>{incident.minutes} min</span>
        <span>{difficultyWords[incident.difficulty]}</span>
        <IncidentState progress={progress.incidents[id]} />
      </span>
    </Link>
  )
}
