import { IconButton, Menu } from '../../../ui/index.ts'
import { useRoom } from '../room/room-context.ts'
import { clockTime } from '../room/sim-time.ts'
import type { Exemplar } from '../world/calls/exemplars.ts'
import { valueText } from './value-text.ts'

const mostListed = 8

/** The slowest traces behind a chart, for those who do not point at its diamonds. */
export function ExemplarMenu({ title, exemplars }: { title: string; exemplars: readonly Exemplar[] }) {
  const { show } = useRoom()
  const slowest = exemplars.toSorted((one, other) => other.value - one.value).slice(0, mostListed)
  return (
    <Menu
      align="end"
      label={`Slowest traces behind "${title}"`}
      trigger={<IconButton label={`Traces behind "${title}"`} icon="tree" />}
      items={slowest.map(({ traceId, value, timeMs, labels }) => ({
        id: `${traceId} ${String(timeMs)}`,
        label: `${valueText(value, 'seconds')} at ${clockTime(timeMs)}${ownerOf(labels)}`,
        run: () => show('traces', traceId),
      }))}
    />
  )
}

/** `, orders POST /pay`. */
function ownerOf(labels: Exemplar['labels']): string {
  const words = [labels['client'] ?? labels['job'], labels['method'], labels['route'], labels['peer'], labels['query']].filter((word) => word !== undefined)
  return words.length === 0 ? '' : `, ${words.join(' ')}`
}
