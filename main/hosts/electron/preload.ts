/** Runs sandboxed before the page: puts two functions on the window and nothing of Electron itself. */
import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, pushChannel } from './channels.ts'

contextBridge.exposeInMainWorld('firedrill', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
  onPush: (listener: (name: string, payload: unknown) => void): void => {
    ipcRenderer.on(pushChannel, (_event, name: string, payload: unknown) => listener(name, payload))
  },
})
