import { Button, StatusMark, classNames } from '../ui/index.ts'
import type { StatusState } from '../ui/index.ts'
import { useApi, useAppState } from './data.ts'
import styles from './message-bars.module.css'

/** What the learner must know wherever they are: the core is away, work cannot be written, a file was set aside. */
export function MessageBars() {
  const api = useApi()
  const connection = useAppState((state) => state.connection)
  const storage = useAppState((state) => state.storage)
  return (
    <div role="alert">
      {connection === 'closed' && (
        <Bar state="crit">The core of Firedrill is not answering. What you do is kept in this window and sent when it is back. Leave the window open; if this stays, start Firedrill again.</Bar>
      )}
      {connection === 'replaced' && (
        <Bar state="crit">
          Firedrill was started again, and this window belongs to the earlier start. Go on in the new window; if you do not see one, run npm start again, which shows it. What you did here is kept and added to your progress.
        </Bar>
      )}
      {storage.state !== 'ok' && storage.message !== null && <Bar state={storage.state === 'memory' ? 'warn' : 'crit'}>{storage.message}</Bar>}
      {storage.notices.map((notice) => (
        <Bar key={notice.id} state="warn" onDismiss={() => void api.call('storage.dismissNotice', { id: notice.id })}>
          {notice.message}
        </Bar>
      ))}
    </div>
  )
}

function Bar({ state, children, onDismiss }: { state: StatusState; children: string; onDismiss?: () => void }) {
  return (
    <div className={classNames(styles.bar, state === 'crit' ? styles.crit : styles.warn)}>
      <StatusMark state={state} />
      <span className={styles.text}>{children}</span>
      {onDismiss && (
        <Button size="compact" variant="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </div>
  )
}
