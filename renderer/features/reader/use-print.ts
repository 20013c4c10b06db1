import { useCallback, type RefObject } from 'react'
import type { Chapter } from '../../../exercises/content/model.ts'
import { useApi, useAppInfo } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'
import { placeName } from './place-name.ts'
import { printChapter } from './print-chapter.ts'
import type { PrintedPart } from './printing.ts'

/** Prints the chapter or its cheat sheet: as a file where the window can write one, else by the system's dialog, which can too. */
export function usePrint(root: RefObject<HTMLElement | null>, chapter: Chapter): { verb: string; print(part: PrintedPart): void } {
  const api = useApi()
  const toast = useToast()
  const { pdf } = useAppInfo().capabilities
  const print = useCallback(
    (part: PrintedPart): void => {
      if (root.current === null) return
      const toFile = async (): Promise<void> => {
        const answer = await api.call('system.savePdf', { fileName: `${chapter.id}-${chapter.slug}${part === 'sheet' ? '-cheat-sheet' : ''}.pdf` })
        if (!answer.ok) toast(answer.error.message)
        else if (answer.value.path !== null) toast(`Saved ${answer.value.path}.`)
      }
      const toDialog = (): void => {
        // The window blocks while the dialog is open; one that cannot print returns at once and says nothing.
        if (!printWindow()) toast('The print dialog could not be opened. Nothing was printed; try the browser’s own menu.')
      }
      toast(pdf ? 'Preparing the file.' : 'The print dialog opens when every figure is drawn. It can also save a PDF.')
      printChapter(root.current, { part, title: `${placeName(chapter)}: ${chapter.title}`, print: pdf ? toFile : toDialog }).catch(() =>
        toast('The pages could not be prepared, and nothing was printed. Your progress is safe; try again.'),
      )
    },
    [api, chapter, pdf, root, toast],
  )
  return { verb: pdf ? 'Save as PDF' : 'Print or save as PDF', print }
}

/** Opens the print dialog; false where the window has none. */
function printWindow(): boolean {
  let isOpened = false
  const mark = (): void => {
    isOpened = true
  }
  window.addEventListener('beforeprint', mark, { once: true })
  window.print()
  window.removeEventListener('beforeprint', mark)
  return isOpened
}
