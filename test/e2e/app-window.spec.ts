/** The host with a window of its own: a browser in app mode, here without a screen. */
import { spawn } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright/test'
import type { Browser } from 'playwright/test'
import { appRoot, expect, node, test } from './app.ts'

const chosen = process.env['FIREDRILL_BROWSER'] ?? chromium.executablePath()

// The wrapper is a shell script.
test.skip(process.platform === 'win32', 'needs a shell script as a browser')

/** Starts the host as `npm start` does. The browser is the installed one, told to draw nowhere and to obey us. */
async function startWithWindow(folder: string): Promise<{ ended: Promise<number | null>; signal(name: NodeJS.Signals): void; browser: Browser }> {
  const wrapper = join(folder, 'browser.sh')
  await writeFile(wrapper, `#!/bin/sh\nexec "${chosen}" --headless=new --remote-debugging-port=0 "$@"\n`)
  await chmod(wrapper, 0o755)
  const data = join(folder, 'data')
  const child = spawn(node, [join(appRoot, 'dist', 'main', 'browser.js'), '--data', data], {
    stdio: 'ignore',
    // Linux asks for a display before it opens a window; this one is never connected to.
    env: { ...process.env, DISPLAY: process.env['DISPLAY'] ?? ':1', FIREDRILL_BROWSER: wrapper },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let port = ''
  await expect(async () => {
    port = (await readFile(join(data, 'window', 'DevToolsActivePort'), 'utf8')).split('\n')[0] ?? ''
    expect(port).toMatch(/^\d+$/)
  }).toPass({ timeout: 20_000 })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  return { ended, signal: (name) => void child.kill(name), browser }
}

async function expectApp(browser: Browser): Promise<void> {
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
  if (page === undefined) throw new Error('The browser has no window.')
  await expect(page.getByRole('dialog', { name: 'Welcome to Firedrill' })).toBeVisible({ timeout: 20_000 })
  expect(new URL(page.url()).search, 'the secret does not stay in the address').toBe('')
}

/** Ends the browser itself; `close` of a connected browser only lets go of it. */
async function endBrowser(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  const gone = new Promise((resolve) => browser.once('disconnected', resolve))
  await session.send('Browser.close')
  await gone
}

test('the window shows the app, and the host ends when it closes', async ({ dataDir }) => {
  const { ended, browser } = await startWithWindow(dataDir)
  await expectApp(browser)
  await endBrowser(browser)
  expect(await ended).toBe(0)
})

test('a window that closes while its browser stays ends the host too', async ({ dataDir }) => {
  const { ended, browser } = await startWithWindow(dataDir)
  await expectApp(browser)
  const gone = new Promise((resolve) => browser.once('disconnected', resolve))
  await browser.contexts()[0]?.pages()[0]?.close()
  expect(await ended).toBe(0)
  await gone
})

test('SIGTERM ends the host and takes the window along', async ({ dataDir }) => {
  const { ended, browser, signal } = await startWithWindow(dataDir)
  await expectApp(browser)
  const gone = new Promise((resolve) => browser.once('disconnected', resolve))
  signal('SIGTERM')
  expect(await ended).toBe(0)
  await gone
})
