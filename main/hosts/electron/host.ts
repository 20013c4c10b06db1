/** The Electron host: one window over the core. It opens, carries and remembers; it decides nothing. */
import { join } from 'node:path'
import type { BrowserWindow as Window } from 'electron'
import type { Core } from '../../api/index.ts'
import { carryCalls, carryPushes } from './bridge.ts'
import { declareAppScheme, serveWindow } from './app-protocol.ts'
import { appOrigin } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'
import { harden } from './hardening.ts'
import { menuTemplate } from './menu.ts'
import { readWindowState, windowMinimum, writeWindowState } from './window-state.ts'

export interface ElectronHostOptions {
  dataDir: string
  windowDir: string
  preload: string
  development: boolean
  /** Builds the core once this process is known to be the only one. Rejects with a sentence for the user. */
  openCore(): Promise<Core>
}

/** Runs until the last window closes. Resolves with the first window, or `null` when another instance shows it. */
export async function runElectronHost(electron: ElectronModule, options: ElectronHostOptions): Promise<Window | null> {
  const { app } = electron
  declareAppScheme(electron)
  app.enableSandbox()
  app.setPath('userData', join(options.dataDir, 'electron'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return null
  }
  await app.whenReady()
  harden(electron)
  serveWindow(electron, options.windowDir)
  const core = await options.openCore()
  carryCalls(electron, core)
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(
      menuTemplate(process.platform, options.development, {
        command: (id) => core.sendCommand(id),
        openDataFolder: () => void core.call('system.openDataFolder', {}),
      }),
    ),
  )

  let window = await openWindow(electron, options, core)
  app.on('second-instance', () => reveal(window))
  app.on('activate', () => {
    if (window.isDestroyed()) void openWindow(electron, options, core).then((opened) => (window = opened))
    else reveal(window)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeCoreBeforeQuit(electron, core)
  return window
}

async function openWindow({ BrowserWindow, screen }: ElectronModule, options: ElectronHostOptions, core: Core): Promise<Window> {
  const stateFile = join(options.dataDir, 'window.json')
  const { maximized, ...bounds } = readWindowState(stateFile, screen.getAllDisplays().map((display) => display.workArea))
  const window = new BrowserWindow({
    ...bounds,
    minWidth: windowMinimum.width,
    minHeight: windowMinimum.height,
    show: false,
    title: 'Firedrill',
    webPreferences: { preload: options.preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  })
  if (maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }))
  carryPushes(window, core)
  await window.loadURL(`${appOrigin}/index.html`)
  return window
}

function reveal(window: Window): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** Quitting waits until everything acknowledged is on disk and the files are closed. */
function closeCoreBeforeQuit({ app }: ElectronModule, core: Core): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void core.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
