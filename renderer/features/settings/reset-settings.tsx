import { useState } from 'react'
import type { LibraryIndex } from '../../../exercises/content/model.ts'
import { useLibrary, useProgress, useRecord, useStore } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'
import { Button, Dialog, PageSection, Select } from '../../ui/index.ts'
import { dateText } from './dates.ts'
import { Row, Rows } from './rows.tsx'
import styles from './settings.module.css'

/** Start over, for the whole course, a chapter or an exercise; every reset can be undone. */
export function ResetSettings() {
  const library = useLibrary()
  const progress = useProgress()
  const record = useRecord()
  const store = useStore()
  const toast = useToast()
  const [scope, setScope] = useState('all')
  const [asking, setAsking] = useState(false)

  async function undo(reset: string, what: string): Promise<void> {
    await record([{ type: 'progress.resetUndone', reset }])
    toast(`Progress in ${what} is back.`)
  }
  async function reset(): Promise<void> {
    setAsking(false)
    const before = new Set(progress.resets.map((one) => one.id))
    await record([{ type: 'progress.reset', scope, also: exercisesOf(library, scope) }])
    const what = scopeText(library, scope)
    const made = store.get().progress.resets.find((one) => one.scope === scope && !before.has(one.id))
    toast(`Progress in ${what} is reset.`, made ? { label: 'Undo', run: () => void undo(made.id, what) } : undefined)
  }

  const exercises = library.exercises.filter((exercise) => progress.exercises[exercise.id] !== undefined)
  const chapters = library.chapters.filter((chapter) => progress.chapters[chapter.id] !== undefined || progress.placed[chapter.id] !== undefined || exercises.some((exercise) => exercise.chapter === chapter.id))
  const nothing = chapters.length === 0 && exercises.length === 0
  return (
    <PageSection title="Reset progress">
      <Rows>
        <Row label="Start over" description={nothing ? 'There is no progress to reset.' : 'Hides what was done; the record stays in the log and every reset can be undone.'}>
          <Select aria-label="What to reset" value={scope} disabled={nothing} onChange={(event) => setScope(event.target.value)} className={styles.scope}>
            <option value="all">The whole course</option>
            {chapters.length > 0 && (
              <optgroup label="Chapters">
                {chapters.map((chapter) => (
                  <option key={chapter.id} value={`chapter:${chapter.id}`}>
                    {chapter.number}. {chapter.title}
                  </option>
                ))}
              </optgroup>
            )}
            {exercises.length > 0 && (
              <optgroup label="Exercises">
                {exercises.map((exercise) => (
                  <option key={exercise.id} value={`exercise:${exercise.id}`}>
                    {exercise.title}
                  </option>
                ))}
              </optgroup>
            )}
          </Select>
          <Button size="compact" variant="danger" disabled={nothing} onClick={() => setAsking(true)}>
            Reset
          </Button>
        </Row>
        {progress.resets.map((one) => (
          <Row key={one.id} label={`Reset of ${scopeText(library, one.scope)}`} description={`${dateText(one.at)}, ${one.hidden === 1 ? '1 event' : `${String(one.hidden)} events`} hidden`}>
            <Button size="compact" icon="undo" onClick={() => void undo(one.id, scopeText(library, one.scope))}>
              Undo this reset
            </Button>
          </Row>
        ))}
      </Rows>
      {asking && (
        <Dialog
          open
          onOpenChange={setAsking}
          title={`Reset progress in ${scopeText(library, scope)}?`}
          description={`${scope.startsWith('chapter:') ? 'What you read and answered there, what you did in its exercises, and its result of the placement test' : 'What you read, answered and passed there'} no longer counts. Nothing is deleted: the reset is listed here and can be undone.`}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button variant="danger" onClick={() => void reset()}>
                Reset
              </Button>
            </>
          }
        />
      )}
    </PageSection>
  )
}

/** Scopes of the exercises that belong to a chapter's scope; none for other scopes. */
export function exercisesOf(library: Pick<LibraryIndex, 'exercises'>, scope: string): string[] {
  return library.exercises.filter((exercise) => scope === `chapter:${exercise.chapter}`).map((exercise) => `exercise:${exercise.id}`)
}

/** A scope of `progress.reset` in words. */
export function scopeText(library: Pick<LibraryIndex, 'chapters' | 'exercises'>, scope: string): string {
  if (scope === 'all') return 'the whole course'
  const [kind, id] = scope.split(':')
  if (kind === 'chapter') {
    const chapter = library.chapters.find((one) => one.id === id)
    return chapter ? `chapter ${String(chapter.number)}` : `chapter ${id ?? ''}`
  }
  return library.exercises.find((one) => one.id === id)?.title ?? scope
}
