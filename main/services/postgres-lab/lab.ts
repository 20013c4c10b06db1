/**
 * The PostgreSQL lab: one server for the whole app, a database for each attempt, as many sessions as an exercise needs.
 * Started on demand, stopped with the app.
 */
import { randomBytes } from 'node:crypto'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { StartProgress } from '../../../exercises/kinds/postgres/lab-calls.ts'
import { literal, quoteName } from '../../../exercises/kinds/postgres/statements.ts'
import type { Account } from './account.ts'
import { giveTo, unprivilegedAccount } from './account.ts'
import { findPostgres, prepareBinaries, reasonOf } from './binaries.ts'
import type { ConnectionAddress } from './connection.ts'
import { LabConnection } from './connection.ts'
import { makeRunFolder, removeRunFolder, sweepRunFolders } from './run-folder.ts'
import { learnerRole } from './roles.ts'
import type { RunPlace } from './server.ts'
import { adminRole, connectWhenReady, layCluster, port, runServer } from './server.ts'
import { runTrusted } from './run-trusted.ts'
import { Standby } from './standby.ts'
import type { Supervised } from './supervisor.ts'
import { LabWatch } from './watch.ts'

export interface LabOptions {
  /** Where a cluster's files are kept between starts. */
  cacheFolder: string
  /** Where PostgreSQL lies; found among the packages when left out. */
  native?: Result<string, string>
  onProgress?: (progress: StartProgress) => void
}

/** A running server. Ask `openLab` for one. */
export class Lab {
  readonly place: RunPlace
  readonly version: string
  /** Resolves when the server has gone, asked or not. */
  readonly ended: Promise<void>
  readonly #server: Supervised
  readonly #admin: LabConnection
  readonly #passwords: Readonly<Record<string, string>>
  readonly #administrators = new Map<string, Promise<LabConnection>>()
  #standby: { started: Promise<Standby>; users: number } | null = null
  /** The next one waits for the last one's end: both go by the same name on the primary. */
  #standbyEnded: Promise<void> = Promise.resolve()
  #autovacuumUsers = 0
  readonly #watch = new LabWatch((sql) => this.administer(sql))

  constructor(place: RunPlace, server: Supervised, admin: LabConnection, passwords: Readonly<Record<string, string>>) {
    this.place = place
    this.version = place.binaries.version
    this.ended = server.ended
    this.#server = server
    this.#admin = admin
    this.#passwords = passwords
  }

  /** True once the server does not answer any more; `ended` follows. */
  get isLost(): boolean {
    return this.#admin.transaction === 'lost'
  }

  /**
   * Opens a learner's session on a database. A statement that works for longer than `workLimitMs` is stopped; the time
   * that it waits for others does not count. @throws the server's error, such as 53300 when no slot is free
   */
  async openSession(database: string, applicationName: string, workLimitMs?: number): Promise<LabConnection> {
    const session = await LabConnection.open(this.address(learnerRole, database, applicationName), (pid) => this.cancelBackend(pid))
    this.#watch.add(database, session, workLimitMs)
    return session
  }

  /** The administrator's session on a database, opened once and shared; closed with the database. */
  administrator(database: string): Promise<LabConnection> {
    const opened = this.#administrators.get(database) ?? LabConnection.open(this.address(adminRole, database, 'firedrill'), (pid) => this.cancelBackend(pid))
    this.#administrators.set(database, opened)
    return opened
  }

