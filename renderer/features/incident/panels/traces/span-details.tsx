import type { WaterfallRow } from '../../../../../exercises/simulator/traces/index.ts'
import { Button, Status } from '../../../../ui/index.ts'
import { PinWords } from '../../room/pin-button.tsx'
import { useRoom } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { usePin } from '../../room/use-pin.ts'
import { durationText } from './duration-text.ts'
import styles from './traces.module.css'

/** The chosen span: times, attributes, events, and the way to its logs. */
export function SpanDetails({ row, traceId }: { row: WaterfallRow; traceId: string }) {
  const { show } = useRoom()
  const { span } = row
  const query = `${traceId} ${span.spanId}`
  const pin = usePin({ kind: 'span', query })
  return (
    <section className={styles.details} aria-label="Chosen span">
      <h3 className={styles.detailsTitle}>
        {span.service}: {span.name}
      </h3>
      <div className={styles.bar}>
        <PinWords
          words="Pin as evidence"
          pin={pin}
          onPress={() => ({ kind: 'span', title: `${span.service}: ${span.name}, ${durationText(row.durationUs)}`, query, text: `${span.service} ${span.name} ${span.kind} ${durationText(row.durationUs)} ${span.status} ${JSON.stringify(span.attributes)}` })}
        />
        <Button size="compact" onClick={() => show('logs', `{service="${span.service}"} | json | trace_id="${span.traceId}"`)}>
          Its log lines
        </Button>
      </div>
      <dl className={styles.facts}>
        <Fact name="status" value={<Status state={span.status === 'error' ? 'crit' : span.status === 'ok' ? 'ok' : 'unknown'}>{span.statusMessage === null ? span.status : `${span.status}: ${span.statusMessage}`}</Status>} />
        <Fact name="kind" value={span.kind} />
        <Fact name="start" value={clockTime(span.startUs / 1000)} />
        <Fact name="duration" value={durationText(row.durationUs)} />
        <Fact name="own time" value={durationText(row.selfTimeUs)} />
        <Fact name="on the critical path" value={durationText(row.criticalUs)} />
        {Object.entries(span.attributes).map(([name, value]) => (
          <Fact key={name} name={name} value={String(value)} />
        ))}
      </dl>
      {span.events.length > 0 && (
        <ul className={styles.events} aria-label="Events">
          {span.events.map((event) => (
            <li key={`${String(event.timeUs)} ${event.name}`}>
              {event.name} after {durationText(event.timeUs - span.startUs)}
              <span className={styles.quiet}>
                {Object.entries(event.attributes)
                  .map(([name, value]) => ` ${name}=${String(value)}`)
                  .join('')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
