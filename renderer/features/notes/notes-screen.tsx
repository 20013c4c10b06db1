import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Note } from '../../../exercises/progress/snapshot.ts'
import { useCall, useLibrary, useProgress } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { saveTextFile } from '../../app/save-file.ts'
import { useToast } from '../../app/toast.tsx'
import { Button, EmptyState, Kbd, Page, PageSection, Status, TextInput } from '../../ui/index.ts'
import { NoteDialog } from './note-dialog.tsx'
import { groupNotes, notePlace, notesMarkdown } from './note-text.ts'
import type { NoteGroup, NotePlace } from './note-text.ts'
import { useNoteChanges } from './use-note-changes.ts'
import styles from './notes.module.css'

/** Everything that was highlighted and noted, by chapter; searched, changed, and taken along as Markdown. */
export function NotesScreen(): ReactNode {
  usePageTitle('Notes')
  const library = useLibrary()
  const { notes } = useProgress()
  const toast = useToast()
  const [search, setSearch] = useState('')
  const list = useRowKeys<HTMLDivElement>({ section: 'Notes', noun: 'note' })
  const chapters = [...library.chapters, ...library.appendices]
  const groups = groupNotes(notes, chapters, search)
  const found = groups.reduce((sum, group) => sum + group.notes.length, 0)

  function save(): void {
    saveTextFile('firedrill-notes.md', notesMarkdown(groups, chapters), 'text/markdown')
    toast(`${found === 1 ? '1 note' : `${String(found)} notes`} saved to firedrill-notes.md.`)
  }

  if (notes.length === 0) {
    return (
      <Page title="Notes">
        <EmptyState title="There are no notes yet" action={<Link href={routes.chapters}>See all chapters</Link>}>
          In a chapter, select some text and choose Highlight or Note; or move to a block with <Kbd keys="j" /> and press <Kbd keys="h" /> or <Kbd keys="m" />.
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page
      title="Notes"
      summary="Kept with your progress: an export of progress takes them along."
      actions={
        <Button icon="download" disabled={found === 0} onClick={save}>
          Save as Markdown
        </Button>
      }
    >
      <div className={styles.search}>
        <TextInput type="search" aria-label="Search notes" placeholder="Search notes" value={search} onChange={(event) => setSearch(event.target.value)} />
        <output className={styles.meta}>
          {search.trim() === '' ? `${String(notes.length)} in all` : `${String(found)} of ${String(notes.length)}`}
        </output>
      </div>
      <div ref={list}>
        {groups.map((group) => (
          <Group key={group.chapter} group={group} />
        ))}
      </div>
      {found === 0 && <p className={styles.meta}>No note holds all of these words.</p>}
    </Page>
  )
}

function Group({ group }: { group: NoteGroup }): ReactNode {
  // Fetched only to see whether the passages still stand; until then, and without it, they count as standing.
  const chapter = useCall('library.chapter', { id: group.chapter }).value?.chapter
  const library = useLibrary()
  const isKnown = [...library.chapters, ...library.appendices].some(({ id }) => id === group.chapter)
  return (
    <PageSection title={group.title} note={group.notes.length === 1 ? '1 note' : `${String(group.notes.length)} notes`}>
      <ul>
        {group.notes.map((note) => (
          <Entry key={note.id} note={note} place={chapter === undefined ? (isKnown ? 'there' : 'gone') : notePlace(chapter, note)} />
        ))}
      </ul>
    </PageSection>
  )
}

function Entry({ note, place }: { note: Note; place: NotePlace }): ReactNode {
  const { keep, remove } = useNoteChanges()
  const library = useLibrary()
  const [editing, setEditing] = useState(false)
  const chapter = [...library.chapters, ...library.appendices].find(({ id }) => id === note.chapter)
  const section = chapter?.sections.find(({ id }) => id === note.section)
  return (
    <li className={styles.entry}>
      <blockquote className={styles.quote}>{note.quote}</blockquote>
      {note.text !== '' && <p className={styles.text}>{note.text}</p>}
      <div className={styles.foot}>
        {section === undefined ? null : (
          <Link href={routes.chapter(note.chapter, place === 'there' && note.after === 0 ? note.block : note.section)} data-row>
            {section.title}
          </Link>
        )}
        {place !== 'there' && <Status state="warn">{place === 'gone' ? 'Its section is no longer in the chapter' : 'The text has changed since'}</Status>}
        <span className={styles.actions}>
          <Button size="compact" variant="quiet" aria-label={`${note.text === '' ? 'Add words to' : 'Change'} the note on “${note.quote.slice(0, 40)}”`} onClick={() => setEditing(true)}>
            {note.text === '' ? 'Add words' : 'Change'}
          </Button>
          <Button size="compact" variant="quiet" aria-label={`Remove the note on “${note.quote.slice(0, 40)}”`} onClick={() => remove(note)}>
            Remove
          </Button>
        </span>
      </div>
      {editing && <NoteDialog quote={note.quote} text={note.text} onSave={(text) => keep({ ...note, text })} onClose={() => setEditing(false)} />}
    </li>
  )
}
