/** Checks seeds of incidents, one after the other, as asked by `incident verify`. */
import { parentPort } from 'node:worker_threads'
import { verifySeed } from '../../exercises/simulator/incident/index.ts'
import { loadIncident } from './incident-files.ts'
import type { VerifyAnswer, VerifyTask } from './incident-verify.ts'

function answer({ contentDir, id, seed, wrongPlays }: VerifyTask): VerifyAnswer {
  const read = loadIncident(contentDir, id, { seed })
  if (!read.ok) return { fault: `${id} cannot be read any more.` }
  try {
    return { failures: verifySeed(read.value, seed, { wrongPlays }) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (task: VerifyTask) => parentPort?.postMessage(answer(task)))
