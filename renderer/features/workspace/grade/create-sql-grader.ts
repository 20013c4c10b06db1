/** The SQL grader with a real worker behind it. */
import type { BundleOf } from '../../../../main/api/index.ts'
import { pageClock, workerPort } from '../session/port.ts'
import { SqlGrader } from './sql-grader.ts'

export function createSqlGrader({ exercise, datasetSql, datasetKey }: BundleOf<'sql'>): SqlGrader {
  return new SqlGrader({
    spawn: () => workerPort(new Worker(new URL('./grade.worker.ts', import.meta.url), { type: 'module', name: 'grade' })),
    clock: pageClock,
    bundle: { exercise, datasetSql, datasetKey },
  })
}
