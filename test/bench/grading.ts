/** How long the learner waits for the grade of a right answer. */
import { join } from 'node:path'
import { SqlGrader } from '../../main/services/grading/sql-grader.ts'
import { loadExercise } from '../../main/services/library/exercise-files.ts'
import { listFolder } from '../../main/services/library/source-files.ts'
import type { Measurement } from './measure.ts'
import { percentile, timeMs } from './measure.ts'

/** Grades every `sql` exercise's reference five times, after the first, with the data built. */
export async function measureGrading(contentDir: string): Promise<Measurement[]> {
  const times: { id: string; ms: number }[] = []
  for (const id of listFolder(contentDir, 'exercises').folders) {
    const { exercise, datasetSql, referenceAnswer } = loadExercise(contentDir, id)
    if (exercise === null || exercise.kind !== 'sql') continue
    const grader = new SqlGrader({ exercise, datasetSql })
    await grader.grade(referenceAnswer)
    for (let round = 0; round < 5; round += 1) times.push({ id, ms: await timeMs(() => grader.grade(referenceAnswer)) })
    await grader.close()
  }
  const slowest = times.toSorted((left, right) => right.ms - left.ms)[0]
  return [
    {
      id: 'sql-grade-p95',
      what: 'SQL exercise graded, p95',
      unit: 'ms',
      value: percentile(times.map(({ ms }) => ms), 0.95),
      budget: 150,
      bound: 'most',
      note: `${times.length} grades; median ${Math.round(percentile(times.map(({ ms }) => ms), 0.5))} ms, slowest ${slowest?.id} ${Math.round(slowest?.ms ?? 0)} ms`,
    },
  ]
}

export const contentOf = (root: string): string => join(root, 'content')
