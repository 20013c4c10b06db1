import { useId, type ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import { Inlines } from '../blocks/inline.tsx'
import styles from './checks.module.css'

type OptionCheck = Extract<Check, { type: 'choice' | 'multiple' }>

/** Options of a choice or multiple check, as native radios or checkboxes. */
export function OptionInput({
  check,
  chosen,
  onChange,
  answered,
  labelledBy,
}: {
  check: OptionCheck
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  answered: boolean
  labelledBy: string
}): ReactNode {
  const group = useId()
  const single = check.type === 'choice'
  const toggle = (id: string, on: boolean): void => {
    if (single) onChange([id])
    else onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))
  }
  return (
    <div role={single ? 'radiogroup' : 'group'} aria-labelledby={labelledBy} className={styles.options}>
      {check.options.map((option) => {
        const isChosen = chosen.includes(option.id)
        return (
          <label key={option.id} className={styles.option} data-chosen={isChosen} data-verdict={answered && isChosen ? (option.correct ? 'ok' : 'crit') : undefined}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={group}
              value={option.id}
              checked={isChosen}
              disabled={answered}
              onChange={(event) => toggle(option.id, event.target.checked)}
            />
            <span>
              <Inlines of={option.label} />
            </span>
          </label>
        )
      })}
    </div>
  )
}

/** A number with its unit. Text, not a spinner: people write 10,010 and 1.66. */
export function NumberInput({
  unit,
  text,
  onChange,
  answered,
  labelledBy,
  describedBy,
}: {
  unit: string
  text: string
  onChange: (text: string) => void
  answered: boolean
  labelledBy: string
  describedBy: string | undefined
}): ReactNode {
  const unitId = useId()
  return (
    <div className={styles.numberRow}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        className={styles.numberInput}
        value={text}
        readOnly={answered}
        aria-labelledby={`${labelledBy} ${unitId}`}
        aria-describedby={describedBy}
        aria-invalid={describedBy === undefined ? undefined : true}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={unitId} className={styles.unit}>
        {unit}
      </span>
    </div>
  )
}
