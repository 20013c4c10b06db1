import { Status } from '../../../ui/index.ts'
import { useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'
import { SystemMap } from './system-map.tsx'

/** What is true now: the alerts that are active, and how the parts of the system answer. */
export function SideColumn() {
  const { show, facts } = useRoom()
  const active = useTick((tick) => tick.active)
  const firing = active.filter(({ state }) => state === 'firing' || state === 'pending')
  return (
    <aside className={styles.side} aria-label="System">
      <section aria-labelledby="room-objective">
        <h2 id="room-objective" className={styles.sideTitle}>
          Objective
        </h2>
        <p className={styles.goal}>{facts.objective.label}</p>
      </section>
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
          System, last 2 min of traces
        </h2>
        <SystemMap />
      </section>
    </aside>
  )
}
