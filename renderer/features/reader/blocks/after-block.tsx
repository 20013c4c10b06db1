import { useState, type ReactNode } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'
import { Button } from '../../../ui/index.ts'
import { useLearning } from '../learning.tsx'
import { usePrinting } from '../printing.ts'
import { Blocks } from './blocks.tsx'
import styles from './blocks.module.css'

/**
 * Text that waits for the answer to a check, so that the reader commits first; it can be opened without one. On paper,
 * where nothing can be folded, it stands with the answer at the end.
 */
export function AfterBlock({ block }: { block: Extract<Block, { t: 'after' }> }): ReactNode {
  const learning = useLearning()
  const [opened, setOpened] = useState(false)
  const isPrinting = usePrinting() !== null
  const number = learning?.checkNumbers.get(block.check)
  if (isPrinting && number !== undefined) return <p className={styles.elsewhere}>The text goes on with the answer to check {number}, under Answers at the end.</p>
  const answered = learning === null || learning.answers[block.check] !== undefined
  if (answered || opened) return <Blocks of={block.c} />
  return (
    <div className={styles.folded}>
      <p>The next part answers the question above. It opens when you have answered.</p>
      <Button variant="quiet" onClick={() => setOpened(true)}>
        Show anyway
      </Button>
    </div>
  )
}
