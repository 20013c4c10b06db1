/**
 * The storage as services see it: writes that reach the disk or are kept in memory and tried again until they do, and
 * reads that show both. Nothing here throws because of a disk.
 */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Result } from '../../exercises/core/result.ts'
import { fail, ok } from '../../exercises/core/result.ts'
import type { ApiError, Backup, StorageStatus } from '../api/contract.ts'
import { checkOutBackup, createBackup, listBackups } from './backup-files.ts'
import { databasePath, removeDatabase, removeSideFiles } from './database-file.ts'
import type { StorageFailure } from './failure.ts'
import { failureOf } from './failure.ts'
import { mergeReads } from './merged-reads.ts'
import { openDatabase } from './open-database.ts'
import { createQueryClock } from './query-clock.ts'
import { openReadCopy } from './read-copy.ts'
import { createSqliteStore } from './sqlite-store.ts'
import type { Change, ReadStore, StoredProfile, WriteStore } from './store.ts'
import { addWaiting, adoptInto, noChanges } from './waiting-changes.ts'

/** Short enough that a learner who frees disk space sees the message go; long enough to cost nothing. */
export const retryMs = 5_000

export interface DurableStoreOptions {
  dataDir: string
  now(): number
  /** Calls `work` again and again; returns the function that stops it. */
  every(intervalMs: number, work: () => void): () => void
  log(line: string): void
  /** Where tests make the disk fail. */
  seams?: StorageSeams | undefined
}

export interface StorageSeams {
  /** Sees every database when it has been opened. */
  opened?: (database: Database) => void
  /** Called before each write; throws to make it fail. */
  beforeWrite?: () => void
}

export interface DurableStore extends ReadStore {
  /** True when the changes are on disk; false when they are kept in memory and will be written later. */
  write(changes: readonly Change[]): boolean
  status(): Omit<StorageStatus, 'notices'>
  /** Called when `status` or the notices may have changed. */
  onStatus(listener: () => void): void
  /** Called when reads may answer differently: a backup was restored, or a folder became readable. */
  onReplaced(listener: () => void): void
  /** Tries now to write what waits. */
  retry(): Promise<void>
  backup(reason: Backup['reason']): Promise<Result<Backup, ApiError>>
  backups(): Backup[]
  restore(name: string): Promise<Result<{ restored: Backup; setAside: Backup }, ApiError>>
  /** Writes what waits if it can, then closes. Idempotent. */
  close(): Promise<void>
}

