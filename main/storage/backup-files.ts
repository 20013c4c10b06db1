/** The backups folder: whole copies of the database, named by date and reason. */
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import type { Backup } from '../api/contract.ts'
import { newestVersion } from './migrations/index.ts'
import { schemaVersion } from './migrations/migrate.ts'

type Reason = Backup['reason']

/** How many stay, by reason. Manual ones are the learner's own and are never removed. */
const keepNewest: Record<Reason, number> = { daily: 14, 'before-restore': 10, 'before-migration': 10, manual: Number.POSITIVE_INFINITY }
const namePattern = /^firedrill-(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(daily|manual|before-restore|before-migration)\.db$/

export function backupFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}

/** Time in UTC to the millisecond, fit for a file name on every system. */
export function fileTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[:.]/g, '-')
}

function parseName(name: string): { at: number; reason: Reason } | null {
  const match = namePattern.exec(name)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, millisecond, reason] = match
  return { at: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(millisecond)), reason: reason as Reason }
}

/** Every backup, newest first. Files with other names are left alone and not listed. */
export function listBackups(dataDir: string): Backup[] {
  let names: string[]
  try {
    names = readdirSync(backupFolder(dataDir))
  } catch {
    return []
  }
  return names
    .flatMap((name) => {
      const parsed = parseName(name)
      const stat = parsed && statSync(join(backupFolder(dataDir), name), { throwIfNoEntry: false })
      return parsed && stat ? [{ name, at: parsed.at, bytes: stat.size, reason: parsed.reason }] : []
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
}

/** Forces a file and its folder entry to the disk, where the system can. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Copies the open database, without stopping writers, and removes what is more than enough of the same reason.
 * @throws the driver's or the file system's error; a part of a copy is never left under a backup's name
 */
export async function createBackup(database: Database, dataDir: string, reason: Reason, atMs: number): Promise<Backup> {
  mkdirSync(backupFolder(dataDir), { recursive: true, mode: 0o700 })
  let at = atMs
  let name = ''
  do name = `firedrill-${fileTime(at++)}-${reason}.db`
  while (statSync(join(backupFolder(dataDir), name), { throwIfNoEntry: false }) !== undefined)
  const path = join(backupFolder(dataDir), name)
  const partial = `${path}.partial`
  try {
    await database.backup(partial)
    syncFile(partial)
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
  const sameReason = listBackups(dataDir).filter((backup) => backup.reason === reason)
  for (const old of sameReason.slice(keepNewest[reason])) rmSync(join(backupFolder(dataDir), old.name), { force: true })
  return { name, at: at - 1, bytes: statSync(path).size, reason }
}

/**
 * Copies a backup to `target` if it is sound and not from a newer version.
 * @returns null when it is fit to be used, else why not
 */
export function checkOutBackup(dataDir: string, name: string, target: string): 'missing' | 'damaged' | 'newer' | null {
  const source = join(backupFolder(dataDir), name)
  if (parseName(name) === null || statSync(source, { throwIfNoEntry: false }) === undefined) return 'missing'
  copyFileSync(source, target)
  try {
    const database = new BetterSqlite3(target, { fileMustExist: true })
    try {
      if (schemaVersion(database) > newestVersion) return 'newer'
      if (schemaVersion(database) < 1 || database.pragma('quick_check', { simple: true }) !== 'ok') return 'damaged'
      // One file and no log beside it, so that a rename puts all of it in place.
      database.pragma('journal_mode = DELETE')
    } finally {
      database.close()
    }
    syncFile(target)
    return null
  } catch {
    return 'damaged'
  }
}
