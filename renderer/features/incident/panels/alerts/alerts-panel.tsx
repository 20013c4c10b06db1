import { Button, EmptyState, ErrorState, Skeleton, Status } from '../../../../ui/index.ts'
import type { AlertsNow } from '../../world/calls/alerts.ts'
import type { PanelProps } from '../index.ts'
import { useRoom, useRoomCall, useScrape } from '../../room/room-context.ts'
import { PinMark } from '../../room/pin-button.tsx'
import { usePin } from '../../room/use-pin.ts'
import { clockTime } from '../../room/sim-time.ts'
import styles from '../panels.module.css'

const states = { firing: 'crit', pending: 'warn', resolved: 'ok', inactive: 'unknown' } as const

/** Every alerting rule with its state, and when states changed. */
export default function AlertsPanel({ input }: PanelProps) {
  const scrape = useScrape()
  const answer = useRoomCall('alerts.now', null, scrape)
  if (answer.state === 'loading') return <Skeleton lines={4} label="Reading the alerts" />
  if (answer.state === 'failed') return <ErrorState title="The alerts cannot be read" message={answer.message} />
  const { rules, active, history, levels } = answer.value
  if (rules.length === 0) return <EmptyState title="This system has no alerts">Somebody called instead.</EmptyState>
  return (
    <div className={styles.panel}>
      <ul className={styles.cards}>
        {rules.map((rule) => (
          <Rule key={rule.name} rule={rule} active={active.filter((alert) => alert.rule === rule.name)} isChosen={rule.name === input} measured={levels.find((level) => level.rule === rule.name)?.query ?? null} />
        ))}
      </ul>
      <h3 className={styles.heading}>History</h3>
      <History history={history} />
    </div>
  )
}

function Rule({ rule, active, isChosen, measured }: { rule: AlertsNow['rules'][number]; active: AlertsNow['active']; isChosen: boolean; measured: string | null }) {
  const { show } = useRoom()
  const pin = usePin({ kind: 'alert', query: rule.name })
  const worst = active.find(({ state }) => state === 'firing') ?? active.find(({ state }) => state === 'pending') ?? active[0]
  return (
    <li className={styles.card} data-chosen={isChosen ? '' : undefined}>
      <div className={styles.cardHead}>
        <Status state={states[worst?.state ?? 'inactive']}>{worst?.state ?? 'inactive'}</Status>
        <strong>{rule.name}</strong>
        <span className={styles.quiet}>{worst?.annotations['summary'] ?? rule.annotations['summary'] ?? ''}</span>
        <Button size="compact" variant="quiet" onClick={() => show('metrics', measured ?? rule.expr)}>
          Show as a graph
        </Button>
        <PinMark
          title={rule.name}
          pin={pin}
          onPress={() => ({ kind: 'alert', title: `${rule.name} is ${worst?.state ?? 'inactive'}`, query: rule.name, text: [rule.expr, worst?.annotations['summary'] ?? '', ...active.map(({ state, labels }) => `${state} ${JSON.stringify(labels)}`)].join('\n').trim() })}
        />
      </div>
      <pre className={styles.code}>{rule.expr}</pre>
      <p className={styles.quiet}>Fires when this has held for {rule.forMs / 1000} s.</p>
    </li>
  )
}

function History({ history }: { history: AlertsNow['history'] }) {
  if (history.length === 0) return <p className={styles.quiet}>No alert has changed its state.</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Alert</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {history.toReversed().map((change) => (
          <tr key={`${String(change.timeMs)} ${change.rule} ${JSON.stringify(change.labels)} ${change.to}`}>
            <td className={styles.time}>{clockTime(change.timeMs)}</td>
            <td>{change.rule}</td>
            <td>{change.from}</td>
            <td>
              <Status state={states[change.to]}>{change.to}</Status>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
