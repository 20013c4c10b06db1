/** The grader, in its own thread: the learner's database and its grader never wait for one another. */
import { buildData, DataSets } from '../../../../exercises/kinds/sql/data-sets.ts'
import type { DataChoice } from '../../../../exercises/kinds/sql/data-sets.ts'
import type { OpenDatabase } from '../../../../exercises/kinds/sql/engine.ts'
import { gradeSql } from '../../../../exercises/kinds/sql/grade.ts'
import { loadImage, saveImage } from '../session/images.ts'
import { openEngine } from '../session/open-engine.ts'
import type { GradeBundle, GradeReply, GradeRequest } from './sql-grader.ts'

declare const self: DedicatedWorkerGlobalScope

let prepared: { bundle: GradeBundle; open: OpenDatabase; data: DataSets } | null = null

const reply = (message: GradeReply): void => self.postMessage(message)

/** Images of every data set, kept between visits so that the first check of the next one is quick too. */
async function imagesOf({ exercise, datasetSql, datasetKey }: GradeBundle, open: OpenDatabase): Promise<Map<string, Uint8Array>> {
  const images = new Map<string, Uint8Array>()
  const choices = new DataSets(exercise, datasetSql, open).choices()
  for (const choice of choices) {
    const name = `${String(choice.seed)}@${String(choice.scale)}`
    // The learner's own data is kept by the workspace, under the plain key.
    const key = choice.hidden ? `${datasetKey} ${name}` : datasetKey
    const kept = await loadImage(key)
    const image = kept ?? buildImage(open, exercise, datasetSql, choice)
    if (kept === null) void saveImage(key, image)
    images.set(name, image)
  }
  return images
}

function buildImage(open: OpenDatabase, exercise: GradeBundle['exercise'], datasetSql: string, choice: DataChoice): Uint8Array<ArrayBuffer> {
  const database = open({ memoryMb: exercise.limits.memoryMb })
  try {
    buildData(database, datasetSql, exercise.setup ?? null, choice)
    return new Uint8Array(database.image())
  } finally {
    database.close()
  }
}

async function answer(request: GradeRequest): Promise<void> {
  const { id } = request
  if (request.type === 'prepare') {
    const { exercise, datasetSql } = request.bundle
    const open = await openEngine(exercise.engine)
    const data = new DataSets(exercise, datasetSql, open, await imagesOf(request.bundle, open))
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
