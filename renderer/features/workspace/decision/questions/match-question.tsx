import { idPairs } from '../../../../../exercises/kinds/decision/answer.ts'
import { Select } from '../../../../ui/index.ts'
import { CodeText } from '../../code-text.tsx'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** One choice for each item. */
export function MatchQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'match'>) {
  const pairs = idPairs(value)
  return (
    <ul className={styles.pairs} aria-labelledby={labelledBy}>
      {check.from.map(({ id, label }) => (
        <li key={id} className={styles.pair}>
          <label htmlFor={`${labelledBy}-${id}`}>
            <CodeText text={label} />
          </label>
          <Select
            id={`${labelledBy}-${id}`}
            value={pairs[id] ?? ''}
            onChange={(event) => {
              const { [id]: _before, ...others } = pairs
              decide(event.target.value === '' ? others : { ...others, [id]: event.target.value })
            }}
          >
            <option value="">Choose</option>
            {check.to.map((one) => (
              <option key={one.id} value={one.id}>
                {one.label.replaceAll('`', '')}
              </option>
            ))}
          </Select>
        </li>
      ))}
    </ul>
  )
}
