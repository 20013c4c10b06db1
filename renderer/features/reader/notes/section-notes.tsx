import { useState, type ReactNode } from 'react'
import type { Chapter } from '../../../../exercises/content/model.ts'
import type { Note } from '../../../../exercises/progress/snapshot.ts'
import { useProgress } from '../../../app/data.ts'
import { NoteDialog } from '../../notes/note-dialog.tsx'
import { useNoteChanges } from '../../notes/use-note-changes.ts'
import styles from '../reader.module.css'

/** The notes of the section being read, for the inspector; each opens to be changed or removed. */
export function SectionNotes({ chapter, section }: { chapter: Chapter; section: string }): ReactNode {
  const notes = useProgress().notes.filter((note) => note.chapter === chapter.id && note.section === section)
  const { keep, remove } = useNoteChanges()
  const [editing, setEditing] = useState<Note | null>(null)
  if (notes.length === 0 && editing === null) return null
  return (
    <>
      <h3 className={styles.asideHead}>Notes</h3>
      <ul className={styles.asideList}>
        {notes.map((note) => (
          <li key={note.id}>
            <button type="button" className={styles.asideNote} onClick={() => setEditing(note)}>
              <span className={styles.clamped}>{note.quote}</span>
              {note.text !== '' && <span className={styles.clamped}>{note.text}</span>}
            </button>
          </li>
        ))}
      </ul>
      {editing && <NoteDialog quote={editing.quote} text={editing.text} onSave={(text) => keep({ ...editing, text })} onRemove={() => remove(editing)} onClose={() => setEditing(null)} />}
    </>
  )
}
