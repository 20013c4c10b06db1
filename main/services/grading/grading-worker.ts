/** The thread in which answers run: its owner ends it when one takes too long. Same grader as in the app. */
import { parentPort, workerData } from 'node:worker_threads'
import { DataSets } from '../../../exercises/kinds/sql/data-sets.ts'
import type { OpenDatabase } from '../../../exercises/kinds/sql/engine.ts'
import { gradeSql } from '../../../exercises/kinds/sql/grade.ts'
import { splitStatements } from '../../../exercises/kinds/sql/statements.ts'
import { loadEngine } from './engines.ts'
import type { GradingAnswers, GradingReply, GradingRequest, GradingTask } from './protocol.ts'

// Set by the owner, which is ours: see sql-grader.ts.
const { exercise, datasetSql } = workerData as GradingTask
let engine: Promise<{ open: OpenDatabase; data: DataSets }> | null = null

function start(): Promise<{ open: OpenDatabase; data: DataSets }> {
  engine ??= loadEngine(exercise.engine).then((open) => ({ open, data: new DataSets(exercise, datasetSql, open) }))
  return engine
}

function reply(message: GradingReply): void {
  parentPort?.postMessage(message)
}

async function answer(request: GradingRequest): Promise<GradingAnswers[keyof GradingAnswers]> {
  const { open, data } = await start()
  switch (request.type) {
    case 'prepare':
      data.prepare()
      return null
    case 'grade':
      return gradeSql(exercise, request.answer, { data, open, datasetSql, onStep: () => reply({ id: request.id, step: true }) })
    case 'rows': {
      const visible = data.choices()[0]
      if (visible === undefined) return null
      const options = { maxRows: exercise.limits.rows, parameters: exercise.parameters }
      return data.lend(visible, splitStatements(request.sql), (database) => database.run(request.sql, options).findLast((result) => result.columns.length > 0) ?? null)
    }
  }
}

parentPort?.on('message', (request: GradingRequest) => {
  answer(request).then(
    (value) => reply({ id: request.id, ok: true, value }),
    (error: unknown) => reply({ id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})
