/** PostgreSQL refuses to run as root. Where the app does, its server runs as the account that owns nothing. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'

/** Numbers of a user and its group, as spawn takes them. */
export interface Account {
  uid: number
  gid: number
}

/** The account to drop to; null where the app has no need to. */
export async function unprivilegedAccount(): Promise<Result<Account | null, string>> {
  if (process.getuid?.() !== 0) return ok(null)
  try {
    const run = promisify(execFile)
    const [user, group] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])])
    const account = { uid: Number(user.stdout), gid: Number(group.stdout) }
    if (Number.isInteger(account.uid) && account.uid !== 0 && Number.isInteger(account.gid)) return ok(account)
  } catch {
    // Told below, with what to do.
  }
  return fail('Firedrill runs as root, which PostgreSQL refuses, and this machine has no account "nobody" to run it as. Start Firedrill as another user.')
}

/** Gives a folder and all in it to an account. One command is many times quicker than a thousand calls from here. */
export async function giveTo(account: Account | null, folder: string): Promise<void> {
  if (account !== null) await promisify(execFile)('chown', ['-Rh', `${account.uid}:${account.gid}`, folder])
}
