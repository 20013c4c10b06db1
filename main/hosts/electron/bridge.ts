/** Carries API calls over IPC, from our own top-level page only. */
import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron'
import type { ApiResult, Core } from '../../api/index.ts'
import { callChannel, pushChannel } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'
import { isOwnPage } from './hardening.ts'

const refused: ApiResult<never> = { ok: false, error: { code: 'refused', message: 'This page may not use Firedrill. Close it and go on in the main window.' } }

/** Answers calls until the returned function is called. */
export function carryCalls({ ipcMain }: ElectronModule, core: Core): () => void {
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    if (!fromOwnPage(event) || typeof name !== 'string') return refused
    return core.call(name, input, windowName(event.sender))
  })
  return () => ipcMain.removeHandler(callChannel)
}

/** Forwards pushes to one window until it is gone. */
export function carryPushes(window: BrowserWindow, core: Core): void {
  const unsubscribe = core.subscribe((name, payload) => {
    if (!window.isDestroyed()) window.webContents.send(pushChannel, name, payload)
  })
  const name = windowName(window.webContents)
  window.on('closed', () => {
    unsubscribe()
    core.windowGone(name)
  })
}

/** The number of the web contents in the name under which a window calls; NaN when it is no such name. */
export function windowNumber(name: string): number {
  return Number(/^window (\d+)$/.exec(name)?.[1] ?? Number.NaN)
}

function windowName({ id }: Pick<WebContents, 'id'>): string {
  return `window ${String(id)}`
}

/** Sub-frames and foreign origins are refused even though navigation to them is: two locks on one door. */
function fromOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOwnPage(frame.url)
}
