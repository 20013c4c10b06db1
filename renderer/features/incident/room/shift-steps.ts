/** The way through a shift, for those who have never worked one: which steps are done, and where the next one is taken. */
import { likeliest, notebookOf } from '../../../../exercises/simulator/incident/shift/notebook.ts'
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'

export interface ShiftStep {
  readonly id: 'acknowledge' | 'look' | 'suppose' | 'tell' | 'act' | 'hand-over'
  readonly label: string
  /** Where it is done: a panel, or a command of the room. */
  readonly place: { readonly panel: string } | { readonly command: string }
  readonly isDone: boolean
}

/**
 * The steps in the order in which a first shift takes them; nothing stops a learner from taking another.
 * @param noFault id of the choice that there is nothing to mend: who holds it for likeliest has decided not to act
 */
export function shiftSteps(entries: readonly ShiftEntry[], noFault: string | null): readonly ShiftStep[] {
  const has = (type: ShiftEntry['type']): boolean => entries.some((entry) => entry.type === type)
  const held = likeliest(notebookOf(entries))
  const hasActed = entries.some((entry) => entry.type === 'acted' && entry.refused === null)
  const needsNone = !hasActed && held !== null && held.cause === noFault
  return [
    { id: 'acknowledge', label: 'Answer the page', place: { command: 'room.acknowledge' }, isDone: has('acknowledged') },
    { id: 'look', label: 'Look around, and pin what shows the cause', place: { panel: 'dashboards' }, isDone: has('pinned') },
    { id: 'suppose', label: 'Say what you think it is', place: { panel: 'notebook' }, isDone: held !== null },
    { id: 'tell', label: 'Tell people what happens', place: { panel: 'messages' }, isDone: has('said') },
    { id: 'act', label: needsNone ? 'No action needed: you hold that there is no fault' : 'Act, if users suffer', place: { panel: 'actions' }, isDone: hasActed || needsNone },
    { id: 'hand-over', label: 'Hand over, once users are well and you can say why', place: { command: 'room.handOver' }, isDone: has('ended') },
  ]
}
