/** The Electron host in the real Electron, where its binary and a display are there; the double covers the rest. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron } from 'playwright'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
const binary = existsSync(pathFile) ? join(root, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8').trim()) : null
const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
const why = binary === null || !existsSync(binary) ? 'Electron’s binary is not installed here' : display ? null : 'there is no display'

it.skipIf(why !== null)(`opens a sandboxed window that shows the course${why === null ? '' : ` (skipped: ${why})`}`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firedrill-electron-'))
  const app = await electron.launch({ executablePath: binary ?? '', args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--data', dataDir] })
  try {
    const window = await app.firstWindow()
    await window.getByRole('dialog').waitFor()
    expect(new URL(window.url()).protocol).toBe('app:')
    expect(await window.evaluate(() => ['require', 'process'].filter((name) => name in globalThis))).toEqual([])
  } finally {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
