import { useState } from 'react'
import type { Place, TestRun } from '../../../../../exercises/kinds/code/report.ts'
import { Button } from '../../../../ui/index.ts'
import { entryWords, placeWords, virtualTime } from './run-words.ts'
import styles from './runs.module.css'

/** Shown at first; a failure is at the end, so the last ones count. */
const firstShown = 60

interface TimelineListProps {
  run: TestRun
  /** Files that the editor has. */
  files: readonly string[]
  onReveal(place: Place): void
}

/** What happened in a run, in virtual time. */
export function TimelineList({ run, files, onReveal }: TimelineListProps) {
  const [all, setAll] = useState(false)
  const from = all ? 0 : Math.max(0, run.trace.length - firstShown)
  return (
    <>
      {from > 0 && (
        <Button size="compact" variant="quiet" onClick={() => setAll(true)}>
          Show {from.toLocaleString('en')} earlier {from === 1 ? 'line' : 'lines'}
        </Button>
      )}
      <table className={styles.timeline}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Virtual time</th>
            <th scope="col">What</th>
            <th scope="col">Value</th>
            <th scope="col">Place</th>
          </tr>
        </thead>
        <tbody>
          {run.trace.slice(from).map((entry, index) => {
            const { what, text } = entryWords(entry)
            const place = 'place' in entry ? entry.place : undefined
            return (
              // A finished run does not change.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={from + index} data-failed={(entry.kind === 'return' && entry.outcome === 'error') || (entry.kind === 'console' && entry.level === 'error') ? '' : undefined}>
                <td className={styles.at}>{virtualTime(entry.atMs)}</td>
                <td className={styles.what}>{what}</td>
                <td className={styles.value}>{text}</td>
                <td className={styles.where}>
                  {place !== undefined &&
                    (files.includes(place.file) ? (
                      <button type="button" className={styles.placeLink} onClick={() => onReveal(place)} title={placeWords(place)}>
                        {place.file}:{place.line}
                      </button>
                    ) : (
                      <span className={styles.quiet}>hidden test</span>
                    ))}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {run.dropped > 0 && <p className={styles.quiet}>{run.dropped.toLocaleString('en')} more lines were not kept.</p>}
    </>
  )
}
