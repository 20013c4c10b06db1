/** The folder of one run of the lab: data, sockets, log. Removed with the run; those of runs that died are swept. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const prefix = 'firedrill-postgres-'
const ownerFile = 'owner'
/** Room for a socket's name in the 104 bytes that macOS gives its path. */
const maxParentBytes = 104 - '/firedrill-postgres-XXXXXX/.s.PGSQL.5432'.length - 1

/** Makes a folder that only this user can enter. */
export async function makeRunFolder(): Promise<string> {
  const parent = Buffer.byteLength(tmpdir()) <= maxParentBytes ? tmpdir() : '/tmp'
  const folder = await mkdtemp(join(parent, prefix))
  await chmod(folder, 0o700)
  await writeFile(join(folder, ownerFile), String(process.pid))
  return folder
}

/** Ends servers and removes folders of apps that are gone. Never fails: what cannot be removed is left for the next time. */
export async function sweepRunFolders(parents: readonly string[] = [...new Set([tmpdir(), '/tmp'])]): Promise<string[]> {
  const swept: string[] = []
  for (const parent of parents) {
    for (const name of await readdir(parent).catch(() => [])) {
      if (!name.startsWith(prefix)) continue
      const folder = join(parent, name)
      if (await isAbandoned(folder)) {
        await removeRunFolder(folder)
        swept.push(folder)
      }
    }
  }
  return swept
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(folder)
    const owner = Number(await readFile(join(folder, ownerFile), 'utf8').catch(() => Number.NaN))
    // Without its owner's number it was half made, by an app that died or one that is at it now.
    return Number.isInteger(owner) ? !isAlive(owner) : Date.now() - mtimeMs > 60_000
  } catch {
    return false
  }
}

/** Ends the server that still runs in a folder, at once, then removes it. */
export async function removeRunFolder(folder: string): Promise<void> {
  const pid = Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  if (Number.isInteger(pid) && pid > 1 && (await commandOf(pid)).includes(folder)) await endServer(pid)
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined)
}

async function endServer(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGQUIT')
    for (let turn = 0; turn < 300 && isAlive(pid); turn += 1) await sleep(10)
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile, or is not ours to end.
  }
}

async function commandOf(pid: number): Promise<string> {
  return promisify(execFile)('ps', ['-o', 'command=', '-ww', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

/** True while a process of this number lives. A zombie counts as alive until its parent has seen its end. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
