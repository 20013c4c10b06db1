/** Building an exercise's data, statement by statement so that progress can be told. */
import type { OpenDatabase, SqlDatabase } from '../../../../exercises/kinds/sql/engine.ts'
import { splitStatements } from '../../../../exercises/kinds/sql/statements.ts'
import type { DataSource } from './protocol.ts'

/** The learner's data has its full size; only hidden data sets are smaller. Per cent. */
const FULL_SCALE = 100

/** Runs the dataset and the set-up in an empty database and returns its image. `progress` gets 0..1. */
export function buildImage(open: OpenDatabase, source: DataSource, progress: (share: number) => void): Uint8Array<ArrayBuffer> {
  const database: SqlDatabase = open({ memoryMb: source.memoryMb })
  try {
    const statements = [source.datasetSql, source.setup ?? ''].flatMap((sql) => splitStatements(sql))
    const options = { maxRows: 1, parameters: { seed: source.seed, scale: FULL_SCALE }, trusted: true }
    database.run('BEGIN', options)
    statements.forEach((statement, index) => {
      progress(index / statements.length)
      database.run(statement.text, options)
    })
    database.run('COMMIT', options)
    progress(1)
    return new Uint8Array(database.image())
  } finally {
    database.close()
  }
}
