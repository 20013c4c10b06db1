/** How long the learner waits for the grade of a right answer. */
import { join } from 'node:path'
import { CodeGrader } from '../../main/services/grading/code-grader.ts'
import { SqlGrader } from '../../main/services/grading/sql-grader.ts'
import { loadExercise } from '../../main/services/library/exercise-files.ts'
import { listFolder } from '../../main/services/library/source-files.ts'
import type { Measurement } from './measure.ts'
import { percentile, timeMs } from './measure.ts'

interface GradeTime {
  id: string
  ms: number
}

/** Grades every reference of `sql` and `code` exercises five times, after the first, with the data built and the compiler loaded. */
export async function measureGrading(contentDir: string): Promise<Measurement[]> {
  const sql: GradeTime[] = []
  const code: GradeTime[] = []
  for (const id of listFolder(contentDir, 'exercises').folders) {
    const { exercise, datasetSql, referenceAnswer } = loadExercise(contentDir, id)
    if (exercise === null || (exercise.kind !== 'sql' && exercise.kind !== 'code')) continue
    const grader = exercise.kind === 'sql' ? new SqlGrader({ exercise, datasetSql }) : new CodeGrader(exercise)
    await grader.grade(referenceAnswer)
    const times = exercise.kind === 'sql' ? sql : code
    for (let round = 0; round < 5; round += 1) times.push({ id, ms: await timeMs(() => grader.grade(referenceAnswer)) })
    await grader.close()
  }
  return [gradeTimes('sql-grade-p95', 'SQL exercise graded, p95', sql, 150), gradeTimes('code-grade-p95', 'Code exercise graded in Node, p95', code, 500)]
}

/** The 95th percentile of how long grades took, with the slowest named. */
export function gradeTimes(id: string, what: string, times: readonly GradeTime[], budget: number): Measurement {
  const slowest = times.toSorted((left, right) => right.ms - left.ms)[0]
  const all = times.map(({ ms }) => ms)
  const note = `${times.length} grades; median ${Math.round(percentile(all, 0.5))} ms, slowest ${slowest?.id} ${Math.round(slowest?.ms ?? 0)} ms`
  return { id, what, unit: 'ms', value: percentile(all, 0.95), budget, bound: 'most', note }
}

export const contentOf = (root: string): string => join(root, 'content')
