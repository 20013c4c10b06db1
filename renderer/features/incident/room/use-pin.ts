import { useToast } from '../../../app/toast.tsx'
import type { Pin } from '../../../../exercises/simulator/incident/shift/record.ts'
import { newPinId } from './pin-id.ts'
import { useKeep } from './room-context.ts'

/** As much of what was seen as a pin keeps. */
const longestTitle = 300
const longestText = 4_000

/** Keeps something that was seen as evidence, and says whether it was kept. */
export function usePin(): (seen: Omit<Pin, 'id'>) => Promise<void> {
  const keep = useKeep()
  const toast = useToast()
  return async ({ kind, title, query, text }) => {
    const kept = await keep({ type: 'pinned', pin: { id: newPinId(), kind, title: title.slice(0, longestTitle), query: query.slice(0, longestText), text: text.slice(0, longestText) } })
    toast(kept ? 'Pinned to the notebook.' : 'The shift is over, so nothing more is kept.')
  }
}
