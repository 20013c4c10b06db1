/** The grader, in its own thread: the learner's database and its grader never wait for one another. */
import { DataSets } from '../../../../exercises/kinds/sql/data-sets.ts'
import type { OpenDatabase } from '../../../../exercises/kinds/sql/engine.ts'
import { gradeSql } from '../../../../exercises/kinds/sql/grade.ts'
import { openEngine } from '../session/open-engine.ts'
import type { GradeBundle, GradeReply, GradeRequest } from './grader.ts'

declare const self: DedicatedWorkerGlobalScope

let prepared: { bundle: GradeBundle; open: OpenDatabase; data: DataSets } | null = null

const reply = (message: GradeReply): void => self.postMessage(message)

async function answer(request: GradeRequest): Promise<void> {
  const { id } = request
  if (request.type === 'prepare') {
    const { exercise, datasetSql } = request.bundle
    const open = await openEngine(exercise.engine)
    const data = new DataSets(exercise, datasetSql, open)
    data.prepare()
    prepared = { bundle: request.bundle, open, data }
    reply({ id, ok: true, grade: null })
    return
  }
  if (prepared === null) throw new Error('The grader has no data.')
  const { bundle, open, data } = prepared
  const grade = gradeSql(bundle.exercise, request.answer, { data, open, datasetSql: bundle.datasetSql, onStep: () => reply({ id, step: true }) })
  reply({ id, ok: true, grade })
}

self.addEventListener('message', (event: MessageEvent<GradeRequest>) => {
  answer(event.data).catch((error: unknown) => {
    reply({ id: event.data.id, ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  })
})
