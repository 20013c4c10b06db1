import { useMemo } from 'react'
import { StatusMark } from '../../../ui/index.ts'
import { durationText } from '../panels/traces/duration-text.ts'
import { percent } from '../panels/traces/map-state.ts'
import { useRoom, useRoomCall, useScrape } from './room-context.ts'
import styles from './system-map.module.css'
import { systemRows } from './system-rows.ts'
import type { SystemLine, SystemRow } from './system-rows.ts'

/** Traces of this long are added up, in simulated time, and anew this often. */
const windowMs = 120_000
const everyMs = 15_000
/** A normal day: so much before the shift. */
const normalMs = 600_000

/** Px of a row and of the strip beside the rows in which calls are drawn. */
const rowHeight = 40
const stripWidth = 20

/** Every part with how it answers, callers first, and lines for who calls whom. Marked by failures and by what is slow. */
export function SystemMap() {
  const { facts, opened, show } = useRoom()
  const { epochMs, historyUs, scrapeMs } = opened
  const nowMs = epochMs + Math.floor((useScrape() * scrapeMs) / everyMs) * everyMs
  const now = useRoomCall('traces.map', { fromMs: nowMs - windowMs, toMs: nowMs }, '')
  const shiftMs = epochMs + historyUs / 1000
  const normal = useRoomCall('traces.map', { fromMs: Math.max(epochMs, shiftMs - normalMs), toMs: shiftMs }, '')
  const { rows, lines } = useMemo(() => systemRows(facts.parts, now.state === 'ready' ? now.value : null, normal.state === 'ready' ? normal.value : null), [facts, now, normal])
  return (
    <div className={styles.map}>
      <svg className={styles.strip} width={stripWidth} height={rows.length * rowHeight} aria-hidden="true">
        {lines.map((line) => (
          <path key={`${String(line.from)} ${String(line.to)}`} d={arc(line)} className={styles.line} data-state={line.state} />
        ))}
      </svg>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.name}>
            <button type="button" className={styles.row} data-state={row.state} title={row.normalP95Us === null ? undefined : `p95 on a normal day ${durationText(row.normalP95Us)}`} onClick={() => show('dashboards', row.name)}>
              <StatusMark state={row.state} />
              <span className={styles.name}>{row.name}</span>
              <span className={styles.facts}>{factsOf(row)}</span>
              {row.normalP95Us !== null && <span className="visually-hidden">, p95 on a normal day {durationText(row.normalP95Us)}</span>}
              {row.calls.length > 0 && <span className="visually-hidden">, calls {row.calls.join(', ')}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function factsOf({ now, kind }: SystemRow): string {
  if (now === null) return kind
  const failed = now.failureShare === 0 ? '' : `${now.failureShare < 0.001 ? '<0.1%' : percent(now.failureShare)} fail, `
  return `${failed}p95 ${durationText(now.p95Us)}`
}

/** From the middle of one row to that of another, the wider the farther. */
function arc({ from, to }: SystemLine): string {
  const [start, end] = [(from + 0.5) * rowHeight, (to + 0.5) * rowHeight]
  const left = Math.max(1, stripWidth - 6 - 4 * Math.abs(to - from))
  return `M${String(stripWidth)} ${String(start)} C${String(left)} ${String(start)} ${String(left)} ${String(end)} ${String(stripWidth)} ${String(end)}`
}
