/** What a shift was worth, and what the incident was. */
export { makeDebrief } from './debrief.ts'
export type { Debrief, Truth } from './debrief.ts'
export type { JudgedEvidence, JudgedPin } from './evidence.ts'
export type { JudgedMessage } from './messages.ts'
export type { Outcome } from './outcome.ts'
export type { ScoreLine, ShiftScore } from './score-shift.ts'
