/** A streaming standby of the lab's server: a second server with files of its own, made when it is first wanted. */
import { execFile } from 'node:child_process'
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { literal } from '../../../exercises/kinds/postgres/statements.ts'
import { giveTo } from './account.ts'
import { LabConnection } from './connection.ts'
import type { ConnectionAddress } from './connection.ts'
import { learnerRole } from './roles.ts'
import { makeRunFolder, removeRunFolder } from './run-folder.ts'
import { runTrusted } from './run-trusted.ts'
import type { RunPlace } from './server.ts'
import { adminRole, connectWhenReady, port, runServer } from './server.ts'
import type { Supervised } from './supervisor.ts'

/** What is needed of the lab. */
export interface Primary {
  readonly place: RunPlace
  administer(sql: string): Promise<(string | number | null)[][]>
  address(user: string, database: string, applicationName: string): ConnectionAddress
}

/** What the primary calls it in synchronous_standby_names. */
const standbyName = 'standby'
/** How long it may apply nothing at all before it counts as stuck. A backlog takes as long as it takes. */
const stuckAfterMs = 30_000

export class Standby {
  readonly #lab: Primary
  /** Its data and its socket. */
  readonly folder: string
  readonly #server: Supervised
  readonly #admin: LabConnection

  private constructor(lab: Primary, folder: string, server: Supervised, admin: LabConnection) {
    this.#lab = lab
    this.folder = folder
    this.#server = server
    this.#admin = admin
  }

  /** Copies the primary's files while it runs, and starts a server on them. @throws Error with what to do */
  static async start(lab: Primary): Promise<Standby> {
    const folder = await makeRunFolder()
    try {
      // Else a checkpoint drops log that a busy machine has not sent yet, and the standby waits for it for ever.
      await lab.administer(`SELECT pg_create_physical_replication_slot('${standbyName}', true)`)
      await copyPrimary(lab, folder)
      await giveTo(lab.place.account, folder)
    } catch (error) {
      await dropSlot(lab)
      await removeRunFolder(folder)
      throw error
    }
    const server = await runServer({ ...lab.place, folder })
    const address = { ...lab.address(adminRole, 'postgres', 'firedrill'), host: folder }
    const connected = await connectWhenReady(server, () => LabConnection.open(address, () => Promise.resolve()))
    if (!connected.ok) {
      await server.stop()
      await dropSlot(lab)
      throw new Error(connected.error)
    }
    // A writer may now ask to wait for it; nobody else does, since the server's synchronous_commit is local.
    await lab.administer(`ALTER SYSTEM SET synchronous_standby_names = '${standbyName}'; SELECT pg_reload_conf()`)
    return new Standby(lab, folder, server, connected.value)
  }

  /** Opens a learner's session; the database must have arrived. @throws the server's error */
  openSession(database: string, applicationName: string): Promise<LabConnection> {
    const address: ConnectionAddress = { ...this.#lab.address(learnerRole, database, applicationName), host: this.folder }
    return LabConnection.open(address, async (pid) => void (await runTrusted(this.#admin, `SELECT pg_cancel_backend(${pid})`)))
  }

  /** From now on commits are applied this long after they were made. */
  async setDelay(delayMs: number): Promise<void> {
    await runTrusted(this.#admin, `ALTER SYSTEM SET recovery_min_apply_delay = ${delayMs}; SELECT pg_reload_conf()`)
    // The process that applies reads its settings when it comes round to it.
    await sleep(50)
  }

  /** Waits until all that the primary has written is applied; without any delay from then on. @throws Error when it stands still */
  async catchUp(): Promise<void> {
    await this.setDelay(0)
    const [[written] = []] = await this.#lab.administer('SELECT pg_current_wal_flush_lsn()')
    let reached = ''
    for (let deadline = performance.now() + stuckAfterMs; performance.now() < deadline; await sleep(5)) {
      const [[done, applied] = []] = await runTrusted(this.#admin, `SELECT pg_last_wal_replay_lsn() >= ${literal(String(written))}, pg_last_wal_replay_lsn()`)
      if (done === 't') return
      if (applied !== reached) deadline = performance.now() + stuckAfterMs
      reached = String(applied)
    }
    const [[received] = []] = await runTrusted(this.#admin, "SELECT coalesce((SELECT status || ' at ' || flushed_lsn FROM pg_stat_wal_receiver), 'no receiver')")
    throw new Error(`the standby does not catch up with its primary: written to ${written}, applied to ${reached}, ${received}`)
  }

  async stop(): Promise<void> {
    await this.#lab.administer('ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf()').catch(() => undefined)
    await this.#admin.close()
    await this.#server.stop()
    await dropSlot(this.#lab)
  }
}

/** The primary lets go of a slot some moments after its standby is gone, or has ended itself. */
async function dropSlot(lab: Primary): Promise<void> {
  const drop = `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '${standbyName}'`
  for (let attempt = 0; attempt < 100; attempt += 1, await sleep(20)) {
    const dropped = await lab.administer(drop).then(() => true, () => false)
    if (dropped) return
  }
}

async function copyPrimary(lab: Primary, folder: string): Promise<void> {
  const data = join(folder, 'data')
  const session = await LabConnection.open(lab.address(adminRole, 'postgres', 'firedrill'), () => Promise.resolve())
  try {
    await runTrusted(session, "SELECT pg_backup_start('standby', true)")
    // Files that go while they are copied are databases that were dropped: the log says so, and replay forgives it.
    await promisify(execFile)('cp', ['-R', join(lab.place.folder, 'data'), data]).catch(() => undefined)
    const [[label] = []] = await runTrusted(session, 'SELECT labelfile FROM pg_backup_stop(false)')
    for (const name of ['postmaster.pid', 'postmaster.opts', 'pg_wal']) await rm(join(data, name), { recursive: true, force: true })
    await mkdir(join(data, 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 })
    await writeFile(join(data, 'backup_label'), String(label))
    await writeFile(join(data, 'standby.signal'), '')
    const { host, user, password } = lab.address(adminRole, 'postgres', standbyName)
    await appendFile(join(data, 'postgresql.auto.conf'), `\nprimary_conninfo = 'host=${host} port=${port} user=${user} password=${password} application_name=${standbyName}'\nprimary_slot_name = '${standbyName}'\n`)
  } finally {
    await session.close()
  }
}
