/** Starts the built app as a learner would, on a data folder of its own, and opens its window. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from 'playwright/test'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface RunningApp {
  readonly url: string
  readonly process: ChildProcess
  /** Everything the host wrote to stderr so far. */
  log(): string
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs the browser host without a window and resolves with the address that it prints. */
export async function startApp(dataDir: string, extra: string[] = []): Promise<RunningApp> {
  const child = spawn(join(root, 'node_modules', 'node', 'bin', 'node'), [join(root, 'dist', 'main', 'browser.js'), '--no-open', '--data', dataDir, ...extra], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk) => (log += String(chunk)))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
      const found = /Firedrill: (http\S+)/.exec(out)?.[1]
      if (found !== undefined) resolve(found)
    })
    void exited.then((code) => reject(new Error(`The host ended with ${code}: ${log}`)))
  })
  return {
    url,
    process: child,
    log: () => log,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exited
    },
  }
}

/** A test with an app of its own on a fresh data folder, already past the greeting. */
export const test = base.extend<{ dataDir: string; app: RunningApp }>({
  // Playwright wants a destructured first parameter even where nothing is taken from it.
  // oxlint-disable-next-line no-empty-pattern
  dataDir: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'firedrill-e2e-'))
    await provide(folder)
    await rm(folder, { recursive: true, force: true })
  },
  app: async ({ dataDir }, provide) => {
    const app = await startApp(dataDir)
    await provide(app)
    await app.stop()
  },
})

export { expect } from 'playwright/test'
