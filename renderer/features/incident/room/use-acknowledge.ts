import { useKeep, useTick } from './room-context.ts'

/** Whether the page was acknowledged, and doing it. */
export function useAcknowledge(): { isAcknowledged: boolean; acknowledge(): void } {
  const keep = useKeep()
  const isAcknowledged = useTick(({ entries }) => entries.some(({ type }) => type === 'acknowledged'))
  return { isAcknowledged, acknowledge: () => void (isAcknowledged ? null : keep({ type: 'acknowledged' })) }
}
