/** The overview's charts over the whole shift, asked once: telemetry only grows, so an earlier moment is a part of it. */
import { useEffect, useState } from 'react'
import { alignSeries } from '../../charts/align.ts'
import type { AlignedSeries } from '../../charts/align.ts'
import { seriesName } from '../../charts/series-name.ts'
import { dashboardsOf } from '../../panels/dashboards/dashboards.ts'
import type { ChartSpec } from '../../panels/dashboards/dashboards.ts'
import { stepFor } from '../../room/time-range.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'

export interface ReplayChart {
  readonly chart: ChartSpec
  readonly names: readonly string[]
  readonly colors: readonly number[]
  readonly data: AlignedSeries
}

export interface ReplayData {
  readonly charts: readonly ReplayChart[]
  readonly failure: string | null
}

/** Null until it is there. `fromUs` and `toUs` are simulation time. */
export function useReplayData(fromUs: number, toUs: number): ReplayData | null {
  const { client, facts, opened } = useDebriefed()
  const [data, setData] = useState<ReplayData | null>(null)
  useEffect(() => {
    let current = true
    const ask = async (): Promise<ReplayData> => {
      const names = await client.call('metrics.names', null)
      const { levels } = await client.call('alerts.now', null)
      const charts = dashboardsOf({ parts: facts.parts, metrics: new Set(names.metrics), levels })[0]?.charts ?? []
      const ends = { fromMs: wallMsOf(opened, fromUs), toMs: wallMsOf(opened, toUs) }
      const steps = { startMs: ends.fromMs, endMs: ends.toMs, stepMs: stepFor(ends, opened.scrapeMs, 360) }
      const { outcomes } = await client.call('metrics.ranges', { queries: charts.flatMap(({ queries }) => queries.map(({ query }) => query)), steps })
      let next = 0
      const parts = facts.parts.map(({ name }) => name)
      return {
        failure: null,
        charts: charts.map((chart) => {
          const named = chart.queries.flatMap(({ legend }) => {
            const outcome = outcomes[next]
            next += 1
            return outcome?.ok === true && outcome.result.type === 'matrix' ? outcome.result.series.map((series) => ({ series, name: seriesName(series.labels, legend) })) : []
          })
          const colors = named.map(({ series }, index) => {
            const place = chart.colorLabel === undefined ? -1 : parts.indexOf(series.labels[chart.colorLabel] ?? '')
            return place < 0 ? index : place
          })
          return { chart, names: named.map(({ name }) => name), colors, data: alignSeries(named.map(({ series }) => series), steps) }
        }),
      }
    }
    ask().then(
      (ready) => current && setData(ready),
      (error: unknown) => current && setData({ charts: [], failure: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      current = false
    }
  }, [client, facts, opened, fromUs, toUs])
  return data
}
