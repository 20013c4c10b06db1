import { useEffect, useMemo, useState } from 'react'
import { ErrorState, PageSection, Skeleton } from '../../../../ui/index.ts'
import type { TimeRange } from '../../room/time-range.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import { MarkerKey } from '../../charts/marker-key.tsx'
import { timelineLines } from '../timeline/timeline-lines.ts'
import { TimelineTable } from '../timeline/timeline-table.tsx'
import { useDebriefMarkers } from '../use-debrief-markers.ts'
import { ReplayChartView } from './replay-chart-view.tsx'
import { ReplayNow } from './replay-now.tsx'
import { Scrubber } from './scrubber.tsx'
import { useReplayData } from './use-replay-data.ts'
import styles from './replay.module.css'

/** Real time between two frames, and simulated seconds a real one. */
const frameMs = 100
const replaySpeed = 10
/** Simulated time before the first thing that happened. */
const leadUs = 120e6

/** The shift again, up to a moment: charts, alerts and what had been done by then. */
export function ReplayTab({ startUs }: { startUs: number | null }) {
  const { debrief, record, opened } = useDebriefed()
  const markers = useDebriefMarkers()
  const lines = useMemo(() => timelineLines(debrief, record.entries, opened.epochMs), [debrief, record, opened])
  const scrapeUs = opened.scrapeMs * 1000
  const toUs = Math.ceil(debrief.endedUs / scrapeUs) * scrapeUs
  const fromUs = Math.max(0, Math.floor((Math.min(lines[0]?.atUs ?? debrief.pageUs, debrief.pageUs) - leadUs) / scrapeUs) * scrapeUs)
  const [nowUs, setNowUs] = useState(startUs ?? debrief.pageUs)
  const [isPlaying, setPlaying] = useState(false)
  const data = useReplayData(fromUs, toUs)
  const range = useMemo<TimeRange>(() => ({ kind: 'fixed', fromMs: wallMsOf(opened, fromUs), toMs: wallMsOf(opened, toUs) }), [opened, fromUs, toUs])
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => setNowUs((last) => Math.min(toUs, last + frameMs * 1000 * replaySpeed)), frameMs)
    return () => clearInterval(timer)
  }, [isPlaying, toUs])
  const moving = isPlaying && nowUs < toUs
  const move = (us: number): void => {
    setPlaying(false)
    setNowUs(us)
  }
  const play = (next: boolean): void => {
    if (next && nowUs >= toUs) setNowUs(fromUs)
    setPlaying(next)
  }
  const past = useMemo(() => lines.filter(({ atUs }) => atUs <= nowUs).toReversed(), [lines, nowUs])
  if (data === null) return <Skeleton lines={8} label="Reading the shift" />
  if (data.failure !== null) return <ErrorState title="The shift cannot be replayed" message={<p>The rest of the debrief is not affected. Open the debrief again to try once more.</p>} details={data.failure} />
  return (
    <div className={styles.replay}>
      <div className={styles.head}>
        <Scrubber fromUs={fromUs} toUs={toUs} nowUs={nowUs} stepUs={scrapeUs} isPlaying={moving} moments={[...new Set(lines.map(({ atUs }) => atUs))].filter((us) => us <= toUs)} onMove={move} onPlay={play} />
        <div className={styles.state}>
          <ReplayNow nowUs={nowUs} />
          <MarkerKey hasFaults />
        </div>
      </div>
      <div className={styles.grid}>
        {data.charts.map((replay) => (
          <ReplayChartView key={replay.chart.title} replay={replay} nowMs={wallMsOf(opened, nowUs)} range={range} epochMs={opened.epochMs} markers={markers} />
        ))}
      </div>
      <PageSection title="Up to this moment" note="newest first">
        <TimelineTable lines={past} onShow={move} />
      </PageSection>
    </div>
  )
}
