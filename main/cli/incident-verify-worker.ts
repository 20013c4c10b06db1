/** Checks seeds of incidents, one after the other, as asked by `incident verify`. */
import { parentPort } from 'node:worker_threads'
import { shiftModes, verifyMode, verifySeed, withoutMode } from '../../exercises/simulator/incident/index.ts'
import { formatProblem } from '../../exercises/core/problem.ts'
import { loadIncident } from './incident-files.ts'
import type { VerifyAnswer, VerifyTask } from './incident-verify.ts'

function answer({ contentDir, id, seed, wrongPlays }: VerifyTask): VerifyAnswer {
  const read = loadIncident(contentDir, id, { seed })
  if (!read.ok) return { fault: `${id} cannot be read any more.` }
  try {
    const failures = [...verifySeed(read.value, seed, { wrongPlays })]
    for (const mode of wrongPlays ? shiftModes : []) {
      if (withoutMode(read.value.spec, mode) !== null) continue
      const harder = loadIncident(contentDir, id, { seed, mode })
      if (harder.ok) failures.push(...verifyMode(harder.value, seed))
      else failures.push({ id, property: 'mode', why: `seed ${String(seed)}, ${mode}: ${harder.error.map(formatProblem).join('; ')}` })
    }
    return { failures }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (task: VerifyTask) => parentPort?.postMessage(answer(task)))