  /** A database that is copied must have no sessions. */
  async closeAdministrator(database: string): Promise<void> {
    const administrator = await this.#administrators.get(database)?.catch(() => null)
    this.#administrators.delete(database)
    await administrator?.close()
    // The server ends a session a moment after its connection, and a copy would be refused until then.
    await this.administer(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${literal(database)}`)
  }

  /** Runs the lab's own statements in the database of the administrator. @throws Error with the server's message */
  async administer(sql: string): Promise<(string | number | null)[][]> {
    return runTrusted(this.#admin, sql)
  }

  async cancelBackend(pid: number): Promise<void> {
    await this.administer(`SELECT pg_cancel_backend(${pid})`)
  }

  /** Ends all sessions of a database, then drops it. */
  async dropDatabase(database: string): Promise<void> {
    await this.closeAdministrator(database)
    await this.administer(`DROP DATABASE IF EXISTS ${quoteName(database)} WITH (FORCE)`)
  }

  /** The standby, started for its first user. Give it back with `releaseStandby`. @throws Error when it does not start */
  async useStandby(): Promise<Standby> {
    this.#standby ??= { started: this.#standbyEnded.then(() => Standby.start(this)), users: 0 }
    const standby = this.#standby
    standby.users += 1
    try {
      return await standby.started
    } catch (error) {
      if (this.#standby === standby) this.#standby = null
      throw error
    }
  }

  /** Stops the standby when nobody uses it any more. */
  async releaseStandby(): Promise<void> {
    const standby = this.#standby
    if (standby === null) return
    standby.users -= 1
    if (standby.users > 0) return
    this.#standby = null
    const ended = standby.started.then((started) => started.stop())
    this.#standbyEnded = ended.catch(() => undefined)
    await ended
  }

  /** Counts who wants autovacuum; it runs while anybody does. */
  async useAutovacuum(users: 1 | -1): Promise<void> {
    this.#autovacuumUsers += users
    await this.administer(`ALTER SYSTEM SET autovacuum = ${this.#autovacuumUsers > 0 ? 'on' : 'off'}; SELECT pg_reload_conf()`)
  }

  address(user: string, database: string, applicationName: string): ConnectionAddress {
    return { host: this.place.folder, port, user, database, password: this.#passwords[user] ?? '', applicationName }
  }

  /** Ends the server at once and removes all its files. Idempotent. */
  async stop(): Promise<void> {
    this.#watch.stop()
    const standby = await this.#standby?.started.catch(() => null)
    this.#standby = null
    await standby?.stop()
    await this.#server.stop()
  }
}

/** Starts a server, or says why there is none. A cold start takes about a second, a later one about half of it. */
export async function openLab(options: LabOptions): Promise<Result<Lab, string>> {
  const report = options.onProgress ?? (() => undefined)
  report({ step: 'find', done: 0, says: 'Looking for PostgreSQL' })
  const native = options.native ?? findPostgres()
  if (!native.ok) return native
  const account = await unprivilegedAccount()
  if (!account.ok) return account
  await sweepRunFolders()
  const placed = await makePlace(native.value, account.value)
  if (!placed.ok) return placed
  const place = placed.value
  report({ step: 'files', done: 0.2, says: 'Laying out an empty database cluster' })
  const laid = await layCluster(place, options.cacheFolder)
  if (!laid.ok) {
    await removeRunFolder(place.folder)
    return laid
  }
  report({ step: 'start', done: 0.6, says: `Starting PostgreSQL ${place.binaries.version}` })
  const password = newPassword()
  const passwords = { [adminRole]: password, [learnerRole]: newPassword() }
  const server = await runServer(place)
  const first: ConnectionAddress = { host: place.folder, port, user: adminRole, database: 'postgres', password: laid.value.password, applicationName: 'firedrill' }
  const connected = await connectWhenReady(server, () => LabConnection.open(first, () => Promise.resolve()))
  if (!connected.ok) return connected
  const lab = new Lab(place, server, connected.value, passwords)
  report({ step: 'roles', done: 0.9, says: 'Making the learner’s role' })
  try {
    await lab.administer(rolesSql(passwords))
  } catch (error) {
    await lab.stop()
    return fail(`The PostgreSQL server could not be prepared: ${reasonOf(error)}. Restart Firedrill.`)
  }
  report({ step: 'ready', done: 1, says: 'Ready' })
  return ok(lab)
}

async function makePlace(native: string, account: Account | null): Promise<Result<RunPlace, string>> {
  let folder: string
  try {
    folder = await makeRunFolder()
    await giveTo(account, folder)
  } catch (error) {
    return fail(`The folder for temporary files cannot be used: ${reasonOf(error)}. Free some space in it and try again.`)
  }
  const binaries = await prepareBinaries(native, folder, account)
  if (binaries.ok) return ok({ folder, account, binaries: binaries.value })
  await removeRunFolder(folder)
  return binaries
}

const newPassword = (): string => randomBytes(24).toString('base64url')

/**
 * A role that may work in its database and nowhere else: no superuser, so no server files, no programs, no extensions
 * but those that the lab makes; limits that it cannot raise where they protect the machine.
 */
function rolesSql(passwords: Readonly<Record<string, string>>): string {
  return `
    ALTER SYSTEM SET autovacuum = off;
    SELECT pg_reload_conf();
    ALTER ROLE ${adminRole} PASSWORD ${literal(passwords[adminRole] ?? '')};
    CREATE ROLE ${learnerRole} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 80 PASSWORD ${literal(passwords[learnerRole] ?? '')};
    ${learnerLimitsSql};
    REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC;
    REVOKE CONNECT, TEMPORARY ON DATABASE template1 FROM PUBLIC`
}

/** What a learner may have set on the role is undone with this. */
export const learnerLimitsSql = `
    ALTER ROLE ${learnerRole} RESET ALL;
    ALTER ROLE ${learnerRole} SET statement_timeout = '60s';
    ALTER ROLE ${learnerRole} SET temp_file_limit = '500MB';
    ALTER ROLE ${learnerRole} SET idle_in_transaction_session_timeout = '30min'`
