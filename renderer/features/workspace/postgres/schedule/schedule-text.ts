/** The steps of a schedule as a table edits them, and the text that is the answer. Pure. */
import { readSchedule } from '../../../../../exercises/kinds/postgres/answer.ts'

export interface TableStep {
  session: string
  sql: string
}

/** The steps of a text; null when a line of it is no step, which a table could not show. */
export function stepsOf(text: string, sessions: readonly string[]): TableStep[] | null {
  const { steps, faults } = readSchedule(text, sessions)
  return faults.length > 0 ? null : steps.map(({ session, sql }) => ({ session, sql }))
}

/** One step a line; a statement of several lines goes on below its first, and lines that are empty are left out. */
export function textOf(steps: readonly TableStep[]): string {
  return steps.map(({ session, sql }) => `${session}: ${sql.replace(/\n\s*\n/g, '\n').trim()}\n`).join('')
}

/** The step at `from` at the place `to`. */
export function moved(steps: readonly TableStep[], from: number, to: number): TableStep[] {
  const step = steps[from]
  if (step === undefined || to < 0 || to >= steps.length) return [...steps]
  const rest = steps.filter((_, index) => index !== from)
  return [...rest.slice(0, to), step, ...rest.slice(to)]
}
