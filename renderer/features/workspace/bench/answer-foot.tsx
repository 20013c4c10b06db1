import { Button } from '../../../ui/index.ts'
import type { SavedState } from '../draft.ts'
import styles from './bench.module.css'

function savedWords(saved: SavedState): string {
  switch (saved.name) {
    case 'untouched':
      return 'Kept as you type'
    case 'saving':
      return 'Saving'
    case 'saved':
      return `Saved ${saved.at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`
    case 'memory':
      return 'Kept in memory until the disk can be written'
    case 'failed':
      return `Not saved: ${saved.message}`
  }
}

/** Under an answer: whether it is kept, and the way to have it checked. */
export function AnswerFoot({ saved, checking, keys = 'Mod+Shift+Enter', onCheck, children }: { saved: SavedState; checking: boolean; keys?: string; onCheck(): void; children?: React.ReactNode }) {
  return (
    <div className={styles.foot}>
      <span className={styles.saved} data-failed={saved.name === 'failed' ? '' : undefined}>
        {savedWords(saved)}
      </span>
      {children}
      <Button variant="main" size="main" keys={keys} onClick={onCheck} disabled={checking}>
        {checking ? 'Checking' : 'Check answer'}
      </Button>
    </div>
  )
}
