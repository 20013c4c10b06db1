/** Highlights and notes of a chapter: from a selection, or by keys on the block in focus. */
import { useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react'
import type { Chapter } from '../../../../exercises/content/model.ts'
import type { Note } from '../../../../exercises/progress/snapshot.ts'
import { announce } from '../../../app/announce.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useProgress } from '../../../app/data.ts'
import { useToast } from '../../../app/toast.tsx'
import { Button } from '../../../ui/index.ts'
import { NoteDialog } from '../../notes/note-dialog.tsx'
import { useNoteChanges } from '../../notes/use-note-changes.ts'
import { keptBlock } from '../place/chapter-map.ts'
import { passageIn, passageOf } from './quote.ts'
import { useHighlights } from './use-highlights.ts'
import styles from './reader-notes.module.css'

type Draft = Omit<Note, 'at' | 'changedAt'>

/** A selection is offered its actions once it has been still this long. */
const offerMs = 200

export function ReaderNotes({ root, chapter }: { root: RefObject<HTMLElement | null>; chapter: Chapter }): ReactNode {
  const all = useProgress().notes
  const notes = useMemo(() => all.filter((note) => note.chapter === chapter.id), [all, chapter.id])
  const { keep, remove } = useNoteChanges()
  const toast = useToast()
  const [writing, setWriting] = useState<Draft | null>(null)
  const offer = useSelectionOffer(root)
  useHighlights(root, chapter, notes)

  /** The passage that is selected or in focus: the note that is kept on it, else a new one. */
  function passage(): Draft | null {
    const text = root.current
    const draft = text === null ? null : draftAt(text, chapter)
    if (draft === null) {
      toast('Select some text, or move to a block with j or k, and then highlight it or make a note.')
      return null
    }
    return notes.find((note) => note.section === draft.section && note.quote === draft.quote && note.nth === draft.nth && note.block === draft.block && note.after === draft.after) ?? draft
  }
  function highlight(): void {
    const draft = passage()
    if (draft === null) return
    document.getSelection()?.removeAllRanges()
    if (notes.some(({ id }) => id === draft.id)) {
      toast('This passage is highlighted already.')
      return
    }
    keep(draft)
    announce('Highlighted.')
  }
  function write(): void {
    const draft = passage()
    if (draft !== null) setWriting(draft)
  }
  useCommands([
    { id: 'reader.highlight', title: 'Highlight the selection or the block in focus', section: 'This chapter', keys: 'h', run: highlight },
    { id: 'reader.note', title: 'Make a note on the selection or the block in focus', section: 'This chapter', keys: 'm', run: write },
  ])

  const kept = notes.find(({ id }) => id === writing?.id)
  return (
    <>
      {offer !== null && writing === null && (
        // The press must not take the selection away before the click has used it.
        <div className={styles.offer} style={offer} role="toolbar" tabIndex={-1} aria-label="Selected text" onMouseDown={(event) => event.preventDefault()}>
          <Button size="compact" variant="quiet" keys="h" onClick={highlight}>
            Highlight
          </Button>
          <Button size="compact" variant="quiet" keys="m" onClick={write}>
            Note
          </Button>
        </div>
      )}
      {writing && <NoteDialog quote={writing.quote} text={writing.text} onSave={(text) => keep({ ...writing, text })} onRemove={kept && (() => remove(kept))} onClose={() => setWriting(null)} />}
    </>
  )
}

/** A new note on what is selected, else on the block in focus; null where there is neither. */
function draftAt(text: HTMLElement, chapter: Chapter): Draft | null {
  const range = selectedRange(text)
  const blocks = [...text.querySelectorAll<HTMLElement>('[data-section] > [data-block]')]
  const block = range === null ? (document.activeElement?.closest<HTMLElement>('[data-block]') ?? null) : (blocks.find((candidate) => passageIn(candidate, range) !== null) ?? null)
  const passage = block === null ? null : range === null ? passageOf(block) : passageIn(block, range)
  const section = chapter.sections.find(({ id }) => id === block?.parentElement?.dataset['section'])
  if (block === null || passage === null || section === undefined) return null
  const index = block.dataset['block'] ?? ''
  const { id, after } = keptBlock(section, index === '' ? null : Number(index))
  return { id: crypto.randomUUID(), chapter: chapter.id, section: section.id, block: id, after, ...passage, text: '' }
}

function selectedRange(text: HTMLElement): Range | null {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  return text.contains(range.commonAncestorContainer) && range.toString().trim() !== '' ? range : null
}

/** Where to offer what can be done with a selection, in px of the window: under its end. Null without one. */
function useSelectionOffer(root: RefObject<HTMLElement | null>): { left: number; top: number } | null {
  const [offer, setOffer] = useState<{ left: number; top: number } | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      const range = root.current === null ? null : selectedRange(root.current)
      const box = range === null ? undefined : [...range.getClientRects()].at(-1)
      setOffer(box === undefined ? null : { left: Math.max(8, Math.min(box.right - 80, window.innerWidth - 200)), top: Math.min(box.bottom + 4, window.innerHeight - 40) })
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(look, offerMs)
    }
    const hide = (): void => {
      setOffer(null)
      later()
    }
    document.addEventListener('selectionchange', later)
    window.addEventListener('scroll', hide, true)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', later)
      window.removeEventListener('scroll', hide, true)
    }
  }, [root])
  return offer
}
