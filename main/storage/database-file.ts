/** The database file on disk: where it is, moving it with its side files, opening it. */
import { readSync, closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Database } from 'better-sqlite3'

/** Another process may hold the file for a moment (a virus scanner, a copy of the folder). */
const busyTimeoutMs = 2_000
const sideFiles = ['', '-wal', '-shm', '-journal'] as const

export function databasePath(dataDir: string): string {
  return join(dataDir, 'firedrill.db')
}

export function fileSize(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null
}

/**
 * Opens for reading and writing, every write on disk before it is acknowledged.
 * @throws the driver's error; the file is then closed
 */
export function openForWriting(path: string): Database {
  const database = new BetterSqlite3(path, { timeout: busyTimeoutMs })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** The schema version in the file's header, read without opening a database; null where there is no such header. */
export function headerVersion(path: string): number | null {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    if (readSync(file, header, 0, 100, 0) < 100) return null
  } finally {
    closeSync(file)
  }
  return header.toString('latin1', 0, 16) === 'SQLite format 3\0' ? header.readUInt32BE(60) : null
}

/** Moves a database and what belongs to it. The main file goes last, so that a stop in between can be repeated. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of sideFiles.toReversed()) {
    if (fileSize(from + suffix) !== null) renameSync(from + suffix, to + suffix)
  }
}

/** Removes the logs beside a database that is about to be replaced. */
export function removeSideFiles(path: string): void {
  for (const suffix of sideFiles) if (suffix !== '') rmSync(path + suffix, { force: true })
}

export function removeDatabase(path: string): void {
  for (const suffix of sideFiles) rmSync(path + suffix, { force: true })
}
