import type { Database } from 'better-sqlite3'
import { migrations } from './index.ts'

/** The schema version of an open file; 0 where nothing was ever created. */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

/**
 * Brings the file up to `target`, each step in its own transaction together with its number, so that a stop in between
 * leaves a file of a whole version.
 * @throws the driver's error; the step that failed has changed nothing
 */
export function migrate(database: Database, target: number = migrations.length): void {
  for (const migration of migrations.slice(schemaVersion(database), target)) {
    database
      .transaction(() => {
        database.exec(migration.sql)
        database.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
  }
}
