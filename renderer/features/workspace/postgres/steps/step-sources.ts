/** What can be played step by step: the author's demonstration, and the learner's own answer. Pure. */
import { readSchedule } from '../../../../../exercises/kinds/postgres/answer.ts'
import { readClient } from '../../../../../exercises/kinds/postgres/client.ts'
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { Cell } from '../../../../../exercises/kinds/postgres/session.ts'
import { splitStatements } from '../../../../../exercises/kinds/postgres/statements.ts'
import type { Step } from './stepper.ts'

type Parameters = Readonly<Record<string, Readonly<Record<string, Cell>>>>

/** The steps to choose from, each with a name. */
export function stepSources(exercise: PostgresExercise, answer: string, parameters: Parameters): { id: string; label: string; steps: Step[] }[] {
  const sessions = exercise.sessions.map((session) => session.name)
  const sources: { id: string; label: string; steps: Step[] }[] = []
  if (exercise.demonstration.length > 0) {
    sources.push({ id: 'demonstration', label: 'Demonstration', steps: exercise.demonstration.map((step) => ({ ...step, parameters: parameters[step.session] ?? {} })) })
  }
  if (exercise.mode === 'schedule') sources.push({ id: 'answer', label: 'Your steps', steps: scheduleSteps(answer, sessions) })
  // With a standby the client itself chooses the server, which a session cannot.
  if (exercise.mode === 'client' && sessions.length > 1 && exercise.server.standby === undefined) sources.push({ id: 'answer', label: 'Your answer, in turn', steps: turns(answer, sessions, parameters) })
  return sources
}

function scheduleSteps(answer: string, sessions: readonly string[]): Step[] {
  return readSchedule(answer, sessions).steps.flatMap(({ session, sql }) => splitStatements(sql).map(({ text }) => ({ session, sql: text, says: '' })))
}

/** Every session runs the answer, one statement each in turn. */
function turns(answer: string, sessions: readonly string[], parameters: Parameters): Step[] {
  return splitStatements(readClient(answer).answer.sql).flatMap(({ text }) => sessions.map((session) => ({ session, sql: text, says: '', parameters: parameters[session] ?? {} })))
}
