import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary, useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { Card } from '../../ui/index.ts'
import styles from './placement.module.css'

/** The way to the placement test, or what it has found. Nothing where the course has no test. */
export function PlacementNote(): ReactNode {
  const { placement } = useLibrary()
  const { placed, known } = useProgress()
  if (placement === null) return null
  const asked = Object.keys(placed).length
  return (
    <Card className={styles.note}>
      {asked === 0 ? (
        <>
          <p>
            Some of this may be known to you. {placement.questions} questions, about {placement.minutes} minutes, find the chapters that you can skip.
          </p>
          <Link href={routes.placement}>Take the placement test</Link>
        </>
      ) : (
        <>
          <p>
            {known.length === 0 ? 'No chapter is' : known.length === 1 ? '1 chapter is' : `${String(known.length)} chapters are`} marked as known from the placement test.
          </p>
          <Link href={routes.placement}>See its result</Link>
        </>
      )}
    </Card>
  )
}
