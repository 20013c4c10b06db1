/** Entry of the Electron host. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import * as electron from 'electron'
import { createCore } from '../../core.ts'
import { createLibrary } from '../../services/library/index.ts'
import { acquireDataFolder } from '../../storage/index.ts'
import { findAppRoot } from '../shared/app-root.ts'
import { parseHostOptions, usage } from '../shared/options.ts'
import { runElectronHost } from './host.ts'
import { savePdf } from './save-pdf.ts'

// Electron and Chromium flags of its own are not ours to judge.
const ownFlags = process.argv.slice(electron.app.isPackaged ? 1 : 2).filter((flag) => flag !== '--no-sandbox')
const parsed = parseHostOptions(ownFlags)
if (!parsed.ok) {
  console.error(`${parsed.error}\n\n${usage}`)
  process.exit(2)
}
const options = parsed.value
const root = findAppRoot(import.meta.dirname)

void runElectronHost(electron, {
  dataDir: options.dataDir,
  windowDir: root.windowDir,
  preload: join(import.meta.dirname, 'preload.cjs'),
  development: options.development,
  async openCore() {
    const lock = acquireDataFolder(options.dataDir, { pid: process.pid })
    if (!lock.ok) throw new Error(`Firedrill is already running on this data (process ${lock.error.pid}). Close it first.`)
    const library = await createLibrary({ contentDir: root.contentDir, cacheDir: root.cacheDir, watch: options.development })
    electron.app.on('will-quit', () => lock.value.release())
    return createCore({
      dataDir: options.dataDir,
      library,
      host: 'electron',
      version: root.version,
      platform: process.platform,
      development: options.development,
      now: Date.now,
      randomBytes: (count) => new Uint8Array(randomBytes(count)),
      capabilities: { nativeMenu: true, openFolder: true, saveDialog: false },
      savePdf: (window, fileName) => savePdf(electron, window, fileName),
      openFolder: async (path) => {
        const problem = await electron.shell.openPath(path)
        if (problem !== '') throw new Error(problem)
      },
    })
  },
}).catch((error: unknown) => {
  electron.dialog.showErrorBox('Firedrill did not start', error instanceof Error ? error.message : String(error))
  electron.app.exit(1)
})
