import { useState } from 'react'
import { usePageTitle } from '../../app/page-title.ts'
import { useAppState, useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { leadPoint } from '../../app/lead-point.ts'
import { go, routes } from '../../app/routes.ts'
import { Button, EmptyState, Page } from '../../ui/index.ts'
import { PlacementNote } from '../placement/placement-note.tsx'
import { ChangesNote } from './changes-note.tsx'
import { ContinueCard } from './continue-card.tsx'
import { CoursePath } from './course-path.tsx'
import { greeting } from './greeting.ts'
import { IncidentNote } from './incident-note.tsx'
import { PathNote } from './path-note.tsx'
import { SkillList } from './skill-list.tsx'
import styles from './home.module.css'

/** Where one goes on: one thing leads, the rest supports. */
export function HomeScreen() {
  usePageTitle('Home')
  const library = useLibrary()
  const progress = useProgress()
  const { profiles, active } = useAppState((state) => state.profiles)
  const [hour] = useState(() => new Date().getHours())
  const { settings } = useSettings()
  const point = leadPoint(library, progress, settings.path)
  const name = profiles.length > 1 ? profiles.find((profile) => profile.id === active)?.name : undefined
  return (
    <Page title={`${greeting(hour, name)}.${point === null ? '' : ` ${point.reason}`}`}>
      <div className={styles.stack}>
        {point ? (
          <ContinueCard point={point} />
        ) : (
          <EmptyState
            title="There is no chapter to read"
            action={
              <Button variant="main" keys="g c" onClick={() => go(routes.chapters)}>
                Open Chapters
              </Button>
            }
          >
            No chapter in the content folder compiles. Chapters says what is wrong and where. Your progress is kept apart and is safe.
          </EmptyState>
        )}
        {point !== null && point.verb === 'Start' && <PlacementNote />}
        <ChangesNote />
        <div className={styles.columns}>
          <CoursePath />
          <div>
            <PathNote lead={point} />
            <IncidentNote />
            <SkillList />
          </div>
        </div>
      </div>
    </Page>
  )
}
