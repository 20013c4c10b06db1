import { useMemo } from 'react'
import { answerDiff, foldedDiff } from './answer-diff.ts'
import styles from './attempts.module.css'

const signs = { same: ' ', added: '+', gone: '-' } as const
const words = { added: 'added: ', gone: 'gone: ' } as const

/** Two answers line by line; long stretches that did not change are folded. */
export function AnswerComparison({ before, after, same }: { before: string; after: string; same: string }) {
  const rows = useMemo(() => foldedDiff(answerDiff(before, after)), [before, after])
  if (rows.length === 0) return <p className={styles.same}>{same}</p>
  return (
    <pre className={styles.code}>
      {rows.map((row, index) =>
        row.state === 'folded' ? (
          <span key={index} className={styles.folded}>{`${String(row.lines)} ${row.lines === 1 ? 'line' : 'lines'} without change\n`}</span>
        ) : (
          <span key={index} className={styles.line} data-state={row.state}>
            <span aria-hidden="true">{signs[row.state]} </span>
            {row.state !== 'same' && <span className="visually-hidden">{words[row.state]}</span>}
            {`${row.text}\n`}
          </span>
        ),
      )}
    </pre>
  )
}
