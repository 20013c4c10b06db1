/** The thread in which `sql run` blocks run: its owner (sqlite-in-thread.ts) ends it when one does not come to an end. */
import { parentPort, workerData } from 'node:worker_threads'
import { readSource } from '../services/library/source-files.ts'
import { BlockFailure } from './run-engine.ts'
import type { BlockDatabase } from './run-engine.ts'
import { createSqliteRunner } from './run-sqlite.ts'
import type { BlockReply, BlockRequest, BlockTask } from './sqlite-in-thread.ts'

// Set by the owner, which is ours.
const { contentDir } = workerData as BlockTask
const runner = createSqliteRunner((dataset) => {
  const read = readSource(contentDir, `datasets/${dataset}.sql`)
  return 'source' in read ? read.source.text : null
})
let database: BlockDatabase | null = null

async function answer(request: BlockRequest): Promise<string> {
  if (request.type === 'open') {
    await database?.close()
    database = (await runner).open(request.dataset)
    return ''
  }
  if (database === null) throw new Error('No database is open.')
  return request.type === 'plan' ? database.plan(request.text) : database.run(request.text)
}

function reply(message: BlockReply): void {
  parentPort?.postMessage(message)
}

parentPort?.on('message', (request: BlockRequest) => {
  answer(request).then(
    (printed) => reply({ ok: true, printed }),
    (error: unknown) => reply({ ok: false, message: error instanceof Error ? error.message : String(error), line: error instanceof BlockFailure ? error.line : 0 }),
  )
})
