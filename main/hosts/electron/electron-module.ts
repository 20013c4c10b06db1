import type * as Electron from 'electron'

/** The part of the `electron` module that the host uses. Tests pass a double whose windows are real Chromium pages. */
export type ElectronModule = Pick<typeof Electron, 'app' | 'BrowserWindow' | 'Menu' | 'ipcMain' | 'protocol' | 'screen' | 'session' | 'shell'>
