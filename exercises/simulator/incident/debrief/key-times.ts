/** The moments by which a shift is compared with others. */
import { trueCause } from '../causes.ts'
import type { Notebook, ShiftEntry } from '../shift/index.ts'
import type { Outcome } from './outcome.ts'

/** Simulation time in microseconds; null for what did not happen. */
export interface KeyTimes {
  readonly acknowledgedUs: number | null
  /** When the true cause was first named, as a hypothesis or at the hand-over. */
  readonly rightUs: number | null
  readonly mitigatedUs: number | null
  readonly resolvedUs: number | null
}

export function keyTimesOf(entries: readonly ShiftEntry[], notebook: Notebook, mine: Outcome): KeyTimes {
  const right = entries.find((entry) => (entry.type === 'supposed' && entry.hypothesis.cause === trueCause) || (entry.type === 'diagnosed' && entry.diagnosis.cause === trueCause))
  return { acknowledgedUs: notebook.acknowledgedUs, rightUs: right?.atUs ?? null, mitigatedUs: mine.mitigatedUs, resolvedUs: mine.restoredUs }
}
