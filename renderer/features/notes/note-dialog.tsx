import { useState } from 'react'
import { Button, Dialog, Field, TextArea } from '../../ui/index.ts'
import styles from './notes.module.css'

/** The contract takes no longer text. */
const longestText = 10_000

/** Words of one's own on a passage. Saved without words, the passage stays highlighted. */
export function NoteDialog({ quote, text, onSave, onRemove, onClose }: { quote: string; text: string; onSave(text: string): void; /** Absent for a note that is not kept yet. */ onRemove?: (() => void) | undefined; onClose(): void }) {
  const [written, setWritten] = useState(text)
  const save = (): void => {
    onSave(written.trim())
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Note"
      footer={
        <>
          {onRemove && (
            <Button
              variant="danger"
              onClick={() => {
                onRemove()
                onClose()
              }}
            >
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="main" onClick={save} keys="Mod+Enter">
            Save
          </Button>
        </>
      }
    >
      <blockquote className={styles.quote}>{quote}</blockquote>
      <Field label="Your words">
        <TextArea
          rows={5}
          maxLength={longestText}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            save()
          }}
        />
      </Field>
    </Dialog>
  )
}
