import { useState } from 'react'
import styles from './room.module.css'

/** What fits into three lines of the timeline as it is at first. */
const fewCharacters = 90

/** A text of the timeline: a long one shows its beginning, and all of it when asked. */
export function LongWords({ text }: { text: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const isLong = text.length > fewCharacters || text.split('\n').length > 3
  if (!isLong) return <span className={styles.detail}>{text}</span>
  return (
    <>
      <span className={styles.message} data-open={isOpen ? '' : undefined}>
        {text}
      </span>
      <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'Show less' : 'Show all of it'}
      </button>
    </>
  )
}
