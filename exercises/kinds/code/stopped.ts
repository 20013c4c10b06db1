/** What is said of an answer whose thread had to be ended, or ended by itself. The same words wherever it is graded. */
import { failedReport } from './grade.ts'
import type { CodeReport } from './report.ts'
import type { CodeExercise } from './schema.ts'

/** The test that ran; null while the answer was compiled. */
export type RunningStep = { test: string; seed: number } | null

/** Beyond the sandbox's own limit: only a native loop of the engine, which nothing inside can stop, takes longer. */
export const graceMs = 2_000

/** For an answer that did not come to an end. */
export function unendedReport(exercise: CodeExercise, running: RunningStep): CodeReport {
  const look = running === null ? 'Look for a type that is made of itself.' : "Look for a call of the language's own on something of enormous length."
  return failedReport(exercise, 'time', `Stopped while ${stepWords(running)}: it did not come to an end. ${look}`)
}

/** For an answer whose thread broke. `why`: in the host's words. */
export function crashedReport(exercise: CodeExercise, running: RunningStep, why: string): CodeReport {
  return failedReport(exercise, 'crash', `The sandbox stopped while ${stepWords(running)}: ${why}.`)
}

function stepWords(running: RunningStep): string {
  return running === null ? 'the answer was compiled' : `the test "${running.test}" ran`
}

/** A step as the learner sees it while it runs. */
export function stepName({ test, seed }: { test: string; seed: number }): string {
  return seed === 1 ? test : `${test}, schedule ${seed}`
}
