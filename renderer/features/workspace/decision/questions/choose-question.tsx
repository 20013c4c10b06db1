import { idList } from '../../../../../exercises/kinds/decision/answer.ts'
import { CodeText } from '../../code-text.tsx'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** Options to tick; how many are right is not told. */
export function ChooseQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'choose'>) {
  const ids = check.options.map((option) => option.id)
  const chosen = idList(value, ids) ?? []
  return (
    <fieldset className={styles.options} aria-labelledby={labelledBy}>
      {check.options.map((option) => (
        <label key={option.id} className={styles.option}>
          <input type="checkbox" checked={chosen.includes(option.id)} onChange={(event) => decide(ids.filter((id) => (id === option.id ? event.target.checked : chosen.includes(id))))} />
          <span>
            <CodeText text={option.label} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}
