/** Writes what a window shows, as it would be printed, to a file that the learner chooses. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { windowNumber } from './bridge.ts'

/** What of Electron this needs. */
export type PdfModule = Pick<typeof Electron, 'app' | 'dialog' | 'webContents'>

/** @returns the file, or null when the learner gave it up @throws when the window is gone, or the file cannot be written */
export async function savePdf({ app, dialog, webContents }: PdfModule, window: string, fileName: string): Promise<string | null> {
  const contents = webContents.fromId(windowNumber(window))
  if (contents === undefined) throw new Error('The window is gone.')
  const pdf = await contents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true })
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: join(app.getPath('documents'), fileName), filters: [{ name: 'PDF', extensions: ['pdf'] }] })
  if (canceled || filePath === '') return null
  await writeFile(filePath, pdf)
  return filePath
}
