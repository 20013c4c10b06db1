import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { savePdf } from './save-pdf.ts'
import type { PdfModule } from './save-pdf.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pdf-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const printToPDF = vi.fn(async () => Buffer.from('%PDF-1.7'))
function electron(filePath: string): PdfModule {
  return {
    app: { getPath: () => dir },
    dialog: { showSaveDialog: vi.fn(async () => ({ canceled: filePath === '', filePath })) },
    webContents: { fromId: (id: number) => (id === 3 ? { printToPDF } : undefined) },
  } as unknown as PdfModule
}

it('writes the window that asks to the file that is chosen', async () => {
  const path = join(dir, 'ch07-databases.pdf')
  const module = electron(path)
  expect(await savePdf(module, 'window 3', 'ch07-databases.pdf')).toBe(path)
  expect(readFileSync(path, 'utf8')).toBe('%PDF-1.7')
  expect(printToPDF).toHaveBeenCalledWith(expect.objectContaining({ preferCSSPageSize: true, printBackground: true }))
  expect(module.dialog.showSaveDialog).toHaveBeenCalledWith(expect.objectContaining({ defaultPath: path }))
})
it('writes nothing when it is given up', async () => {
  expect(await savePdf(electron(''), 'window 3', 'x.pdf')).toBeNull()
  expect(existsSync(join(dir, 'x.pdf'))).toBe(false)
})
it('refuses a window that is gone', () => expect(savePdf(electron(join(dir, 'x.pdf')), 'window 9', 'x.pdf')).rejects.toThrow('gone'))
