/** A shift: an incident while a learner carries its pager. */
export { openShift, Shift } from './shift.ts'
export type { EntryWithoutTime, ShiftOptions } from './shift.ts'
export { notebookOf } from './notebook.ts'
export type { Notebook } from './notebook.ts'
export { firstUpdateUs, updateDueUs, updateEveryUs } from './updates.ts'
export { diagnosisSchema, hypothesisSchema, pinSchema, readShiftRecord, shiftEntrySchema, shiftLevels, shiftRecordSchema } from './record.ts'
export type { Diagnosis, Hypothesis, Pin, ShiftEntry, ShiftLevel, ShiftRecord } from './record.ts'
