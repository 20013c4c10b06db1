/** The lab with real workers behind it. */
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { pageClock, workerPort } from '../../session/port.ts'
import { CodeLab } from './code-lab.ts'

/** Starts nothing yet. */
export function createCodeLab(exercise: CodeExercise): CodeLab {
  return new CodeLab({
    exercise,
    spawnLanguage: () => workerPort(new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module', name: 'typescript' })),
    spawnSandbox: () => workerPort(new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module', name: 'sandbox' })),
    clock: pageClock,
  })
}
