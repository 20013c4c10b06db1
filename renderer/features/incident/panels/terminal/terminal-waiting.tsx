import { useEffect, useRef } from 'react'
import styles from './terminal.module.css'

let typed = ''

/** What was typed while the terminal was being fetched; asked for once. */
export function takeTyped(): string {
  const text = typed
  typed = ''
  return text
}

/** Stands in for the terminal until it is there, and keeps what is typed: no key is lost to the room's own. */
export function TerminalWaiting() {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    typed = ''
    // Whoever goes through the tabs by keyboard keeps the tab.
    const next = requestAnimationFrame(() => {
      if (document.activeElement?.matches('[role="tab"]:focus-visible') !== true) field.current?.focus()
    })
    return () => cancelAnimationFrame(next)
  }, [])
  return (
    <div className={styles.panel}>
      <textarea
        ref={field}
        className={styles.waiting}
        aria-label="The terminal is being fetched. What you type is kept."
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          typed = target.value
        }}
      />
    </div>
  )
}
