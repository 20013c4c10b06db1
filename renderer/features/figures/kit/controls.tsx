/** What the reader moves: sliders with an exact field, choices, and the clock of figures that run. */
import { useId, useState, type CSSProperties, type ReactNode } from 'react'
import { figureKinds } from '../../../../exercises/content/figure-types.ts'
import type { FigureAttribute, FigureChoice, FigureType } from '../../../../exercises/content/figure-types.ts'
import { classNames, RadioGroup } from '../../../ui/index.ts'
import { ladder, nearestStop, toStep } from './ladder.ts'
import { numberText } from './number-text.ts'
import type { ChoiceName, FigureState, NumberName } from './use-figure.ts'
import styles from './kit.module.css'

function attributeOf(type: FigureType, name: PropertyKey): FigureAttribute | FigureChoice | undefined {
  const attributes: Readonly<Record<PropertyKey, FigureAttribute | FigureChoice>> = figureKinds[type].attributes
  return attributes[name]
}

/** How far the track of a slider is filled, 0..1. */
export function filledTo(share: number): CSSProperties {
  return { '--filled': `${Math.round(share * 1000) / 10}%` } as CSSProperties
}

/** A number: a slider for the feel, a field for the exact value. */
export function Slider<T extends FigureType>({ of, name, label, max, disabled = false }: { of: FigureState<T>; name: NumberName<T>; label?: string; /** Where another value bounds this one. */ max?: number; disabled?: boolean }): ReactNode {
  const attribute = attributeOf(of.type, name)
  if (attribute === undefined || 'choices' in attribute) return null
  const bounds = max === undefined ? attribute : { ...attribute, max: Math.min(attribute.max, max) }
  return <Range attribute={bounds} label={label ?? attribute.meaning} value={Number(of.values[name])} disabled={disabled} onChange={(value) => of.set({ [name]: value } as Partial<FigureState<T>['values']>)} />
}

function Range({ attribute, label, value, disabled, onChange }: { attribute: FigureAttribute; label: string; value: number; disabled: boolean; onChange(value: number): void }): ReactNode {
  const { min, max, step, unit, log } = attribute
  const id = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const stops = log ? ladder(min, max, step) : null
  const typed = draft === null ? value : draft.trim() === '' ? Number.NaN : Number(draft)
  const at = stops === null ? value : nearestStop(stops, value)
  const [least, most] = stops === null ? [min, max] : [0, stops.length - 1]
  const wrong = !(typed >= min && typed <= max)
  return (
    <div className={styles.slider}>
      <label htmlFor={id} className={styles.sliderLabel}>
        {label}
      </label>
      <span className={styles.amount}>
        <input
          className={styles.field}
          type="number"
          min={min}
          max={max}
          step="any"
          disabled={disabled}
          value={draft ?? String(value)}
          aria-label={`${label}${unit === '' ? '' : `, ${unit}`}, exact`}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value
            setDraft(text)
            const next = text.trim() === '' ? Number.NaN : toStep(Number(text), step)
            if (next >= min && next <= max) onChange(next)
          }}
          onBlur={() => setDraft(null)}
        />
        {unit === '' ? null : <span className={styles.unit}>{unit}</span>}
      </span>
      <input
        id={id}
        className={styles.range}
        type="range"
        disabled={disabled}
        min={least}
        max={most}
        step={stops === null ? step : 1}
        value={at}
        style={filledTo((at - least) / Math.max(most - least, 1e-9))}
        aria-valuetext={`${numberText(value, 6)}${unit === '' ? '' : ` ${unit}`}`}
        onChange={(event) => {
          setDraft(null)
          const moved = Number(event.currentTarget.value)
          onChange(stops === null ? toStep(moved, step) : (stops[moved] ?? value))
        }}
      />
      {wrong ? (
        <span id={`${id}-wrong`} className={styles.wrong}>
          From {numberText(min, 6)} to {numberText(max, 6)}.
        </span>
      ) : null}
    </div>
  )
}

/** One of a few words. */
export function Choice<T extends FigureType>({ of, name, label }: { of: FigureState<T>; name: ChoiceName<T>; label?: string }): ReactNode {
  const attribute = attributeOf(of.type, name)
  if (attribute === undefined || !('choices' in attribute)) return null
  const shown = label ?? attribute.meaning
  return (
    <div className={classNames(styles.choice, attribute.choices.length > 2 && styles.wide)}>
      <span className={styles.sliderLabel} aria-hidden="true">
        {shown}
      </span>
      <RadioGroup
        segmented
        label={shown}
        options={attribute.choices.map((value) => ({ value, label: attribute.words[value] ?? value }))}
        value={String(of.values[name])}
        onChange={(value) => of.set({ [name]: value } as Partial<FigureState<T>['values']>)}
      />
    </div>
  )
}
