import type { ReactNode } from 'react'
import type { Problem } from '../../../exercises/core/problem.ts'
import { Status } from '../../ui/index.ts'
import styles from './reader.module.css'

/** What is wrong in a chapter's files, each with the place where its author goes. */
export function ProblemList({ problems }: { problems: readonly Problem[] }): ReactNode {
  return (
    <ul className={styles.problems}>
      {problems.map((problem, index) => (
        <li key={index}>
          <code>
            {problem.file}:{problem.line}
          </code>
          <Status state={problem.severity === 'error' ? 'crit' : 'warn'}>{problem.severity}</Status>
          <span>
            {problem.message} ({problem.rule})
          </span>
        </li>
      ))}
    </ul>
  )
}
