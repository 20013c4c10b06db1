import { Button, StatusMark } from '../../../ui/index.ts'
import { duration } from '../results/run-text.ts'
import type { HistoryEntry } from './history.ts'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './history-panel.module.css'

const whenOf = (at: number): string => new Date(at).toLocaleString(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })

/** What was run here, also in earlier visits; each can be put back into the editor. */
export function HistoryPanel({ history, onInsert, onClear }: { history: readonly HistoryEntry[]; onInsert(sql: string): void; onClear(): void }) {
  if (history.length === 0) return <PanelEmpty title="No runs yet">Every run is listed here, also after you come back.</PanelEmpty>
  return (
    <div className={styles.panel}>
      <ol className={styles.list} aria-label="Runs, newest first">
        {history.map((entry) => (
          <li key={`${String(entry.at)} ${entry.sql.slice(0, 40)}`} className={styles.entry}>
            <div className={styles.meta}>
              <StatusMark state={entry.succeeded ? 'ok' : 'crit'} />
              <span className="visually-hidden">{entry.succeeded ? 'Worked.' : 'Failed.'}</span>
              <span className={styles.outcome}>{entry.outcome}</span>
              <span>{duration(entry.elapsedMs)}</span>
              <time dateTime={new Date(entry.at).toISOString()}>{whenOf(entry.at)}</time>
              <Button size="compact" variant="quiet" icon="plus" onClick={() => onInsert(entry.sql)}>
                Insert
              </Button>
            </div>
            <pre className={styles.sql}>{entry.sql.trim()}</pre>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Button size="compact" variant="quiet" icon="trash" onClick={onClear}>
          Clear the history
        </Button>
      </div>
    </div>
  )
}
