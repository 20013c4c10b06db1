import { useLibrary, useProgress, useRecord } from '../../app/data.ts'
import { Button, Card } from '../../ui/index.ts'
import styles from './home.module.css'

/** Shown once after the content was updated: what changed, and that nothing done was lost. */
export function ChangesNote() {
  const library = useLibrary()
  const progress = useProgress()
  const record = useRecord()
  // Somebody who has not begun has nothing to be told about the past.
  const unseen = progress.events === 0 ? [] : library.changes.filter((change) => !progress.changesSeen.includes(change.id))
  if (unseen.length === 0) return null
  return (
    <Card className={styles.changes}>
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
