import { Status } from '../../../../ui/index.ts'
import { useRoom, useRoomCall, useScrape, useTick } from '../../room/room-context.ts'
import { clockTime, lengthText } from '../../room/sim-time.ts'
import type { Effect } from '../../world/calls/effects.ts'
import styles from './actions.module.css'

/** From this change of the share of failures on, an effect is marked. */
const notable = 0.02

/** What was done, whether it has taken hold, and how many answers were bad in the minute before it and are now. */
export function EffectsTable() {
  const { opened } = useRoom()
  const scrape = useScrape()
  const acts = useTick(({ entries }) => entries.filter(({ type }) => type === 'acted').length)
  const second = useTick(({ nowUs }) => Math.floor(nowUs / 1e6))
  const answer = useRoomCall('actions.effects', null, `${String(scrape)} ${String(acts)}`, acts > 0)
  if (acts === 0 || answer.state !== 'ready' || answer.value.length === 0) return null
  return (
    <section aria-labelledby="effects">
      <h3 id="effects" className={styles.heading}>
        What you did
      </h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Action</th>
            <th scope="col">Takes hold</th>
            <th scope="col">Bad answers, minute before</th>
            <th scope="col">Last minute</th>
          </tr>
        </thead>
        <tbody>
          {answer.value.map((effect) => (
            <tr key={`${String(effect.atUs)} ${effect.summary}`}>
              <td className={styles.time}>{clockTime(opened.epochMs + effect.atUs / 1000)}</td>
              <td>{effect.summary}</td>
              <td>{effect.effectUs <= second * 1e6 ? clockTime(opened.epochMs + effect.effectUs / 1000) : `in ${lengthText(effect.effectUs - second * 1e6)}`}</td>
              <td>{shareText(effect.before)}</td>
              <td>
                <Status state={stateOf(effect)}>{shareText(effect.now)}</Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.summary}>Bad is what counts against the error budget: errors, and where the objective says so, answers that come too late. Counted, not explained: more than your action may have changed in between.</p>
    </section>
  )
}

function stateOf({ before, now }: Effect): 'ok' | 'warn' | 'crit' | 'unknown' {
  if (before === null || now === null) return 'unknown'
  if (now > before + notable) return 'crit'
  return now < before - notable || now <= 0.005 ? 'ok' : 'warn'
}

function shareText(share: number | null): string {
  return share === null ? 'nobody came' : `${String(Number((share * 100).toPrecision(share < 0.1 ? 2 : 3)))}%`
}
