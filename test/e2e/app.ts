/** Starts the built app as a learner would, on a data folder of its own, and opens its window. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from 'playwright/test'
import type { Page } from 'playwright/test'
import { slowDown } from './slow-window.ts'

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const node = join(projectRoot, 'node_modules', 'node', 'bin', 'node')
/** `FIREDRILL_APP_ROOT` names another built app to test: a copy, or an unpacked package. */
export const appRoot = process.env['FIREDRILL_APP_ROOT'] ?? projectRoot

export interface RunningApp {
  readonly url: string
  readonly process: ChildProcess
  /** Everything the host wrote to stderr so far. */
  log(): string
  /** Ends the host and resolves with its exit code; null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface StartOptions {
  /** Flags after those that every test needs. */
  flags?: string[]
  /** Folder with package.json, dist and content. */
  root?: string
}

/** Hosts of the test that is running; a test that fails midway leaves some behind. */
const running = new Set<ChildProcess>()

async function endHosts(): Promise<void> {
  const ended = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(ended)
}

/** Runs the browser host without a window and resolves with the address that it prints. */
export async function startApp(dataDir: string, { flags = [], root = appRoot }: StartOptions = {}): Promise<RunningApp> {
  const child = spawn(node, [join(root, 'dist', 'main', 'browser.js'), '--no-open', '--data', dataDir, ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk) => (log += String(chunk)))
  running.add(child)
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
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

interface Fixtures {
  /** An empty folder, removed after the test. */
  dataDir: string
  /** A running host on `dataDir`. */
  app: RunningApp
  /** The window of `app` on Home, the greeting behind it. */
  window: Page
  /** Console errors that this test brings about on purpose. */
  expectedErrors: RegExp[]
}

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  // Playwright wants a destructured first parameter even where nothing is taken from it.
  // oxlint-disable-next-line no-empty-pattern
  dataDir: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'firedrill-e2e-'))
    await provide(folder)
    await endHosts()
    // A browser that was told to end may still write its profile for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  },
  app: async ({ dataDir }, provide) => {
    const app = await startApp(dataDir)
    await provide(app)
    await app.stop()
  },
  // Every window is watched: an error in it, or a word to another machine, fails the test.
  page: async ({ page, context, expectedErrors }, provide, testInfo) => {
    const errors: string[] = []
    const strangers: string[] = []
    context.on('console', (message) => {
      if (message.type() === 'error' && !expectedErrors.some((expected) => expected.test(message.text()))) errors.push(`${message.text()} ${message.location().url}`)
    })
    context.on('weberror', (error) => errors.push(error.error().message))
    const look = (address: string): void => {
      if (!isLocal(address)) strangers.push(address)
    }
    const lookAtSockets = (one: Page): void => void one.on('websocket', (socket) => look(socket.url()))
    context.on('request', (request) => look(request.url()))
    context.on('page', lookAtSockets)
    lookAtSockets(page)
    await slowDown(page, testInfo)
    await provide(page)
    expect(errors, 'errors in the console').toEqual([])
    expect(strangers, 'requests that leave this machine').toEqual([])
  },
  window: async ({ app, page }, provide) => {
    await openHome(page, app)
    await provide(page)
  },
})

export { expect }

function isLocal(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'blob:' || protocol === 'data:' || hostname === '127.0.0.1'
}

/** Opens the window as `npm start` does; the address of the entry leads on by itself. */
export async function openWindow(page: Page, app: RunningApp): Promise<void> {
  await page.goto(app.url)
  await page.getByRole('navigation', { name: 'Places', includeHidden: true }).waitFor({ state: 'attached' })
}

/** Opens the window of a fresh data folder on Home and puts the greeting away. */
export async function openHome(page: Page, app: RunningApp): Promise<void> {
  await openWindow(page, app)
  const greeting = page.getByRole('dialog', { name: 'Welcome to Firedrill' })
  // It has the keyboard from then on: it is fetched apart, and drawn before it listens.
  await expect(greeting.getByLabel('Your name')).toBeFocused()
  await page.keyboard.press('Escape')
  await greeting.waitFor({ state: 'hidden' })
  await page.getByRole('heading', { level: 1, name: /^Good (morning|afternoon|evening)/ }).waitFor()
}

/**
 * Goes to an address inside the app, such as `/chapters/ch07/locks`, and waits until its screen has taken the place of
 * the last one: two addresses in a row may else be one step for the app, and the screen between them is never left.
 */
export async function visit(page: Page, route: string): Promise<void> {
  const address = new URL(page.url())
  address.hash = route
  await page.goto(address.href)
  // A screen may lead on to another address: it is enough that what is drawn is what the address says now.
  await page.waitForFunction(() => document.getElementById('main')?.dataset['route'] === window.location.hash.slice(1))
}
