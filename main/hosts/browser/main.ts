/** The browser host: the core in this process, the window in an installed browser. */
import { randomBytes } from 'node:crypto'
import { createCore } from '../../core.ts'
import { createLibrary } from '../../services/library/index.ts'
import { acquireDataFolder } from '../../storage/index.ts'
import { findAppRoot } from '../shared/app-root.ts'
import { parseHostOptions, usage } from '../shared/options.ts'
import type { HostOptions } from '../shared/options.ts'
import { openAppWindow } from './app-window.ts'
import type { AppWindow } from './app-window.ts'
import { developmentMiddleware } from './development.ts'
import { findBrowser } from './find-browser.ts'
import { onSteadyPort } from './remembered-port.ts'
import { startBrowserServer } from './server.ts'
import type { BrowserServer } from './server.ts'

/** A reload disconnects for a moment; a closed window stays away. */
const windowGoneMs = 5_000
/** A browser that hands its window to another process ends at once; its window then connects within this time. */
const handOverMs = 1_000

const parsed = parseHostOptions(process.argv.slice(2))
if (!parsed.ok) {
  console.error(`${parsed.error}\n\n${usage}`)
  process.exit(2)
}
await start(parsed.value)

async function start(options: HostOptions): Promise<void> {
  const app = findAppRoot(import.meta.dirname)
  const lock = acquireDataFolder(options.dataDir, { pid: process.pid })
  if (!lock.ok) {
    joinRunning(options, lock.error)
    return
  }
  const library = await createLibrary({ contentDir: app.contentDir, cacheDir: app.cacheDir, watch: options.development })
  const core = await createCore({
    dataDir: options.dataDir,
    library,
    host: 'browser',
    version: app.version,
    platform: process.platform,
    development: options.development,
    now: Date.now,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
  })
  const vite = options.development ? await developmentMiddleware() : null
  const server = await onSteadyPort(
    options.dataDir,
    options.port,
    (port) => startBrowserServer({ core, windowDir: app.windowDir, port, ...(vite ? { middleware: vite.middleware } : {}) }),
    (started) => Number(new URL(started.origin).port),
  ).catch((error: unknown) => portTaken(error, options.port))
  vite?.attach(server.http)
  lock.value.announce(server.entryUrl)

  let closing = false
  let window: AppWindow | null = null
  const close = async (code: number): Promise<void> => {
    if (closing) return
    closing = true
    window?.close()
    await server.close()
    await core.close()
    await vite?.close()
    lock.value.release()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close(0))
  // `npm start` ended without a chance to pass a signal on.
  process.on('disconnect', () => void close(0))
  window = showWindow(options, server, close)
}

/** A second start on the same data shows the first one's window instead of writing beside it. */
function joinRunning(options: HostOptions, holder: { pid: number; url: string | null }): void {
  if (holder.url === null) {
    console.error(`Firedrill is already running on ${options.dataDir} (process ${holder.pid}). Use its window, or close it first.`)
    process.exit(1)
  }
  console.error('Firedrill is already running on this data; showing it.')
  const browser = options.open ? findBrowser() : null
  if (browser === null || !hasDisplay()) {
    printAddress(holder.url)
    return
  }
  openAppWindow(browser, holder.url, options.dataDir)
}

/** Opens the window, or prints the address where there is no browser or no screen. */
function showWindow(options: HostOptions, server: BrowserServer, close: (code: number) => Promise<void>): AppWindow | null {
  const browser = options.open && hasDisplay() ? findBrowser() : null
  if (browser === null) {
    if (options.open && hasDisplay()) console.error('No Chromium, Chrome or Edge was found. Open the address below in the browser that you have, or set FIREDRILL_BROWSER to one.')
    printAddress(server.entryUrl)
    return null
  }
  console.error('Opening the window...')
  printAddress(server.entryUrl)
  const window = openAppWindow(browser, server.entryUrl, options.dataDir)
  void window.closed.then(({ started }) => {
    if (!started) console.error(`${browser} did not start. Open the address above in a browser.`)
    else setTimeout(() => void (server.windows() === 0 && close(0)), handOverMs)
  })
  let gone: NodeJS.Timeout | undefined
  server.onWindows((count) => {
    clearTimeout(gone)
    if (count === 0) gone = setTimeout(() => void close(0), windowGoneMs)
  })
  return window
}

function printAddress(url: string): void {
  process.stdout.write(`Firedrill: ${url}\n`)
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

function portTaken(error: unknown, port: number | null): never {
  const code = error instanceof Error && 'code' in error ? error.code : null
  console.error(code === 'EADDRINUSE' ? `Port ${String(port)} is in use. Start with another --port, or without it.` : `The local server did not start: ${String(error)}. Start with another --port.`)
  process.exit(1)
}
