/** The thread in which answers to `code` exercises run: its owner ends it when one takes too long. Same grader as in the app. */
import { parentPort, workerData } from 'node:worker_threads'
import { gradeCode } from '../../../exercises/kinds/code/grade.ts'
import type { CodeReport } from '../../../exercises/kinds/code/report.ts'
import type { CodeExercise } from '../../../exercises/kinds/code/schema.ts'
import { loadCodeSources } from './code-engine.ts'

export interface CodeGradingRequest {
  id: number
  answer: string
}

export type CodeGradingReply =
  /** Another test begins: its clock starts anew. */
  | { id: number; step: { test: string; seed: number } }
  | { id: number; ok: true; value: CodeReport }
  | { id: number; ok: false; message: string }

// Set by the owner, which is ours: see code-grader.ts.
const exercise = workerData as CodeExercise
const sources = loadCodeSources()

function reply(message: CodeGradingReply): void {
  parentPort?.postMessage(message)
}

async function grade({ id, answer }: CodeGradingRequest): Promise<CodeReport> {
  return gradeCode(exercise, answer, { ...(await sources), onStep: (step) => reply({ id, step }) })
}

parentPort?.on('message', (request: CodeGradingRequest) => {
  grade(request).then(
    (value) => reply({ id: request.id, ok: true, value }),
    (error: unknown) => reply({ id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})
