/** The way through a shift, for those who have never worked one: which steps are done, and where the next one is taken. */
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'

export interface ShiftStep {
  readonly id: 'acknowledge' | 'look' | 'suppose' | 'tell' | 'act' | 'hand-over'
  readonly label: string
  /** The panel in which it is done; null for what the pager bar has. */
  readonly panel: string | null
  readonly isDone: boolean
}

/** The steps in the order in which a first shift takes them; nothing stops a learner from taking another. */
export function shiftSteps(entries: readonly ShiftEntry[]): readonly ShiftStep[] {
  const has = (type: ShiftEntry['type']): boolean => entries.some((entry) => entry.type === type)
  return [
    { id: 'acknowledge', label: 'Acknowledge the page', panel: null, isDone: has('acknowledged') },
    { id: 'look', label: 'Look around, and pin what shows the cause', panel: 'dashboards', isDone: has('pinned') },
    { id: 'suppose', label: 'Say what you think it is', panel: 'notebook', isDone: has('supposed') },
    { id: 'tell', label: 'Tell people what happens', panel: 'messages', isDone: has('said') },
    { id: 'act', label: 'Act, if users suffer', panel: 'actions', isDone: entries.some((entry) => entry.type === 'acted' && entry.refused === null) },
    { id: 'hand-over', label: 'Hand over when the objective is met', panel: null, isDone: has('ended') },
  ]
}
