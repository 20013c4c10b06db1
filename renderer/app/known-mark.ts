import type { ChapterSummary } from '../../exercises/content/model.ts'
import { useRecord } from './data.ts'
import { useToast } from './toast.tsx'

/** Takes the mark "known" from a chapter, and offers it back. */
export function useUnmark(): (chapter: Pick<ChapterSummary, 'id' | 'number'>) => void {
  const record = useRecord()
  const toast = useToast()
  return ({ id, number }) => {
    const mark = (known: boolean): void => void record([{ type: 'chapter.known', chapter: id, known }])
    mark(false)
    toast(`Chapter ${String(number)} is no longer marked as known.`, { label: 'Undo', run: () => mark(true) })
  }
}
