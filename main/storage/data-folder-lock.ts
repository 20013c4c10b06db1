/**
 * One process per data folder. The lock is an SQLite file held in an exclusive transaction: the system lets go of it
 * the moment the process ends, however it ends, so there is no stale lock to guess about and no process id to reuse.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import type { Result } from '../../exercises/core/result.ts'
import { fail, ok } from '../../exercises/core/result.ts'

const holderSchema = z.object({ pid: z.number().int(), url: z.string().nullable() })

/** The process that uses the folder. `url` is the address of its window, where it has one. */
export type Holder = z.infer<typeof holderSchema>

export interface DataFolderLock {
  /** False where the folder cannot hold a lock (read-only, missing): nothing can be written there by anyone. */
  held: boolean
  /** Tells later starts where the window is. */
  announce(url: string): void
  /** Idempotent. */
  release(): void
}

const lockFile = 'firedrill.lock'
/** Beside the lock and not in it: on Windows a locked file cannot be read. Holds the window's secret, so private. */
const holderFile = 'firedrill.lock.json'

/**
 * Claims the folder for this process, making it if it is missing.
 * @returns the lock, or who holds it; a folder that cannot be written gives a lock with `held: false`
 */
export function acquireDataFolder(dataDir: string, info: { pid: number; url?: string }): Result<DataFolderLock, Holder> {
  let database
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    database = new BetterSqlite3(join(dataDir, lockFile), { timeout: 200 })
    database.pragma('journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return fail(readHolder(dataDir))
    return ok({ held: false, announce: () => undefined, release: () => undefined })
  }
  const held = database
  writeHolder(dataDir, { pid: info.pid, url: info.url ?? null })
  return ok({
    held: true,
    announce: (url) => writeHolder(dataDir, { pid: info.pid, url }),
    release() {
      if (!held.open) return
      rmSync(join(dataDir, holderFile), { force: true })
      held.close()
    },
  })
}

/** Replaced in one step, so that a reader never sees half of it. A full disk costs the address, not the lock. */
function writeHolder(dataDir: string, holder: Holder): void {
  const file = join(dataDir, holderFile)
  try {
    writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 })
    chmodSync(`${file}.new`, 0o600)
    renameSync(`${file}.new`, file)
  } catch {
    rmSync(file, { force: true })
  }
}

/** Pid 0 where the holder has not written its name yet, or could not. */
function readHolder(dataDir: string): Holder {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(dataDir, holderFile), 'utf8')))
  } catch {
    return { pid: 0, url: null }
  }
}
