import type { Diagnostic } from '../../../../exercises/kinds/code/compile/compiler.ts'
import { StatusMark } from '../../../ui/index.ts'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './problems-panel.module.css'

interface ProblemsPanelProps {
  /** Null while the compiler is not there yet. */
  diagnostics: readonly Diagnostic[] | null
  onReveal(place: { file: string; line: number; column: number }): void
}

/** What the compiler complains of, each a way to its place. */
export function ProblemsPanel({ diagnostics, onReveal }: ProblemsPanelProps) {
  if (diagnostics === null) return <PanelEmpty title="The compiler is loading">It checks as you type, and what it finds stands here.</PanelEmpty>
  if (diagnostics.length === 0) return <PanelEmpty title="No problems">The compiler accepts every file.</PanelEmpty>
  return (
    <ul className={styles.list} aria-label="Problems">
      {diagnostics.map((found) => (
        <li key={`${found.file}:${String(found.line)}:${String(found.column)}:${found.code}:${found.message}`}>
          <button type="button" className={styles.problem} onClick={() => onReveal(found)}>
            <StatusMark state="crit" />
            <span className={styles.message}>{found.message}</span>
            <span className={styles.place}>
              {found.file}, line {found.line} <span className={styles.code}>{found.code}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
