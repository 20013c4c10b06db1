import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LearningPath } from '../../../exercises/content/learning-path.ts'
import { useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { durationText, pathState } from '../../app/path-progress.ts'
import { routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Chip, EmptyState, Page, ProgressBar } from '../../ui/index.ts'
import { PlacementNote } from '../placement/placement-note.tsx'
import { OnePath } from './one-path.tsx'
import styles from './paths.module.css'

/** The learning paths, or one of them. */
export function PathsScreen({ pathId }: { pathId: string | null }): ReactNode {
  const path = useLibrary().paths.find(({ id }) => id === pathId)
  if (pathId === null) return <PathList />
  return path === undefined ? <NotFound id={pathId} /> : <OnePath key={path.id} path={path} />
}

function PathList(): ReactNode {
  usePageTitle('Learning paths')
  const { paths } = useLibrary()
  const list = useRowKeys<HTMLUListElement>({ section: 'Learning paths', noun: 'path' })
  return (
    <Page title="Learning paths" summary="One order through chapters, exercises and incidents. Follow one and Home shows its next step; what you have done counts on every path.">
      <PlacementNote />
      {paths.length === 0 ? (
        <EmptyState title="There are no paths" action={<Link href={routes.chapters}>See all chapters</Link>}>
          The content folder has no path that can be read. The chapters are there in their order.
        </EmptyState>
      ) : (
        <ul ref={list}>
          {paths.map((path) => (
            <PathEntry key={path.id} path={path} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function PathEntry({ path }: { path: LearningPath }): ReactNode {
  const state = pathState(path, useLibrary(), useProgress())
  const { settings } = useSettings()
  return (
    <li className={styles.entry}>
      <h2 className={styles.name}>
        <Link href={routes.path(path.id)} data-row>
          {path.title}
        </Link>
        {settings.path === path.id && <Chip tone="accent">Followed</Chip>}
      </h2>
      <p className={styles.about}>{path.about}</p>
      <div className={styles.progress}>
        <ProgressBar value={state.done / Math.max(1, state.total)} label={`Steps done of ${path.title}`} />
        <span className={styles.meta}>
          {state.done} of {state.total} steps, {durationText(state.minutesLeft)} left
          {state.known > 0 && `, ${String(state.known)} known and passed over`}
        </span>
      </div>
    </li>
  )
}

function NotFound({ id }: { id: string }): ReactNode {
  usePageTitle('Path not found')
  return (
    <Page title="Path not found">
      <EmptyState title={`There is no path “${id}”`} action={<Link href={routes.paths}>See all paths</Link>}>
        It may have been renamed, or the address was typed wrong. Your progress is safe.
      </EmptyState>
    </Page>
  )
}
