// Finds browsers for the tests, or installs them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onPath, root, run, say, stop } from './steps.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
/** Chromium without windows of its own: the same engine in a fifth less time. Playwright's own browser brings one. */
const shellNames = ['chromium-headless-shell']

/** Environment that names the browsers to the tests; empty for those that Playwright installed itself. */
export async function ensureBrowser() {
  const found = findOnPath()
  if (found) return found
  const { chromium } = await import('playwright')
  if (existsSync(chromium.executablePath())) return {}
  say('Installing Chromium for the tests (once)...')
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const install = (...packages) => run('apt-get', ['install', '-y', '-qq', ...packages], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } })
    await run('apt-get', ['update', '-qq'], { quiet: true })
    // Not every system with this tool has the shell.
    const result = await install('chromium', ...shellNames)
    if (result.code !== 0) await install('chromium')
    const installed = findOnPath()
    if (installed) return installed
  }
  const result = await run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], { quiet: true })
  if (result.code === 0 && existsSync(chromium.executablePath())) return {}
  return stop('no Chromium was found and none could be installed.', 'install Chromium, Chrome or Edge, or set FIREDRILL_BROWSER to one, then run `npm test` again.')
}

/** `FIREDRILL_BROWSER` and, where there is one, `FIREDRILL_HEADLESS_SHELL`; null without a browser. A chosen one is used alone. */
function findOnPath() {
  const chosen = process.env['FIREDRILL_BROWSER']
  if (chosen && existsSync(chosen)) return { FIREDRILL_BROWSER: chosen }
  const browser = firstOnPath(names)
  if (browser === null) return null
  const shell = firstOnPath(shellNames)
  return { FIREDRILL_BROWSER: browser, ...(shell === null ? {} : { FIREDRILL_HEADLESS_SHELL: shell }) }
}

function firstOnPath(programs) {
  const folders = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':')
  const paths = programs.flatMap((name) => folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)))
  return paths.find((path) => existsSync(path)) ?? null
}
