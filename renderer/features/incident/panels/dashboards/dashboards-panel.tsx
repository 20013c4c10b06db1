import { useMemo, useState } from 'react'
import { EmptyState, ErrorState, IconButton, Select, Skeleton } from '../../../../ui/index.ts'
import { QueryChart } from '../../charts/query-chart.tsx'
import { useMarkers } from '../../charts/use-markers.ts'
import { unitOf } from '../../charts/value-text.ts'
import { MarkerKey } from '../../charts/marker-key.tsx'
import type { PanelProps } from '../index.ts'
import { RangePicker } from '../../room/range-picker.tsx'
import { useRoom, useRoomCall } from '../../room/room-context.ts'
import { useViewed } from '../../room/use-viewed.ts'
import { dashboardsOf } from './dashboards.ts'
import { ExploreButton, PinButton } from './chart-actions.tsx'
import styles from './dashboards.module.css'

/** Id of the dashboard with the learner's own panels. */
const ownDashboard = 'own'

/** The charts of the system and of each of its parts, under one time range. `input` is the name of a part. */
export default function DashboardsPanel({ input }: PanelProps) {
  const { facts, ownPanels, client } = useRoom()
  const names = useRoomCall('metrics.names', null, '')
  const markers = useMarkers()
  const [chosen, setChosen] = useState(input ?? 'overview')
  const metrics = names.state === 'ready' ? names.value.metrics : null
  const alerts = useRoomCall('alerts.now', null, '')
  const levels = alerts.state === 'ready' ? alerts.value.levels : undefined
  const measuredParts = useRoomCall('metrics.parts', null, '')
  const measured = measuredParts.state === 'ready' ? measuredParts.value : undefined
  const dashboards = useMemo(() => (metrics === null ? [] : dashboardsOf({ parts: facts.parts, metrics: new Set(metrics), ...(levels === undefined ? {} : { levels }), ...(measured === undefined ? {} : { measured }) })), [facts, metrics, levels, measured])
  const isOwn = chosen === ownDashboard
  const dashboard = isOwn ? undefined : dashboards.find(({ id }) => id === chosen) ?? dashboards[0]
  const ownQueries = useMemo(() => ownPanels.panels.map(({ query }) => query), [ownPanels])
  const shownQueries = useMemo(() => dashboard?.charts.flatMap(({ queries }) => queries.map(({ query }) => query)), [dashboard])
  // Complete once it is known what alerts measure and what parts have.
  const isKnown = levels !== undefined && measured !== undefined
  useViewed(client, isOwn ? { panel: 'dashboards', title: 'Your panels', queries: ownQueries } : isKnown && dashboard !== undefined && shownQueries !== undefined ? { panel: 'dashboards', title: dashboard.title, queries: shownQueries } : null)
  if (names.state === 'failed') return <ErrorState title="The metrics cannot be read" message={names.message} />
  if (names.state === 'loading') return <Skeleton lines={6} label="Reading the metrics" />
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <Select aria-label="Dashboard" value={isOwn ? ownDashboard : (dashboard?.id ?? '')} onChange={(event) => setChosen(event.target.value)}>
          {dashboards.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value={ownDashboard}>Your panels</option>
        </Select>
        <RangePicker />
      </div>
      <div className={styles.key}>
        <MarkerKey hasTraces />
      </div>
      <div className={styles.grid}>
        {dashboard?.charts.map((chart) => (
          <QueryChart
            key={`${dashboard.id} ${chart.title}`}
            title={chart.title}
            queries={chart.queries}
            unit={chart.unit}
            markers={markers}
            {...(chart.none === undefined ? {} : { none: chart.none })}
            {...(chart.threshold === undefined ? {} : { threshold: chart.threshold })}
            {...(chart.colorLabel === undefined ? {} : { colorLabel: chart.colorLabel })}
            actions={
              <>
                <PinButton title={chart.title} query={chart.queries[0]?.query ?? ''} />
                <ExploreButton query={chart.queries[0]?.query ?? ''} />
              </>
            }
          />
        ))}
        {isOwn &&
          ownPanels.panels.map(({ title, query }) => (
            <QueryChart
              key={query}
              title={title}
              queries={[{ query }]}
              unit={unitOf(query)}
              markers={markers}
              actions={
                <>
                  <PinButton title={title} query={query} />
                  <ExploreButton query={query} />
                  <IconButton label={`Remove "${title}"`} icon="trash" onClick={() => ownPanels.drop(query)} />
                </>
              }
            />
          ))}
      </div>
      {isOwn && ownPanels.panels.length === 0 && <EmptyState title="You have made no panel yet">Ask something on the Metrics tab and keep it as a panel. It stays with this incident.</EmptyState>}
    </div>
  )
}
