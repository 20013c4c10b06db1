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
      void printChapter(root.current, { part, title: `${placeName(chapter)}: ${chapter.title}`, print: pdf ? toFile : () => window.print() })
    },
    [api, chapter, pdf, root, toast],
  )
  return { verb: pdf ? 'Save as PDF' : 'Print or save as PDF', print }
}
