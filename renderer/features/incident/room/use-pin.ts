import { useMemo } from 'react'
import { announce } from '../../../app/announce.ts'
import { useToast } from '../../../app/toast.tsx'
import { notebookOf } from '../../../../exercises/simulator/incident/shift/notebook.ts'
import type { Pin } from '../../../../exercises/simulator/incident/shift/record.ts'
import { newPinId } from './pin-id.ts'
import { useKeep, useTick } from './room-context.ts'

/** As much of what was seen as a pin keeps. */
const longestTitle = 300
const longestText = 4_000

type Seen = Omit<Pin, 'id'>

/** What tells one thing that was seen from another; a chart is the same at another time. */
type Same = Pick<Seen, 'kind'> & Partial<Pick<Seen, 'query' | 'text'>>

export interface PinToggle {
  readonly isPinned: boolean
  /** Keeps it as evidence, or takes it away again. `seen` is made when it is needed: some of it has to be asked for. */
  toggle(seen: () => Seen | Promise<Seen>): Promise<void>
}

/** Whether something that is shown is pinned, and changing that. The button says so, so that no message is needed. */
export function usePin({ kind, query, text }: Same): PinToggle {
  const keep = useKeep()
  const toast = useToast()
  const entries = useTick((tick) => tick.entries)
  const pinned = useMemo(
    () => notebookOf(entries).pins.find((pin) => pin.kind === kind && (query === undefined || pin.query === query.slice(0, longestText)) && (text === undefined || pin.text === text.slice(0, longestText))),
    [entries, kind, query, text],
  )
  const toggle: PinToggle['toggle'] = async (seen) => {
    if (pinned !== undefined) {
      const { atUs: _atUs, ...before } = pinned
      await keep({ type: 'unpinned', pin: pinned.id })
      toast('The pin is gone.', { label: 'Undo', run: () => void keep({ type: 'pinned', pin: before }) })
      return
    }
    const now = await seen()
    const isKept = await keep({ type: 'pinned', pin: { id: newPinId(), kind: now.kind, title: now.title.slice(0, longestTitle), query: now.query.slice(0, longestText), text: now.text.slice(0, longestText) } })
    if (isKept) announce('Pinned to the notebook.')
    else toast('The shift is over, so nothing more is kept.')
  }
  return { isPinned: pinned !== undefined, toggle }
}
