import { quantity } from '../../../../../exercises/kinds/decision/answer.ts'
import { Select, TextInput } from '../../../../ui/index.ts'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** A number and its unit. */
export function EstimateQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'estimate'>) {
  const given = quantity(value)
  const units = Object.keys(check.units)
  return (
    <fieldset className={styles.estimate} aria-labelledby={labelledBy}>
      <TextInput className={styles.estimateNumber} inputMode="decimal" aria-label="Number" value={given.value} onChange={(event) => decide({ ...given, value: event.target.value })} />
      <Select aria-label="Unit" value={given.unit} onChange={(event) => decide({ ...given, unit: event.target.value })}>
        <option value="">Unit</option>
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {unit}
          </option>
        ))}
      </Select>
    </fieldset>
  )
}
