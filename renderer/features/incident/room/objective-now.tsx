import { Status, Tooltip } from '../../../ui/index.ts'
import { useRoom, useRoomCall, useScrape } from './room-context.ts'
import styles from './room.module.css'

/** Whether the objective holds at the newest scrape. */
export function ObjectiveNow() {
  const { facts, opened } = useRoom()
  const scrape = useScrape()
  const answer = useRoomCall('metrics.instant', { query: facts.objective.when, atMs: opened.epochMs + scrape * opened.scrapeMs }, scrape)
  const holds = answer.state === 'ready' && answer.value.ok && answer.value.result.type === 'vector' ? answer.value.result.samples.length > 0 : null
  return (
    <Tooltip label={facts.objective.label}>
      <span className={styles.objective}>
        <Status state={holds === null ? 'unknown' : holds ? 'ok' : 'crit'}>{holds === null ? 'Objective unknown' : holds ? 'Objective met' : 'Objective missed'}</Status>
      </span>
    </Tooltip>
  )
}
