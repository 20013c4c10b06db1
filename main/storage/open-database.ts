/** Start-up of the storage: check the file, mend or refuse it, bring it to this version's schema. */
import { mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Result } from '../../exercises/core/result.ts'
import { fail, ok } from '../../exercises/core/result.ts'
import { checkOutBackup, createBackup, fileTime, listBackups } from './backup-files.ts'
import { databasePath, fileSize, headerVersion, moveDatabase, openForWriting, removeDatabase } from './database-file.ts'
import type { StorageFailure } from './failure.ts'
import { failureOf, newerFailure } from './failure.ts'
import { newestVersion } from './migrations/index.ts'
import { migrate, schemaVersion } from './migrations/migrate.ts'
import { salvageEvents } from './salvage.ts'

export interface OpenedDatabase {
  database: Database
  /** What the learner should be told. */
  notices: string[]
}

/** Opens the database of a folder, whatever state it is in. Never throws and never deletes what it could not read. */
export async function openDatabase(dataDir: string, nowMs: number): Promise<Result<OpenedDatabase, StorageFailure>> {
  let database: Database | null = null
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const notices: string[] = []
    const found = openChecked(databasePath(dataDir), dataDir)
    if (found.state === 'newer') return fail(newerFailure(found.version, newestVersion, dataDir))
    if (found.state === 'damaged') {
      notices.push(setAsideAndRestore(dataDir, nowMs))
      database = openForWriting(databasePath(dataDir))
    } else database = found.database
    const version = schemaVersion(database)
    if (version > 0 && version < newestVersion) {
      await createBackup(database, dataDir, 'before-migration', nowMs)
      notices.push(`Your progress was brought to the format of this version. A copy from before that is in ${join(dataDir, 'backups')}.`)
    }
    migrate(database)
    return ok({ database, notices })
  } catch (error) {
    database?.close()
    return fail(failureOf(error, dataDir))
  }
}

type Found = { state: 'sound'; database: Database } | { state: 'damaged' } | { state: 'newer'; version: number }

/**
 * Opens the file if it is sound and of a version that is known.
 * @throws the driver's error when the file cannot be reached, which says nothing about its content
 */
function openChecked(path: string, dataDir: string): Found {
  const size = fileSize(path)
  if (size === null || size === 0) {
    // Nothing there is normal at first; later it means that the file was lost.
    const lost = (fileSize(`${path}-wal`) ?? 0) > 0 || listBackups(dataDir).length > 0
    return lost ? { state: 'damaged' } : { state: 'sound', database: openForWriting(path) }
  }
  const version = headerVersion(path)
  // A journal beside it means that the first page was being written when the process stopped; opening mends that.
  if (version === null && fileSize(`${path}-journal`) === null) return { state: 'damaged' }
  if (version !== null && version > newestVersion) return { state: 'newer', version }
  let database: Database | null = null
  try {
    database = openForWriting(path)
    // The log beside the file may know a later version than its header.
    const current = schemaVersion(database)
    const sound = database.pragma('quick_check', { simple: true }) === 'ok'
    if (current <= newestVersion && sound) return { state: 'sound', database }
    database.close()
    return current > newestVersion ? { state: 'newer', version: current } : { state: 'damaged' }
  } catch (error) {
    database?.close()
    if (failureOf(error, dataDir).kind === 'damaged') return { state: 'damaged' }
    throw error
  }
}

/** Keeps the damaged file under another name, puts the newest sound backup in its place, and says so. */
function setAsideAndRestore(dataDir: string, nowMs: number): string {
  const path = databasePath(dataDir)
  const aside = join(dataDir, `firedrill.damaged-${fileTime(nowMs)}.db`)
  const wasThere = fileSize(path) !== null
  moveDatabase(path, aside)
  const what = wasThere ? `Your progress file was damaged. It is kept as ${basename(aside)}.` : 'Your progress file was missing.'
  const restoring = join(dataDir, 'firedrill.restoring.db')
  for (const backup of listBackups(dataDir)) {
    removeDatabase(restoring)
    if (checkOutBackup(dataDir, backup.name, restoring) !== null) continue
    const rescued = salvageEvents(aside, restoring)
    renameSync(restoring, path)
    const at = new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ')
    const later = rescued > 0 ? `${entries(rescued)} made later could be read from the damaged file and added.` : 'What you did after that is not in it.'
    return `${what} The backup of ${at} UTC was restored. ${later} Look at your last exercises; if something is missing, do it again or import an export.`
  }
  removeDatabase(restoring)
  const empty = openForWriting(restoring)
  migrate(empty)
  empty.pragma('journal_mode = DELETE')
  empty.close()
  const rescued = salvageEvents(aside, restoring)
  renameSync(restoring, path)
  return rescued > 0
    ? `${what} There was no backup, but ${entries(rescued)} could be read from the damaged file and kept. Look at your last exercises; if something is missing, do it again or import an export.`
    : `${what} There was no backup to restore, so Firedrill starts empty. If you have an export, import it in Settings.`
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`
}
