/** Opens an installed browser as an application window: no tabs, no address bar, a profile of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface AppWindow {
  /** Resolves when the browser has ended, with whether it ran at all (false: it could not be started). */
  readonly closed: Promise<{ started: boolean }>
  close(): void
}

/** Flags that keep the browser quiet and offline. `root` needs --no-sandbox, everybody else keeps the sandbox. */
export function appWindowFlags(url: string, dataDir: string, isRoot: boolean): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${join(dataDir, 'window')}`,
    '--window-size=1280,800',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate,MediaRouter',
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
}

/** Starts the window. Its own profile makes the process live exactly as long as the window does. */
export function openAppWindow(browser: string, url: string, dataDir: string): AppWindow {
  const isRoot = process.getuid?.() === 0
  const child = spawn(browser, appWindowFlags(url, dataDir, isRoot), { stdio: 'ignore' })
  let started = true
  const closed = new Promise<{ started: boolean }>((resolve) => {
    child.once('error', () => {
      started = false
      resolve({ started })
    })
    child.once('exit', () => resolve({ started }))
  })
  return { closed, close: () => void child.kill() }
}
