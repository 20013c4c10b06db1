import { Button, RadioGroup, Status } from '../../../ui/index.ts'
import { routes } from '../../../app/routes.ts'
import { speeds } from '../world/protocol.ts'
import type { Speed } from '../world/protocol.ts'
import { HandOver } from './hand-over.tsx'
import { ObjectiveNow } from './objective-now.tsx'
import { useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'
import { clockTime, sinceText } from './sim-time.ts'
import { UpdateDue } from './update-due.tsx'
import { useAcknowledge } from './use-acknowledge.ts'

const speedWords: Readonly<Record<Speed, string>> = { 0: 'Paused', 1: '1x', 4: '4x', 10: '10x' }

/** The page, the clock and how the objective stands. */
export function PagerBar() {
  const { bundle, client, opened, facts } = useRoom()
  const second = useTick(({ nowUs }) => Math.floor(nowUs / 1e6))
  const speed = useTick((tick) => tick.speed)
  const stopped = useTick((tick) => tick.stopped)
  const { isAcknowledged, acknowledge } = useAcknowledge()
  const nowUs = second * 1e6
  return (
    <header className={styles.bar}>
      <div className={styles.page}>
        <Status state={isAcknowledged ? 'warn' : 'crit'}>{isAcknowledged ? 'Acknowledged' : 'Page'}</Status>
        <span className={styles.pageTitle} title={facts.title}>
          {facts.title}
        </span>
        {!isAcknowledged && (
          <Button variant="main" size="compact" keys="a" onClick={acknowledge}>
            Acknowledge
          </Button>
        )}
      </div>
      <ObjectiveNow />
      {stopped === null && <UpdateDue />}
      <div className={styles.clock}>
        <time className={styles.time} aria-label="Time in the simulation, UTC">
          <abbr title="Simulated time, UTC">SIM</abbr> {clockTime(opened.epochMs + nowUs / 1000)} <span className={styles.since}>({sinceText(nowUs - opened.pageUs)})</span>
        </time>
        {stopped === null ? (
          <RadioGroup<`${Speed}`> segmented label="Speed of the clock" value={`${speed}`} onChange={(next) => client.setSpeed(Number(next) as Speed)} options={speeds.map((one) => ({ value: `${one}`, label: speedWords[one] }))} />
        ) : (
          <Status state="unknown">{stopped === 'ended' ? 'Handed over' : 'Time is up'}</Status>
        )}
        <a href={`#${routes.incident(bundle.summary.id)}`}>Briefing</a>
        <HandOver />
      </div>
    </header>
  )
}
