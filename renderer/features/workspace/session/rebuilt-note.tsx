import { useEffect } from 'react'
import { announce } from '../../../app/announce.ts'
import { Button } from '../../../ui/index.ts'
import { rebuiltTold } from './rebuilt-told.ts'
import type { Rebuilt } from './use-lab.ts'
import styles from './rebuilt-note.module.css'

/** Says that the data holds the changes of an earlier visit, and offers it as it was given. */
export function RebuiltNote({ rebuilt, onReset, onDismiss }: { rebuilt: Rebuilt; onReset(): void; onDismiss(): void }) {
  const told = rebuiltTold(rebuilt)
  useEffect(() => announce(told), [told])
  return (
    <div className={styles.note}>
      <span className={styles.words}>{told}</span>
      <Button size="compact" icon="reset" onClick={onReset}>
        Reset the data
      </Button>
      <Button size="compact" variant="quiet" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  )
}
