import { formatProblem } from '../../../exercises/core/problem.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import { CopyButton, Status } from '../../ui/index.ts'
import styles from './library.module.css'

/** Problems in content files as file:line, what is wrong and which rule. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <div>
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={formatProblem(problem)} className={styles.problem}>
            <Status state={problem.severity === 'error' ? 'crit' : 'warn'}>{problem.severity === 'error' ? 'Error' : 'Warning'}</Status>
            <code className={styles.place}>
              {problem.file}:{problem.line}
            </code>
            <span className={styles.message}>
              {problem.message} <code className={styles.rule}>{problem.rule}</code>
            </span>
          </li>
        ))}
      </ul>
      <CopyButton size="compact" label="Copy the list" text={problems.map(formatProblem).join('\n')} />
    </div>
  )
}
