/** The thread in which incidents are asked. */
import { workerData } from 'node:worker_threads'
import { answerRequests } from './ask-thread.ts'
import { openAskedWorld } from './run-world.ts'
import type { AskedWorld } from './run-world.ts'
import type { WorldRequest } from './world-engine.ts'

// Set by the owner, which is ours.
const { contentDir } = workerData as { contentDir: string }
let world: AskedWorld | null = null

answerRequests<WorldRequest>(async (request) => {
  if (request.type === 'open') {
    world = null
    world = openAskedWorld(contentDir, request.incident)
    return ''
  }
  if (world === null) throw new Error('No incident is open.')
  return world.ask(request.question, request.text)
})
