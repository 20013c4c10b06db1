// Finds a Chromium for the tests, or installs one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onPath, root, run, say, stop } from './steps.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** Path of a browser, or `null` for the one that Playwright installed itself. */
export async function ensureBrowser() {
  const found = findOnPath()
  if (found) return found
  const { chromium } = await import('playwright')
  if (existsSync(chromium.executablePath())) return null
  say('Installing Chromium for the tests (once)...')
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await run('apt-get', ['update', '-qq'], { quiet: true })
    const result = await run('apt-get', ['install', '-y', '-qq', 'chromium'], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } })
    const installed = findOnPath()
    if (result.code === 0 && installed) return installed
  }
  const result = await run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], { quiet: true })
  if (result.code === 0 && existsSync(chromium.executablePath())) return null
  return stop('no Chromium was found and none could be installed.', 'install Chromium, Chrome or Edge, or set FIREDRILL_BROWSER to one, then run `npm test` again.')
}

function findOnPath() {
  const chosen = process.env['FIREDRILL_BROWSER']
  if (chosen && existsSync(chosen)) return chosen
  const folders = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':')
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
      if (existsSync(path)) return path
    }
  }
  return null
}
