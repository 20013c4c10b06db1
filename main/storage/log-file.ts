import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One older file is kept, so the log never takes more than twice this. */
const rotateBytes = 1024 * 1024

/** Appends lines to `firedrill.log` in the data folder, or to standard error where that cannot be written. */
export function createLogFile(dataDir: string, now: () => number): (line: string) => void {
  const path = join(dataDir, 'firedrill.log')
  return (line) => {
    const text = `${new Date(now()).toISOString()} ${line}\n`
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > rotateBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, text, { mode: 0o600 })
    } catch {
      process.stderr.write(text)
    }
  }
}