export async function createDurableStore(options: DurableStoreOptions): Promise<DurableStore> {
  const { dataDir, now, log } = options
  const clock = createQueryClock((name, durationMs) => log(`slow query: ${name} took ${Math.round(durationMs)} ms`))
  const statusListeners: (() => void)[] = []
  const replacedListeners: (() => void)[] = []
  let session: { database: Database; store: ReadStore & WriteStore } | null = null
  let readCopy: ReturnType<typeof openReadCopy> = null
  let waiting = noChanges()
  let reads = mergeReads(null, waiting.store)
  let failure: StorageFailure | null = null
  /** A profile that was made while nothing could be read. */
  let provisional: string | null = null
  /** Profiles of the file that was closed last. */
  let knownProfiles: StoredProfile[] = []
  let stopRetrying: (() => void) | null = null
  let restoring = false
  let closed = false
  /** Slow work on the file, one at a time. */
  let work: Promise<unknown> = Promise.resolve()

  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const next = work.then(job)
    work = next.catch(() => undefined)
    return next
  }

  const refused = (): boolean => failure?.kind === 'newer'

  function setReads(): void {
    const base = session?.store ?? (readCopy ? createSqliteStore(readCopy.database, clock) : null)
    reads = mergeReads(base, waiting.store)
  }

  function setFailure(next: StorageFailure | null): void {
    if (next !== null && next.message !== failure?.message) log(`storage: ${next.kind}: ${next.details}`)
    failure = next
    if (next !== null && next.kind !== 'newer') stopRetrying ??= options.every(retryMs, () => void inTurn(attempt))
    else {
      stopRetrying?.()
      stopRetrying = null
    }
    for (const listener of statusListeners) listener()
  }

  async function open(): Promise<boolean> {
    const opened = await openDatabase(dataDir, now())
    if (!opened.ok) {
      setFailure(opened.error)
      return false
    }
    const { database, notices } = opened.value
    options.seams?.opened?.(database)
    session = { database, store: createSqliteStore(database, clock) }
    readCopy?.close()
    readCopy = null
    adoptProvisional()
    bringProfiles()
    notices.forEach((message, index) => keep([{ kind: 'notice', notice: { id: `${now()}-${index}`, message } }]))
    for (const message of notices) log(`storage: ${message}`)
    setReads()
    return flush()
  }

  function adoptProvisional(): void {
    const known = session?.store.activeProfile() ?? null
    if (provisional !== null && known !== null) {
      const adopted = adoptInto(waiting.list, provisional, known)
      waiting = addWaiting(noChanges(), adopted)
    }
    provisional = null
  }

  /** The file is another one now and may not know the profile that waiting work belongs to. */
  function bringProfiles(): void {
    const present = new Set(session?.store.profiles().map(({ id }) => id))
    const needed = new Set(waiting.list.flatMap((change) => ('profile' in change && typeof change.profile === 'string' ? [change.profile] : [])))
    const missing = knownProfiles.filter(({ id }) => needed.has(id) && !present.has(id))
    if (missing.length > 0) waiting = addWaiting(noChanges(), [...missing.map((profile): Change => ({ kind: 'profile', profile })), ...waiting.list])
  }

  function keep(changes: readonly Change[]): void {
    waiting = addWaiting(waiting, changes)
  }

  /** Writes all that waits in one transaction. */
  function flush(): boolean {
    if (session === null) return false
    try {
      if (waiting.list.length > 0) {
        options.seams?.beforeWrite?.()
        session.store.write(waiting.list)
        waiting = noChanges()
        setReads()
      }
      setFailure(null)
      return true
    } catch (error) {
      setFailure(failureOf(error, dataDir))
      return false
    }
  }

  async function attempt(): Promise<void> {
    if (closed || failure === null || refused()) return
    // A full disk or a busy file passes by itself; after anything else the file has to be looked at anew.
    if (session !== null && (failure.kind === 'full' || failure.kind === 'busy')) {
      flush()
      return
    }
    if (session !== null && failure.kind !== 'damaged' && flush()) return
    closeSession()
    const writable = await open()
    if (session === null) readFromCopy()
    if (writable) for (const listener of replacedListeners) listener()
  }

  /** The next best thing to a file that can be written; a newer file is left alone altogether. */
  function readFromCopy(): void {
    if (refused()) return
    readCopy ??= openReadCopy(dataDir)
    setReads()
  }

  function closeSession(): void {
    try {
      if (session !== null) knownProfiles = session.store.profiles()
      session?.database.close()
    } catch (error) {
      log(`storage: closing failed: ${String(error)}`)
    }
    session = null
    setReads()
  }

  function write(changes: readonly Change[]): boolean {
    if (changes.length === 0) return failure === null
    if (session === null && readCopy === null && reads.profiles().length === 0) {
      provisional = changes.flatMap((change) => (change.kind === 'profile' ? [change.profile.id] : []))[0] ?? provisional
    }
    if (session !== null && failure === null && !restoring && waiting.list.length === 0) {
      try {
        options.seams?.beforeWrite?.()
        session.store.write(changes)
        return true
      } catch (error) {
        keep(changes)
        setFailure(failureOf(error, dataDir))
        return false
      }
    }
    keep(changes)
    for (const listener of statusListeners) listener()
    return false
  }

  function cannot(what: string, reason: StorageFailure | null): { ok: false; error: ApiError } {
    return fail({ code: reason?.kind === 'newer' ? 'newer-data' : 'storage', message: `${what} ${reason?.message ?? 'Try again in a moment.'}`, ...(reason ? { details: reason.details } : {}) })
  }

  async function backup(reason: Backup['reason']): Promise<Result<Backup, ApiError>> {
    if (session === null) return cannot('No backup was made.', failure)
    try {
      return ok(await createBackup(session.database, dataDir, reason, now()))
    } catch (error) {
      const reasonOf = failureOf(error, dataDir)
      log(`backup failed: ${reasonOf.details}`)
      return fail({ code: 'storage', message: 'No backup was made; your progress itself is as it was. Check that the disk has room and that the backups folder can be written.', details: reasonOf.details })
    }
  }

  async function restore(name: string): Promise<Result<{ restored: Backup; setAside: Backup }, ApiError>> {
    const restored = listBackups(dataDir).find((candidate) => candidate.name === name)
    if (restored === undefined) return fail({ code: 'not-found', message: 'This backup is no longer there; nothing was changed. Choose another one.' })
    if (session === null || failure !== null) return cannot('The backup was not restored, since recent work is not on disk yet.', failure)
    const prepared = join(dataDir, 'firedrill.restoring.db')
    try {
      removeDatabase(prepared)
      const problem = checkOutBackup(dataDir, name, prepared)
      if (problem !== null) {
        removeDatabase(prepared)
        const why = problem === 'newer' ? 'It was made by a newer Firedrill; install that version to restore it.' : 'It is damaged. Choose another one.'
        return fail({ code: problem === 'newer' ? 'newer-data' : 'storage', message: `The backup was not restored; nothing was changed. ${why}` })
      }
      const setAside = await backup('before-restore')
      if (!setAside.ok) return setAside
      closeSession()
      // A log of the old file must never be read into the new one.
      removeSideFiles(databasePath(dataDir))
      renameSync(prepared, databasePath(dataDir))
      await open()
      for (const listener of replacedListeners) listener()
      return ok({ restored, setAside: setAside.value })
    } catch (error) {
      const reason = failureOf(error, dataDir)
      if (session === null) setFailure(reason)
      return cannot('The backup was not restored.', reason)
    }
  }

  /** What is written from the moment of asking on belongs on top of what is restored, so it waits in memory. */
  async function restoreInTurn(name: string): ReturnType<typeof restore> {
    restoring = true
    try {
      return await inTurn(() => restore(name))
    } finally {
      restoring = false
      if (session !== null && waiting.list.length > 0) flush()
    }
  }

  async function close(): Promise<void> {
    await work
    if (closed) return
    closed = true
    stopRetrying?.()
    if (waiting.list.length > 0 && !refused() && !flush()) log(`storage: closed with ${waiting.list.length} changes that could not be written`)
    closeSession()
    readCopy?.close()
    readCopy = null
    stopRetrying?.()
  }

  await open()
  if (session === null) readFromCopy()

  return {
    profiles: () => reads.profiles(),
    activeProfile: () => reads.activeProfile(),
    settings: (profile) => reads.settings(profile),
    draft: (profile, key) => reads.draft(profile, key),
    events: (profile) => reads.events(profile),
    notices: () => reads.notices(),
    write,
    status: () => ({ state: failure === null ? 'ok' : refused() ? 'refused' : 'memory', pending: waiting.list.length, message: failure?.message ?? null }),
    onStatus: (listener) => void statusListeners.push(listener),
    onReplaced: (listener) => void replacedListeners.push(listener),
    retry: () => inTurn(attempt),
    backup: (reason) => inTurn(() => backup(reason)),
    backups: () => listBackups(dataDir),
    restore: restoreInTurn,
    close: () => close(),
  }
}
