/* A treegrid of the ARIA practices, whose cells a table could not place on a time axis. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { WaterfallRow } from '../../../../../exercises/simulator/traces/index.ts'
import { Button, EmptyState, Skeleton, Status, StatusMark } from '../../../../ui/index.ts'
import { mostColors } from '../../charts/chart-colors.ts'
import { useRoom, useRoomCall } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { durationText } from './duration-text.ts'
import { SpanDetails } from './span-details.tsx'
import styles from './traces.module.css'

/** One trace: what it is, its spans over time with the critical path, and the chosen span. */
export function TraceView({ traceId, onBack }: { traceId: string; onBack(): void }) {
  const answer = useRoomCall('traces.one', { traceId }, '')
  if (answer.state === 'loading') return <Skeleton lines={6} label="Reading the trace" />
  const back = (
    <Button size="compact" icon="arrow-left" onClick={onBack}>
      All traces
    </Button>
  )
  if (answer.state === 'failed' || answer.value === null) {
    return (
      <EmptyState title="This trace is not kept" action={back}>
        {answer.state === 'failed' ? answer.message : 'Only some requests are traced. Those that fail are, from their end on.'}
      </EmptyState>
    )
  }
  const { summary, waterfall } = answer.value
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        {back}
        <strong>
          {summary.rootService}: {summary.rootName}
        </strong>
        <Status state={summary.status === 'ok' ? 'ok' : summary.status === 'error' ? 'crit' : 'warn'}>{durationText(summary.durationUs)}</Status>
        <span className={styles.quiet}>
          {clockTime(summary.startUs / 1000)}, {summary.spanCount} spans, {summary.services.length} services{summary.isIncomplete && ', some spans are missing'}
        </span>
        <code className={styles.quiet}>{traceId}</code>
      </div>
      <WaterfallView traceId={traceId} rows={waterfall.rows} durationUs={waterfall.durationUs} />
    </div>
  )
}

function WaterfallView({ traceId, rows, durationUs }: { traceId: string; rows: readonly WaterfallRow[]; durationUs: number }) {
  const { facts } = useRoom()
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [chosen, setChosen] = useState(0)
  const shown = rows.flatMap((row, index) => (isHidden(rows, row, closed) ? [] : [{ row, index }]))
  const span = rows[chosen]
  const colorOf = (service: string): string => {
    const place = facts.parts.findIndex(({ name }) => name === service)
    return place >= 0 && place < mostColors ? `var(--series-${String(place + 1)})` : 'var(--border-strong)'
  }
  const toggle = (index: number, close: boolean): void => {
    const next = new Set(closed)
    if (close) next.add(index)
    else next.delete(index)
    setClosed(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = shown.findIndex(({ index }) => index === chosen)
    const move = (to: number): void => setChosen(shown[Math.max(0, Math.min(shown.length - 1, to))]?.index ?? 0)
    const keys: Readonly<Record<string, () => void>> = { ArrowDown: () => move(at + 1), ArrowUp: () => move(at - 1), Home: () => move(0), End: () => move(shown.length - 1), ArrowLeft: () => toggle(chosen, true), ArrowRight: () => toggle(chosen, false) }
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  return (
    <div className={styles.trace}>
      {/* Rows are chosen with the arrow keys of the grid itself. */}
      <div className={styles.waterfall} role="treegrid" aria-label="Spans" tabIndex={0} aria-activedescendant={`span-${String(chosen)}`} onKeyDown={onKeyDown}>
        {shown.map(({ row, index }) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={row.span.spanId} id={`span-${String(index)}`} role="row" aria-level={row.depth + 1} aria-selected={index === chosen} aria-expanded={row.childCount === 0 ? undefined : !closed.has(index)} tabIndex={-1} className={styles.span} data-chosen={index === chosen ? '' : undefined} onClick={() => setChosen(index)}>
            <span role="gridcell" className={styles.spanName} style={{ paddingLeft: `calc(${String(Math.min(row.depth, 12))} * var(--space-12))` }}>
              {row.hasError ? <StatusMark state="crit" /> : <span className={styles.dot} style={{ background: colorOf(row.span.service) }} />}
              <span className={styles.spanService}>{row.span.service}</span>
              <span className={styles.spanOperation}>{row.span.name}</span>
              {closed.has(index) && <span className={styles.quiet}>{row.descendantCount} more</span>}
            </span>
            <span role="gridcell" className={styles.track}>
              <span className={styles.spanBar} data-error={row.hasError ? '' : undefined} style={{ left: share(row.offsetUs, durationUs), width: share(row.durationUs, durationUs), background: colorOf(row.span.service) }} />
              {row.criticalParts.map((piece) => (
                <span key={piece.offsetUs} className={styles.critical} style={{ left: share(piece.offsetUs, durationUs), width: share(piece.durationUs, durationUs) }} />
              ))}
            </span>
            <span role="gridcell" className={styles.spanDuration}>
              {durationText(row.durationUs)}
            </span>
          </div>
        ))}
      </div>
      {span !== undefined && <SpanDetails row={span} traceId={traceId} />}
    </div>
  )
}

const share = (us: number, allUs: number): string => `${String(allUs === 0 ? 100 : (us / allUs) * 100)}%`

/** Whether a span above it is closed. */
function isHidden(rows: readonly WaterfallRow[], row: WaterfallRow, closed: ReadonlySet<number>): boolean {
  for (let parent = row.parentIndex; parent >= 0; parent = rows[parent]?.parentIndex ?? -1) if (closed.has(parent)) return true
  return false
}
