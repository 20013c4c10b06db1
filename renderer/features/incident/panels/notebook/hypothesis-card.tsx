import { useState } from 'react'
import type { Hypothesis, Pin } from '../../../../../exercises/simulator/incident/shift/record.ts'
import { Field, IconButton, Select, TextInput } from '../../../../ui/index.ts'
import type { CauseChoice } from '../../../../../exercises/simulator/incident/causes.ts'
import styles from './notebook.module.css'

type Shown = Hypothesis & { readonly firstUs: number }

interface HypothesisCardProps {
  hypothesis: Shown
  pins: readonly Pin[]
  causes: readonly CauseChoice[]
  parts: readonly string[]
  onChange(hypothesis: Hypothesis): void
  onDrop(): void
}

/** A cause that is thought of, how sure one is, and which evidence speaks for and against it. */
export function HypothesisCard({ hypothesis, pins, causes, parts, onChange, onDrop }: HypothesisCardProps) {
  const { firstUs: _firstUs, ...kept } = hypothesis
  const [note, setNote] = useState(hypothesis.note)
  const change = (patch: Partial<Hypothesis>): void => onChange({ ...kept, ...patch })
  const sideOf = (pin: string): '' | 'for' | 'against' => (hypothesis.supports.includes(pin) ? 'for' : hypothesis.against.includes(pin) ? 'against' : '')
  const place = (pin: string, side: string): void =>
    change({ supports: [...hypothesis.supports.filter((id) => id !== pin), ...(side === 'for' ? [pin] : [])], against: [...hypothesis.against.filter((id) => id !== pin), ...(side === 'against' ? [pin] : [])] })
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Select aria-label="Cause" className={styles.grow} value={hypothesis.cause} onChange={(event) => change({ cause: event.target.value })}>
          <option value="">Which cause?</option>
          {causes.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
        <IconButton label="Take this hypothesis away" icon="trash" onClick={onDrop} />
      </div>
      <div className={styles.head}>
        <Select aria-label="Part" value={hypothesis.component} onChange={(event) => change({ component: event.target.value })}>
          <option value="">In which part?</option>
          {parts.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <label className={styles.confidence}>
          <input type="range" min={0} max={100} step={5} value={hypothesis.confidence} onChange={(event) => change({ confidence: Number(event.target.value) })} />
          <span>{hypothesis.confidence}% sure</span>
        </label>
      </div>
      <Field label="It would be wrong if">
        <TextInput
          value={note}
          placeholder="What you would see then"
          onChange={(event) => setNote(event.target.value)}
          onBlur={() => {
            if (note !== hypothesis.note) change({ note })
          }}
        />
      </Field>
      {pins.length > 0 && (
        <ul className={styles.sides}>
          {pins.map((pin) => (
            <li key={pin.id} className={styles.side}>
              <span className={styles.sideTitle}>{pin.title}</span>
              <Select aria-label={`What "${pin.title}" says of this`} value={sideOf(pin.id)} onChange={(event) => place(pin.id, event.target.value)}>
                <option value="">says nothing</option>
                <option value="for">speaks for it</option>
                <option value="against">speaks against it</option>
              </Select>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
