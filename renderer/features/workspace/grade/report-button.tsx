import { useId, useState } from 'react'
import { Button, Dialog } from '../../../ui/index.ts'
import styles from './grade-panel.module.css'

/** Fewer characters say nothing that an author could check. */
const shortestReason = 15

/** "My answer is right": asks why, says what the file will hold, and hands over the reason. */
export function ReportButton({ onReport }: { onReport(reason: string): void }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const missing = shortestReason - reason.trim().length
  const save = (): void => {
    setOpen(false)
    onReport(reason.trim())
  }
  return (
    <>
      <Button size="compact" icon="download" onClick={() => setOpen(true)}>
        My answer is right
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Why is your answer right?"
        description={
          <p>
            The file holds your answer, this grade, your reason, and the versions of the exercise and the app. It holds no name, and nothing is sent: give it to the
            author of the exercise.
          </p>
        }
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="main" onClick={save} disabled={missing > 0}>
              Save the file
            </Button>
          </>
        }
      >
        <label className={styles.reasonLabel} htmlFor={id}>
          Which check is wrong about it, and why?
        </label>
        <textarea id={id} className={styles.reason} rows={4} maxLength={4_000} value={reason} aria-describedby={`${id}-need`} onChange={(event) => setReason(event.target.value)} />
        <p id={`${id}-need`} className={styles.reasonNeed}>
          {missing > 0 ? 'A sentence that the author can check.' : 'The reason goes into the file as it stands.'}
        </p>
      </Dialog>
    </>
  )
}
