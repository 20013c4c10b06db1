/**
 * Runs a server that cannot outlive the app. A small shell holds the read end of a pipe from the app; when the app ends,
 * however it ends, the pipe closes, and the shell stops the server at once and removes its folder. The shell has a
 * session of its own, so that what ends the app's process group leaves it to its work. The server alone holds the other
 * pipe: its end tells the app that the server has stopped by itself.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Account } from './account.ts'

/** Arguments: the folder to remove at the end, the log file, the limit of memory for each process in KiB, that of each file in blocks of 512 bytes, the command. */
const script = `
folder=$1; log=$2; memory=$3; file=$4; shift 4
trap : INT HUP TERM
cd /
ulimit -c 0 2>/dev/null
ulimit -v "$memory" 2>/dev/null
ulimit -f "$file" 2>/dev/null
"$@" 3>&1 </dev/null >>"$log" 2>&1 &
server=$!
exec >/dev/null
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf -- "$folder"
`
const processMemoryKib = 1_500_000
/** A table, an index, a temporary file: none grows beyond this, whatever a learner's loop inserts. */
export const fileLimitMb = 512

export interface Supervised {
  /** Ends the server at once and removes its folder; resolves when both are gone. */
  stop(): Promise<void>
  /** Resolves when the shell has ended, for whatever reason. */
  ended: Promise<void>
}

/** Starts `command`. @throws when the shell cannot be started */
export async function supervise(options: { command: readonly string[]; folder: string; log: string; environment: Readonly<Record<string, string>>; account: Account | null }): Promise<Supervised> {
  const child = spawn('/bin/sh', ['-c', script, 'firedrill-postgres', options.folder, options.log, String(processMemoryKib), String(fileLimitMb * 2048), ...options.command], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: serverEnvironment(options.environment),
    ...options.account,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.stdin.on('error', () => undefined)
  child.stdout.once('end', () => child.stdin.end()).resume()
  await once(child, 'spawn')
  letGo(child)
  return {
    ended,
    stop: async () => {
      child.ref()
      child.stdin.end()
      await ended
    },
  }
}

/** The app may end while the server runs: that is what the pipe is for. */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout]) if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
}

/** Only what a server needs: nothing of the learner's environment, no PG variables that would change it. */
function serverEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...extra }
}
