/** The Electron host against a double of the `electron` module whose windows are pages of a real Chromium. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../../main/api/index.ts'
import { runElectronHost } from '../../../main/hosts/electron/host.ts'
import { readWindowState } from '../../../main/hosts/electron/window-state.ts'
import type { Bridge } from '../../../renderer/api/bridge-carrier.ts'
import { createClient } from '../../../renderer/api/client.ts'
import { createElectronDouble } from '../../doubles/electron.ts'
import type { ElectronDouble } from '../../doubles/electron.ts'
import { openCore, projectRoot } from './open-core.ts'
import { describeContract } from './suite.ts'

const executablePath = process.env['FIREDRILL_BROWSER'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const windowDir = join(projectRoot, 'dist', 'renderer')
const preload = join(projectRoot, 'dist', 'main', 'preload.cjs')
let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
})
afterAll(() => browser.close())

async function launch(dataDir: string, double: ElectronDouble): Promise<Core> {
  const core = await openCore(dataDir, 'electron')
  await runElectronHost(double.electron, { dataDir, windowDir, preload, development: false, openCore: () => Promise.resolve(core) })
  return core
}

describeContract('the Electron host’s IPC', 'electron', async (dataDir) => {
  const double = createElectronDouble(browser)
  const core = await launch(dataDir, double)
  const page = double.windows[0]!.page!
  const pushed: ((name: string, payload: unknown) => void)[] = []
  await page.exposeFunction('__collect', (name: string, payload: unknown) => pushed.forEach((listener) => listener(name, payload)))
  await page.evaluate(() => {
    const page = window as unknown as { firedrill: Bridge; __collect(name: string, payload: unknown): void }
    page.firedrill.onPush((name, payload) => page.__collect(name, payload))
  })
  const sendRaw = (name: string, input: unknown): Promise<unknown> =>
    page.evaluate(([callName, callInput]) => (window as unknown as { firedrill: Bridge }).firedrill.call(callName, callInput), [name, input] as const)
  return {
    client: createClient({ send: sendRaw, onPush: (listener) => void pushed.push(listener), onState: () => undefined }),
    sendRaw,
    async close() {
      await double.windows[0]!.close()
      await core.close()
    },
  }
})

describe('the Electron host', () => {
  let dataDir: string
  let double: ElectronDouble
  let core: Core

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'firedrill-electron-'))
    double = createElectronDouble(browser)
    core = await launch(dataDir, double)
  })
  afterAll(async () => {
    await core.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('opens a sandboxed, isolated window without Node', () => {
    expect(double.windows[0]!.options['webPreferences']).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false })
    expect(double.schemes).toEqual([{ scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) }])
  })

  it('draws the app over app://', async () => {
    const page = double.windows[0]!.page!
    // The greeting of a first launch hides what is behind it from roles.
    await page.getByRole('dialog').or(page.getByRole('main')).first().waitFor()
    expect(await page.title()).toContain('Firedrill')
  })

  it('refuses foreign navigation, opens https links outside, and nothing else', () => {
    const contents = double.windows[0]!.webContents
    expect(contents.tryNavigate('https://evil.example/')).toBe(false)
    expect(contents.tryNavigate('file:///etc/passwd')).toBe(false)
    expect(contents.tryNavigate('app://firedrill.evil.example/')).toBe(false)
    expect(contents.tryNavigate('app://firedrill/index.html')).toBe(true)
    expect(contents.openHandler!({ url: 'https://www.postgresql.org/docs/' })).toEqual({ action: 'deny' })
    expect(contents.openHandler!({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    expect(contents.openHandler!({ url: 'javascript:alert(1)' })).toEqual({ action: 'deny' })
    expect(double.openedOutside).toEqual(['https://www.postgresql.org/docs/'])
  })

  it('grants no permission but writing the clipboard from its own page', () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid']) expect(double.askPermission(permission, 'app://firedrill/index.html')).toBe(false)
    expect(double.askPermission('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    expect(double.askPermission('clipboard-sanitized-write', 'app://firedrill/index.html')).toBe(true)
  })

  it('answers calls of its own top-level page only', async () => {
    expect(await double.invokeFrom('app://firedrill/index.html', false, 'firedrill:call', 'app.info', {})).toMatchObject({ ok: true })
    expect(await double.invokeFrom('app://firedrill/index.html', true, 'firedrill:call', 'app.info', {})).toMatchObject({ ok: false, error: { code: 'refused' } })
    expect(await double.invokeFrom('https://evil.example/', false, 'firedrill:call', 'app.info', {})).toMatchObject({ ok: false, error: { code: 'refused' } })
  })

  it('sends menu choices to the window as commands', async () => {
    const page = double.windows[0]!.page!
    await page.keyboard.press('Escape')
    double.clickMenu('Settings')
    await expect.poll(() => page.url()).toContain('/settings')
    expect(double.menuLabels()).toEqual(expect.arrayContaining(['editMenu', 'windowMenu', 'Command palette', 'Keyboard']))
  })

  it('shows the first window when a second instance starts', () => {
    double.emitApp('second-instance')
    expect(double.windows).toHaveLength(1)
    expect(double.windows[0]!.focused).toBe(1)
  })

  it('does not start twice', async () => {
    const second = createElectronDouble(browser, { hasLock: false })
    const opened = await runElectronHost(second.electron, { dataDir, windowDir, preload, development: false, openCore: () => Promise.reject(new Error('must not be built')) })
    expect(opened).toBeNull()
    expect(second.quits).toBe(1)
  })

  it('remembers the window and puts it back only where a display is', async () => {
    double.windows[0]!.emit('close')
    const file = join(dataDir, 'window.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ x: 10, y: 20, width: 1300, height: 820, maximized: false })
    expect(readWindowState(file, [{ x: 0, y: 0, width: 1920, height: 1080 }])).toMatchObject({ x: 10, y: 20 })
    expect(readWindowState(file, [{ x: 5000, y: 0, width: 800, height: 600 }])).not.toHaveProperty('x')
    await writeFile(file, '{"x": "broken"')
    expect(readWindowState(file, [])).toEqual({ width: 1280, height: 800 })
  })
})
