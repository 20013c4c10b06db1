import { useState } from 'react'
import type { StatementResult } from '../../../../../exercises/kinds/postgres/session.ts'
import { Button, Kbd, Status, Tabs } from '../../../../ui/index.ts'
import { ResultGrid } from '../../grid/result-grid.tsx'
import { PanelEmpty } from '../../panel-state.tsx'
import { count, duration, lineOf } from '../../results/run-text.ts'
import type { SessionRun, SessionView } from '../lab/postgres-lab.ts'
import { afterFailure, resultNote } from './run-words.ts'
import styles from './terminal.module.css'

/** A hint of the server that nobody here can follow. */
const noHelp = 'See server log for query details.'

interface TerminalResultsProps {
  session: SessionView
  exerciseId: string
  /** The text of the editor, for the line of an error; null where the run did not come from it. */
  text: string
  onReveal(offset: number): void
}

/** What a session's last run returned, or why it did not. */
export function TerminalResults({ session, exerciseId, text, onReveal }: TerminalResultsProps) {
  const { last, running, waitsFor, name } = session
  if (running !== null) {
    return (
      <div className={styles.notes}>
        <Sql sql={running.piece.text} />
        <p className={styles.quiet}>{waitsFor === null ? 'Running.' : `It waits for ${waitsFor.length === 1 ? `session ${waitsFor}` : waitsFor}, and goes on when that one ends its transaction.`}</p>
      </div>
    )
  }
  if (last === null) {
    return (
      <PanelEmpty title="Nothing has run yet">
        <Kbd keys="Mod+Enter" /> runs all of it, <Kbd keys="Alt+Enter" /> the statement at the caret.
      </PanelEmpty>
    )
  }
  const { error, results, notices, milliseconds } = last.report
  return (
    <div className={styles.outcome}>
      {error !== null && (
        <div className={styles.notes} role="alert">
          <Status state={error.sqlstate === '57014' ? 'warn' : 'crit'}>
            {error.sqlstate}: {error.message}
          </Status>
          {error.detail !== undefined && <pre className={styles.detail}>{error.detail}</pre>}
          {error.hint !== undefined && error.hint !== noHelp && <p>{error.hint}</p>}
          <p>{afterFailure(error, session.transaction, results.length)}</p>
          {text.slice(last.piece.start, last.piece.start + last.piece.text.length) === last.piece.text && last.piece.text.includes('\n') && (
            <Button size="compact" onClick={() => onReveal(last.piece.start + error.start)}>
              Go to line {lineOf(text, last.piece.start + error.start)}
            </Button>
          )}
        </div>
      )}
      {notices.length > 0 && (
        <ul className={styles.notices} aria-label="Notices">
          {notices.map((notice, index) => (
            <li key={`${String(index)}-${notice.message}`}>
              {notice.severity}: {notice.message}
            </li>
          ))}
        </ul>
      )}
      <Results run={last} results={results} note={duration(milliseconds)} name={`Session ${name}`} fileName={`${exerciseId}-${name}`} isAll={error === null} />
    </div>
  )
}

function Sql({ sql }: { sql: string }) {
  return (
    // A scrolling area must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.sql} tabIndex={0}>
      {sql.trim()}
    </pre>
  )
}

const oneLine = (sql: string): string => {
  const text = sql.replace(/\s+/g, ' ').trim()
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}

function Results({ run, results, note, name, fileName, isAll }: { run: SessionRun; results: readonly StatementResult[]; note: string; name: string; fileName: string; isAll: boolean }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const sets = results.filter((result) => result.columns.length > 0)
  const [first] = results
  if (sets.length === 0) {
    if (first === undefined) return isAll ? <PanelEmpty title="Nothing to run">There is no statement, only blanks or comments.</PanelEmpty> : null
    return (
      <div className={styles.notes}>
        {isAll && <Status state="ok">{results.length === 1 ? `${resultNote(first)} in ${note}` : `${count(results.length, 'statement')} in ${note}`}</Status>}
        {(results.length > 1 || !isAll) && (
          <ul className={styles.statements}>
            {results.map((result) => (
              <li key={result.start}>
                <code>{oneLine(result.sql)}</code> <span className={styles.quiet}>{resultNote(result)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    )
  }
  const ids = sets.map((_, index) => `${String(run.id)}-${String(index)}`)
  const draw = (result: StatementResult, index: number) =>
    result.columns[0] === 'QUERY PLAN' ? (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <pre className={styles.plan} tabIndex={0} aria-label="Query plan">
        {result.rows.map(([line]) => String(line)).join('\n')}
      </pre>
    ) : (
      <ResultGrid
        key={ids[index]}
        columns={result.columns}
        rows={result.rows}
        name={sets.length === 1 ? name : `${name}, result ${String(index + 1)} of ${String(sets.length)}`}
        note={`${resultNote(result)} · ${note}`}
        fileName={`${fileName}${sets.length === 1 ? '' : `-${String(index + 1)}`}.csv`}
      />
    )
  const [only] = sets
  if (sets.length === 1 && only !== undefined) return <div className={styles.grid}>{draw(only, 0)}</div>
  return (
    <div className={styles.grid}>
      <Tabs
        fill
        label={`Results of ${name}`}
        value={chosen !== null && ids.includes(chosen) ? chosen : (ids.at(-1) ?? '')}
        onChange={setChosen}
        items={sets.map((result, index) => ({ id: ids[index] ?? '', label: `${String(index + 1)} ${oneLine(result.sql)}`, content: draw(result, index) }))}
      />
    </div>
  )
}
