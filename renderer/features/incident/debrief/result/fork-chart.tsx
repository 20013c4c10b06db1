import { useCallback, useMemo, useState } from 'react'
import type { Comparison } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { Chart } from '../../charts/chart.tsx'
import type { Marker } from '../../charts/chart.tsx'
import { Legend } from '../../charts/legend.tsx'
import chartStyles from '../../charts/charts.module.css'
import type { TimeRange } from '../../room/time-range.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import { thousands } from '../debrief-words.ts'
import { MarkerKey } from '../../charts/marker-key.tsx'
import { useDebriefMarkers } from '../use-debrief-markers.ts'
import { forkColors, forkNames, forkRows, forkSeries } from './fork-series.ts'
import styles from './result.module.css'

/** The same seed under three hands: failed requests over time. */
export function ForkChart({ comparison }: { comparison: Comparison }) {
  const { debrief, opened } = useDebriefed()
  const data = useMemo(() => forkSeries(debrief, comparison, opened.epochMs), [debrief, comparison, opened])
  const rows = useMemo(() => forkRows(debrief, comparison), [debrief, comparison])
  const markers: readonly Marker[] = useDebriefMarkers()
  const whole = useMemo<TimeRange>(() => ({ kind: 'fixed', fromMs: (data.timesSeconds[0] ?? 0) * 1000, toMs: wallMsOf(opened, debrief.endUs) }), [data, opened, debrief])
  const [zoom, setZoom] = useState<TimeRange | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [hovered, setHovered] = useState<number | null>(null)
  const stands = useCallback(
    (listener: (nowMs: number) => void) => {
      listener(wallMsOf(opened, debrief.endUs))
      return () => undefined
    },
    [opened, debrief],
  )
  const toggle = (index: number): void => {
    const next = new Set(hidden)
    if (!next.delete(index)) next.add(index)
    setHidden(next)
  }
  return (
    <figure className={chartStyles.figure}>
      <figcaption className={chartStyles.head}>
        <span className={chartStyles.title}>Failed requests since the shift opened</span>
        <MarkerKey hasFaults />
      </figcaption>
      <Chart
        label={`Failed requests with nobody acting, with you and with the expert. At the end ${thousands(comparison.nobody.failed)}, ${thousands(debrief.mine.failed)} and ${thousands(comparison.expert.failed)}. The table below has every minute.`}
        names={forkNames}
        data={data}
        colors={forkColors}
        hidden={hidden}
        unit="count"
        range={zoom ?? whole}
        epochMs={opened.epochMs}
        markers={markers}
        height={240}
        onPresent={stands}
        onHover={setHovered}
        onBrush={(fromMs, toMs) => setZoom({ kind: 'fixed', fromMs, toMs })}
        onBack={() => setZoom(null)}
      />
      <Legend names={forkNames} data={data} colors={forkColors} unit="count" hovered={hovered} hidden={hidden} onToggle={toggle} />
      <details className={styles.asTable}>
        <summary>Every minute as a table</summary>
        <div className={styles.tableScroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Minutes after the page</th>
                {forkNames.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">You saved</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ minute, nobody, mine, expert }) => (
                <tr key={minute}>
                  <th scope="row">{minute}</th>
                  <td>{thousands(nobody)}</td>
                  <td>{thousands(mine)}</td>
                  <td>{thousands(expert)}</td>
                  <td>{thousands(nobody - mine)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
