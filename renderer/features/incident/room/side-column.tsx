import { Status } from '../../../ui/index.ts'
import { useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'

/** What is true now: the alerts that are active and the parts of the system. */
export function SideColumn() {
  const { facts, show } = useRoom()
  const active = useTick((tick) => tick.active)
  const firing = active.filter(({ state }) => state === 'firing' || state === 'pending')
  return (
    <aside className={styles.side} aria-label="System">
      <section aria-labelledby="room-alerts">
        <h2 id="room-alerts" className={styles.sideTitle}>
          Alerts
        </h2>
        {firing.length === 0 ? (
          <p className={styles.quiet}>None is active.</p>
        ) : (
          <ul className={styles.sideList}>
            {firing.map((alert) => (
              <li key={`${alert.rule} ${JSON.stringify(alert.labels)}`}>
                <button type="button" className={styles.sideItem} onClick={() => show('alerts', alert.rule)}>
                  <Status state={alert.state === 'firing' ? 'crit' : 'warn'}>{alert.rule}</Status>
                  <span className={styles.quiet}>{alert.annotations['summary'] ?? alert.state}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="room-parts">
        <h2 id="room-parts" className={styles.sideTitle}>
          Parts
        </h2>
        <ul className={styles.sideList}>
          {facts.parts.map(({ name, kind }) => (
            <li key={name}>
              <button type="button" className={styles.part} onClick={() => show('dashboards', name)}>
                <span>{name}</span>
                <span className={styles.quiet}>{kind}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
