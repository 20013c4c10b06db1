import { useState, type ReactNode } from 'react'
import { useCommands } from '../../app/commands.tsx'
import { ReadingChoice } from '../../app/reading-choice.tsx'
import { Button, Popover } from '../../ui/index.ts'
import styles from './reader.module.css'

const choices = [
  { of: 'size', label: 'Size' },
  { of: 'width', label: 'Line length' },
  { of: 'spacing', label: 'Line spacing' },
  { of: 'font', label: 'Typeface' },
] as const

/** The look of the text, changed with the text in view. */
export function ReadingMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  useCommands([{ id: 'reader.look', title: 'Size, width, spacing and typeface of the text', section: 'This chapter', keys: 't', run: () => setOpen(true) }])
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Look of the text"
      trigger={
        <Button variant="quiet" size="compact" className={styles.lookButton} keys="t">
          Look of the text
        </Button>
      }
    >
      <dl className={styles.look}>
        {choices.map(({ of, label }) => (
          <div key={of}>
            <dt>{label}</dt>
            <dd>
              <ReadingChoice of={of} />
            </dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}
