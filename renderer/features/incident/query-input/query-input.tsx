/* The combobox of the ARIA practices: a text field, and a list that it controls. No element of HTML is one with several lines. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { classNames } from '../../../ui/index.ts'
import styles from './query-input.module.css'

export interface QueryOption {
  readonly text: string
  readonly kind: string
}

export interface QueryCompletion {
  readonly from: number
  readonly options: readonly QueryOption[]
}

interface QueryInputProps {
  label: string
  value: string
  onChange(value: string): void
  onRun(): void
  /** What may stand at the cursor. */
  complete(query: string, cursor: number): QueryCompletion
  /** Place of a mistake, in UTF-16 units. */
  error?: { readonly from: number; readonly to: number; readonly message: string } | null
  /** Earlier queries, newest first: arrow up in an empty line walks them. */
  history?: readonly string[]
}

const none: QueryCompletion = { from: 0, options: [] }

/** A query of one or more lines with completion: Enter runs, Shift+Enter makes a new line, Tab takes the option. */
export function QueryInput({ label, value, onChange, onRun, complete, error = null, history = [] }: QueryInputProps) {
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [completion, setCompletion] = useState<QueryCompletion>(none)
  const [chosen, setChosen] = useState(0)
  const [past, setPast] = useState(-1)
  const caret = useRef<number | null>(null)
  const open = completion.options.length > 0

  // The caret goes behind what was put in, once it is in.
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  }, [value])

  const suggest = (query: string, cursor: number): void => {
    setCompletion(complete(query, cursor))
    setChosen(0)
  }
  const take = (option: QueryOption): void => {
    const cursor = input.current?.selectionStart ?? value.length
    caret.current = completion.from + option.text.length
    onChange(value.slice(0, completion.from) + option.text + value.slice(cursor))
    setCompletion(none)
    input.current?.focus()
  }
  const recall = (step: number): boolean => {
    const next = past + step
    if (next < -1 || next >= history.length) return false
    setPast(next)
    onChange(next < 0 ? '' : (history[next] ?? ''))
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const option = completion.options[chosen]
    const handled = ((): boolean => {
      switch (event.key) {
        case 'Enter':
          if (event.shiftKey) return false
          setCompletion(none)
          onRun()
          return true
        case 'Tab':
          if (!open || option === undefined || event.shiftKey) return false
          take(option)
          return true
        case 'Escape':
          if (!open) return false
          setCompletion(none)
          return true
        case 'ArrowDown':
        case 'ArrowUp': {
          const step = event.key === 'ArrowDown' ? 1 : -1
          if (open) setChosen((chosen + step + completion.options.length) % completion.options.length)
          else if (value === '' || past >= 0) return recall(-step)
          else return false
          return true
        }
        case ' ':
          if (!event.ctrlKey) return false
          suggest(value, event.currentTarget.selectionStart)
          return true
        default:
          return false
      }
    })()
    if (!handled) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.query}>
      <textarea
        ref={input}
        className={styles.input}
        aria-label={label}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-options`}
        aria-activedescendant={open ? `${id}-${String(chosen)}` : undefined}
        aria-autocomplete="list"
        aria-invalid={error === null ? undefined : true}
        aria-describedby={error === null ? undefined : `${id}-error`}
        rows={Math.min(6, value.split('\n').length)}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          setPast(-1)
          onChange(event.target.value)
          suggest(event.target.value, event.target.selectionStart)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCompletion(none)}
      />
      <ul id={`${id}-options`} className={styles.options} role="listbox" aria-label="Completions" hidden={!open}>
        {completion.options.map((option, index) => (
          // The text field has the keyboard; the pointer must not take the focus from it.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={`${option.kind} ${option.text}`}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            className={classNames(styles.option, index === chosen && styles.chosen)}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            <span>{option.text}</span>
            <span className={styles.kind}>{option.kind}</span>
          </li>
        ))}
      </ul>
      {error !== null && (
        <div id={`${id}-error`} className={styles.error} role="alert">
          <code>
            {value.slice(0, error.from)}
            <mark>{value.slice(error.from, Math.max(error.to, error.from + 1)) || ' '}</mark>
            {value.slice(Math.max(error.to, error.from + 1))}
          </code>
          {error.message}
        </div>
      )}
    </div>
  )
}
