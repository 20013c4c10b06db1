import { useCallback } from 'react'
import type { Note } from '../../../exercises/progress/snapshot.ts'
import { useRecord } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'

/** The two ways in which notes change; each becomes a fact of the learner's progress. */
export function useNoteChanges(): { keep(note: Omit<Note, 'at' | 'changedAt'>): void; remove(note: Note): void } {
  const record = useRecord()
  const toast = useToast()
  const keep = useCallback(
    ({ id, chapter, section, block, after, quote, nth, text }: Omit<Note, 'at' | 'changedAt'>): void => void record([{ type: 'note.kept', note: id, chapter, section, block, after, quote, nth, text }]),
    [record],
  )
  const remove = useCallback(
    (note: Note): void => {
      void record([{ type: 'note.removed', note: note.id }])
      toast(note.text === '' ? 'Highlight removed.' : 'Note removed.', { label: 'Undo', run: () => keep(note) })
    },
    [keep, record, toast],
  )
  return { keep, remove }
}
