import type { Cell } from '../../../../../exercises/kinds/postgres/session.ts'
import { TextInput } from '../../../../ui/index.ts'
import styles from './terminal.module.css'

/** A number stays a number where it was one; an empty field is NULL. */
function valueOf(text: string, before: Cell): Cell {
  if (text === '') return null
  return typeof before !== 'string' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** The values of `:name` in a session, to change. */
export function ParameterRow({ session, parameters, onChange }: { session: string; parameters: Readonly<Record<string, Cell>>; onChange(name: string, value: Cell): void }) {
  return (
    <div className={styles.parameters}>
      {Object.entries(parameters).map(([name, value]) => (
        <label key={name} className={styles.parameter}>
          <code>:{name}</code>
          <TextInput
            className={styles.value ?? ''}
            aria-label={`Value of :${name} in session ${session}`}
            value={value === null ? '' : String(value)}
            placeholder="NULL"
            onChange={(event) => onChange(name, valueOf(event.target.value, value))}
          />
        </label>
      ))}
    </div>
  )
}
