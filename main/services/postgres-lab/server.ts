/** Makes a cluster's files and runs a server on them. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { Account } from './account.ts'
import { giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'
import { reasonOf } from './binaries.ts'
import { removeRunFolder } from './run-folder.ts'
import type { Supervised } from './supervisor.ts'
import { supervise } from './supervisor.ts'

export const adminRole = 'lab_admin'
export const port = 5432
/** Raised when the files of a new cluster would differ. */
const clusterRevision = 1

export interface RunPlace {
  folder: string
  account: Account | null
  binaries: Binaries
}

/**
 * Lays a new cluster in `folder/data`: copied from the cache where one was made before, else made and kept there for the
 * next start. Returns the password of its administrator.
 */
export async function layCluster(place: RunPlace, cacheFolder: string): Promise<Result<{ password: string; cached: boolean }, string>> {
  const cache = join(cacheFolder, `postgres-${place.binaries.version}-${clusterRevision}`)
  const data = join(place.folder, 'data')
  try {
    const password = await readFile(join(cache, 'password'), 'utf8')
    await copyFolder(join(cache, 'data'), data)
    await giveTo(place.account, place.folder)
    return ok({ password, cached: true })
  } catch {
    // Nothing in the cache, or nothing that can be used: made anew below.
    await rm(data, { recursive: true, force: true })
  }
  const password = randomBytes(24).toString('base64url')
  const passwordFile = join(place.folder, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    await giveTo(place.account, place.folder)
    const options = ['-D', data, '-U', adminRole, '--pwfile', passwordFile, '-A', 'scram-sha-256', '--locale=C.UTF-8', '-E', 'UTF8', '--no-sync', '--wal-segsize=1', '--no-instructions']
    await promisify(execFile)(place.binaries.initdb, options, { cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...place.binaries.environment }, ...place.account })
    await rm(passwordFile)
  } catch (error) {
    return fail(`PostgreSQL's files cannot be laid in ${place.folder}: ${reasonOf(error)}. Free some space in the folder for temporary files and try again.`)
  }
  await keepCluster(data, cache, password)
  return ok({ password, cached: false })
}

/** A thousand small files: the system's own command copies them twenty times as fast as Node does. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-R', from, to])
}

/** A cache that cannot be written only makes the next start slower. */
async function keepCluster(data: string, cache: string, password: string): Promise<void> {
  const half = `${cache}.${process.pid}`
  try {
    await mkdir(half, { recursive: true, mode: 0o700 })
    await copyFolder(data, join(half, 'data'))
    await writeFile(join(half, 'password'), password, { mode: 0o600 })
    await rm(cache, { recursive: true, force: true })
    await rename(half, cache)
  } catch {
    await rm(half, { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * Speed over durability, since the data is thrown away; little memory; no network. Nothing runs in parallel or by itself,
 * so that a plan and a lock table look the same every time.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'local',
  shared_buffers: '64MB',
  max_connections: '100',
  superuser_reserved_connections: '5',
  max_wal_size: '256MB',
  wal_level: 'replica',
  max_wal_senders: '4',
  max_replication_slots: '4',
  scram_iterations: '64',
  // Off but while an exercise asks for it, and then only for tables that set a threshold of their own.
  autovacuum_naptime: '1s',
  autovacuum_vacuum_threshold: '2000000000',
  autovacuum_vacuum_max_threshold: '-1',
  autovacuum_vacuum_insert_threshold: '-1',
  autovacuum_analyze_threshold: '2000000000',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  deadlock_timeout: '250ms',
  log_statement: 'none',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  timezone: 'UTC',
  io_method: 'sync',
}

/** Starts a server on the files in `folder/data`. The folder goes when the server ends, however it ends. */
export async function runServer(place: RunPlace, extra: Readonly<Record<string, string>> = {}): Promise<Supervised> {
  const options = Object.entries({ ...settings, ...extra, unix_socket_directories: place.folder }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const supervised = await supervise({
    command: [place.binaries.postgres, '-D', join(place.folder, 'data'), '-p', String(port), ...options],
    folder: place.folder,
    log: join(place.folder, 'server.log'),
    environment: place.binaries.environment,
    account: place.account,
  })
  // The shell may be killed too, and could not clean up: then the app does it.
  const ended = supervised.ended.then(() => removeRunFolder(place.folder))
  return {
    ended,
    stop: async () => {
      await supervised.stop()
      await ended
    },
  }
}

/** Tries until the server accepts; gives up when it ends or after 30 s. */
export async function connectWhenReady<Connection>(server: Supervised, connect: () => Promise<Connection>): Promise<Result<Connection, string>> {
  let running = true
  void server.ended.then(() => (running = false))
  let reason = 'it did not answer within 30 s'
  const deadline = Date.now() + 30_000
  while (running && Date.now() < deadline) {
    try {
      return ok(await connect())
    } catch (error) {
      const { code } = error as { code?: unknown }
      // No socket yet, or one that is not listened to yet, or "the database system is starting up".
      if (code !== 'ENOENT' && code !== 'ECONNREFUSED' && code !== '57P03') {
        reason = reasonOf(error)
        break
      }
    }
    await sleep(10)
  }
  await server.stop()
  return fail(`The PostgreSQL server did not start: ${running ? reason : 'it ended at once'}. Restart Firedrill; if it happens again, exercises with one session still work.`)
}
