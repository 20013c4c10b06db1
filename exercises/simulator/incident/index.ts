/** Incidents: running a world and telling what happened. */
export { summarise } from './summary.ts'
export type { PartSummary, RunSummary } from './summary.ts'
export { formatChart, formatTime } from './chart.ts'
export { describeParts } from './reference.ts'
