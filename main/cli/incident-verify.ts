/** `firedrill incident verify`: checks the properties of incidents over many seeds, on all processors. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { formatProblem } from '../../exercises/core/problem.ts'
import type { Failure } from '../../exercises/simulator/incident/index.ts'
import { UsageError } from './command.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { incidentIds, loadIncident } from './incident-files.ts'

/** One seed of one incident, for a worker. */
export interface VerifyTask {
  readonly contentDir: string
  readonly id: string
  readonly seed: number
  readonly wrongPlays: boolean
}

/** What a worker answers: failures, or what went wrong with the check itself. */
export type VerifyAnswer = { readonly failures: readonly Failure[] } | { readonly fault: string }

/** Wrong plays fail by far or not at all, and modes change little: they are tried on this many seeds. */
const wrongPlaySeeds = 3

/** Verifies one incident, or all. */
export async function verifyIncidents(options: { readonly id: string | undefined; readonly seeds: number; readonly json: boolean }, { contentDir, print, progress }: CommandContext): Promise<ExitCode> {
  const all = incidentIds(contentDir)
  if (options.id !== undefined && !all.includes(options.id)) throw new UsageError(`"${options.id}" is not an incident. ${all.length === 0 ? 'There are none.' : `Known are: ${all.join(', ')}.`}`)
  const ids = options.id === undefined ? all : [options.id]
  const started = performance.now()
  const failed: { id: string; property: string; why: string }[] = []
  const tasks: VerifyTask[] = []
  for (const id of ids) {
    const read = loadIncident(contentDir, id)
    if (!read.ok) failed.push(...read.error.map((problem) => ({ id, property: 'readable', why: formatProblem(problem) })))
    else for (let seed = 1; seed <= options.seeds; seed += 1) tasks.push({ contentDir, id, seed, wrongPlays: seed <= wrongPlaySeeds })
  }
  failed.push(...(await runTasks(tasks, progress)))
  const wallSeconds = (performance.now() - started) / 1000
  if (options.json) print(JSON.stringify({ incidents: ids, seeds: options.seeds, wallSeconds, failed }, null, 2))
  else {
    for (const { id, property, why } of failed) print(`${id}: ${property}: ${why}`)
    print(`${ids.length} incidents, ${options.seeds} seeds, ${wallSeconds.toFixed(0)} s: ${failed.length === 0 ? 'all properties hold' : `${failed.length} failed`}.`)
  }
  return failed.length === 0 ? 0 : 1
}

/** Spreads tasks over workers; failures come in the order of the tasks. */
async function runTasks(tasks: readonly VerifyTask[], progress: (message: string) => void): Promise<readonly Failure[]> {
  const answers: (readonly Failure[])[] = []
  let next = 0
  let done = 0
  const lane = async (): Promise<void> => {
    const worker = new Worker(new URL('incident-verify-worker.ts', import.meta.url))
    try {
      for (let index = next++; index < tasks.length; index = next++) {
        const task = tasks[index]
        if (task === undefined) return
        answers[index] = await ask(worker, task)
        done += 1
        progress(`${done} of ${tasks.length} seeds checked`)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(tasks.length, availableParallelism()) }, lane))
  return answers.flat()
}

async function ask(worker: Worker, task: VerifyTask): Promise<readonly Failure[]> {
  const answer = await new Promise<VerifyAnswer>((resolve, reject) => {
    worker.removeAllListeners()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.postMessage(task)
  })
  if ('fault' in answer) throw new Error(`${task.id}, seed ${task.seed}: ${answer.fault}`)
  return answer.failures
}
