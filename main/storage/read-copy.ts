import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { databasePath, fileSize, openForWriting } from './database-file.ts'
import { migrate } from './migrations/migrate.ts'

/**
 * Opens a copy of the database in the system's temporary folder, to read from where the real folder cannot be written
 * (SQLite needs to write beside a file in order to read one that has a log). Null where that is not possible.
 */
export function openReadCopy(dataDir: string): { database: Database; close(): void } | null {
  const source = databasePath(dataDir)
  let folder: string | null = null
  try {
    if (!fileSize(source)) return null
    folder = mkdtempSync(join(tmpdir(), 'firedrill-'))
    const copy = databasePath(folder)
    copyFileSync(source, copy)
    if (fileSize(`${source}-wal`)) copyFileSync(`${source}-wal`, `${copy}-wal`)
    const database = openForWriting(copy)
    migrate(database)
    const made = folder
    return {
      database,
      close() {
        database.close()
        rmSync(made, { recursive: true, force: true })
      },
    }
  } catch {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
    return null
  }
}
