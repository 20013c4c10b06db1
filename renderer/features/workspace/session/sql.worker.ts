/** The learner's database, in its own thread so that it can be ended. */
import type { OpenDatabase, SqlDatabase } from '../../../../exercises/kinds/sql/engine.ts'
import { SqlError } from '../../../../exercises/kinds/sql/engine.ts'
import { buildImage } from './build-data.ts'
import { openEngine } from './open-engine.ts'
import type { LabAnswers, LabFailure, LabReply, LabRequest } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

let database: SqlDatabase | null = null

function opened(): SqlDatabase {
  if (database === null) throw new Error('The database is not open.')
  return database
}

async function answer(request: LabRequest & { id: number }): Promise<LabAnswers[keyof LabAnswers]> {
  switch (request.type) {
    case 'open': {
      const startedMs = performance.now()
      const { source } = request
      const open: OpenDatabase = await openEngine(source.engine)
      const built = request.image ?? buildImage(open, source, (progress) => self.postMessage({ id: request.id, progress } satisfies LabReply))
      database = open({ image: built, memoryMb: source.memoryMb })
      return { image: request.image === null ? built : null, builtMs: performance.now() - startedMs }
    }
    case 'run':
      return opened().run(request.sql, { maxRows: request.maxRows, parameters: request.parameters })
    case 'plan':
      return opened().plan(request.sql, request.parameters)
    case 'schema':
      return opened().schema({ countRows: true })
  }
}

function failureOf(error: unknown): LabFailure {
  if (error instanceof SqlError) {
    const { kind, message, start, end, before } = error
    return { kind, message, start, end, before }
  }
  return { kind: 'crash', message: error instanceof Error ? error.message : String(error), start: 0, end: 0, before: [] }
}

self.addEventListener('message', (event: MessageEvent<LabRequest & { id: number }>) => {
  const { id } = event.data
  answer(event.data).then(
    (value) => self.postMessage({ id, ok: true, value } satisfies LabReply),
    (error: unknown) => self.postMessage({ id, ok: false, error: failureOf(error) } satisfies LabReply),
  )
})
