/** The thread in which `sql run` blocks run. */
import { workerData } from 'node:worker_threads'
import { readSource } from '../services/library/source-files.ts'
import { answerRequests } from './ask-thread.ts'
import { createSqliteRunner } from './run-sqlite.ts'
import type { BlockDatabase } from './run-sqlite.ts'
import type { SqliteRequest } from './sqlite-engine.ts'

// Set by the owner, which is ours.
const { contentDir } = workerData as { contentDir: string }
const runner = createSqliteRunner((dataset) => {
  const read = readSource(contentDir, `datasets/${dataset}.sql`)
  return 'source' in read ? read.source.text : null
})
let database: BlockDatabase | null = null

answerRequests<SqliteRequest>(async (request) => {
  if (request.type === 'open') {
    await database?.close()
    database = (await runner).open(request.dataset)
    return ''
  }
  if (database === null) throw new Error('No database is open.')
  return request.type === 'plan' ? database.plan(request.text) : database.run(request.text)
})
