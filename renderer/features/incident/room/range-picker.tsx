import { useSyncExternalStore } from 'react'
import { Button, RadioGroup } from '../../../ui/index.ts'
import { useRoom } from './room-context.ts'
import { clockTime } from './sim-time.ts'
import { offeredMinutes } from './time-range.ts'
import styles from './room.module.css'

/** The time range of all panels: the last minutes, or what was chosen on a chart. */
export function RangePicker() {
  const { timeRange } = useRoom()
  const range = useSyncExternalStore(timeRange.subscribe, timeRange.get)
  return (
    <div className={styles.range}>
      {range.kind === 'fixed' && (
        <span className={styles.time}>
          {clockTime(range.fromMs)} to {clockTime(range.toMs)}
        </span>
      )}
      {timeRange.canGoBack && (
        <Button size="compact" variant="quiet" icon="undo" onClick={() => timeRange.back()}>
          Back
        </Button>
      )}
      <RadioGroup
        segmented
        label="Time range"
        value={range.kind === 'last' ? String(range.minutes) : null}
        onChange={(minutes) => timeRange.set({ kind: 'last', minutes: Number(minutes) })}
        options={offeredMinutes.map((minutes) => ({ value: String(minutes), label: `${String(minutes)} min` }))}
      />
    </div>
  )
}
