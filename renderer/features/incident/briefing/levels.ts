import type { ShiftLevel } from '../../../../exercises/simulator/incident/shift/record.ts'

/** What each level gives, as the learner reads it. */
export const levelChoices: readonly { value: ShiftLevel; label: string; description: string }[] = [
  { value: 'guided', label: 'Guided', description: 'A coach asks the next question when you are stuck, and never gives the answer.' },
  { value: 'assisted', label: 'Assisted', description: 'Hints are there, each at a price.' },
  { value: 'on-call', label: 'On call', description: 'Nobody helps.' },
]
