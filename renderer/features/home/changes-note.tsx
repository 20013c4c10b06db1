import type { LibraryIndex } from '../../../exercises/content/model.ts'
import { useAppState, useLibrary, useProgress, useRecord } from '../../app/data.ts'
import { Button, Card } from '../../ui/index.ts'
import styles from './home.module.css'

/** Shown once after the content was updated: what changed, and that nothing done was lost. */
export function ChangesNote() {
  const library = useLibrary()
  const progress = useProgress()
  const record = useRecord()
  const since = useAppState((state) => state.profiles.profiles.find((profile) => profile.id === state.profiles.active)?.createdAt ?? 0)
  const unseen = unseenChanges(library.changes, progress.changesSeen, since)
  if (unseen.length === 0) return null
  return (
    <Card>
      <div className={styles.changesHeader}>
        <h2 className={styles.changesTitle}>What changed in the course</h2>
        <Button size="compact" onClick={() => void record(unseen.map((change) => ({ type: 'changes.seen', change: change.id })))}>
          Got it
        </Button>
      </div>
      {unseen.map((change) => (
        <div key={change.id}>
          <h3 className={styles.changeTitle}>
            {change.title} <time dateTime={change.date}>{change.date}</time>
          </h3>
          <ul className={styles.changeNotes}>
            {change.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  )
}

/**
 * Changes that this learner has not been told about. What was there on the day they began is no change to them.
 * `sinceMs` is when the profile was made, since the Unix epoch.
 */
export function unseenChanges(changes: LibraryIndex['changes'], seen: readonly string[], sinceMs: number): LibraryIndex['changes'] {
  const began = new Date(sinceMs).toISOString().slice(0, 10)
  return changes.filter((change) => change.date > began && !seen.includes(change.id))
}
