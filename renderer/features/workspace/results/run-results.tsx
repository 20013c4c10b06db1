import { useEffect, useState } from 'react'
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import { Button, Kbd, Status, Tabs } from '../../../ui/index.ts'
import { ResultGrid } from '../grid/result-grid.tsx'
import type { LabState, RunOutcome } from '../session/lab-options.ts'
import { count, duration, failureTold, lineOf, statementNote, stopTold } from './run-text.ts'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './results.module.css'

export interface LastRun {
  /** Rises with each run, so that the grids of another run start afresh. */
  id: number
  sql: string
  /** Where the text lay in the editor. */
  start: number
  outcome: RunOutcome
}

interface RunResultsProps {
  last: LastRun | null
  state: LabState
  limitMs: number
  exerciseId: string
  answer: string
  onStop(): void
  onReveal(offset: number): void
  onResetAndRun(): void
}

/** How long the running query has taken; drawn after a moment, so that quick ones do not flicker. */
function Running({ sinceMs, limitMs, onStop }: { sinceMs: number; limitMs: number; onStop(): void }) {
  const [elapsedMs, setElapsedMs] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setElapsedMs(performance.now() - sinceMs), 100)
    return () => clearInterval(timer)
  }, [sinceMs])
  if (elapsedMs < 250) return null
  return (
    <div className={styles.running}>
      <span>
        Running for {(elapsedMs / 1_000).toFixed(1)} s of at most {limitMs / 1_000} s
      </span>
      <Button size="compact" icon="stop" keys="Escape" onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}

const oneLine = (sql: string): string => {
  const text = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/\s+/g, ' ').trim()
  return text.length > 28 ? `${text.slice(0, 27)}…` : text
}

function ResultSets({ run, results, elapsedMs, exerciseId }: { run: number; results: readonly StatementResult[]; elapsedMs: number; exerciseId: string }) {
  const sets = results.filter((result) => result.columns.length > 0)
  const [chosen, setChosen] = useState<string | null>(null)
  if (results.length === 0) {
    return <PanelEmpty title="Nothing to run">The editor holds no statement, only blanks or comments.</PanelEmpty>
  }
  if (sets.length === 0) {
    return (
      <div className={styles.notes}>
        <Status state="ok">
          {count(results.length, 'statement')} in {duration(elapsedMs)}
        </Status>
        <ul className={styles.statements}>
          {results.map((result) => (
            <li key={result.start}>
              <code>{oneLine(result.sql)}</code> <span className={styles.quiet}>{statementNote(result)}</span>
            </li>
          ))}
        </ul>
      </div>
    )
  }
  const grid = (result: StatementResult, index: number) => (
    <ResultGrid
      key={`${String(run)}-${String(index)}`}
      columns={result.columns}
      rows={result.rows}
      name={sets.length === 1 ? 'Result' : `Result ${String(index + 1)} of ${String(sets.length)}`}
      note={`${statementNote(result)} · ${duration(elapsedMs)}${results.length > 1 ? ` for ${count(results.length, 'statement')}` : ''}`}
      fileName={`${exerciseId}${sets.length === 1 ? '' : `-${String(index + 1)}`}.csv`}
    />
  )
  const [only] = sets
  if (sets.length === 1 && only) return grid(only, 0)
  const ids = sets.map((_, index) => `${String(run)}-${String(index)}`)
  return (
    <Tabs
      fill
      label="Result sets"
      value={chosen !== null && ids.includes(chosen) ? chosen : (ids.at(-1) ?? '')}
      onChange={setChosen}
      items={sets.map((result, index) => ({ id: ids[index] ?? '', label: `${String(index + 1)} ${oneLine(result.sql)}`, content: grid(result, index) }))}
    />
  )
}

/** The Results tab: what the last run returned, or why it did not. */
export function RunResults({ last, state, limitMs, exerciseId, answer, onStop, onReveal, onResetAndRun }: RunResultsProps) {
  if (state.name === 'running') return <Running key={state.sinceMs} sinceMs={state.sinceMs} limitMs={limitMs} onStop={onStop} />
  if (last === null) {
    return (
      <PanelEmpty title="Nothing has run yet">
        Results show here. Press <Kbd keys="Mod+Enter" /> to run what the editor holds.
      </PanelEmpty>
    )
  }
  const { outcome } = last
  if (outcome.state === 'done') return <ResultSets run={last.id} results={outcome.results} elapsedMs={outcome.elapsedMs} exerciseId={exerciseId} />
  if (outcome.state === 'stopped') {
    const told = stopTold(outcome, limitMs)
    return (
      <div className={styles.notes} role="alert">
        <Status state="warn">{told.title}</Status>
        <p>{told.text}</p>
        {state.name === 'restoring' && <p className={styles.quiet}>Restoring your data</p>}
      </div>
    )
  }
  const told = failureTold(outcome.failure)
  const offset = last.start + outcome.failure.start
  return (
    <div className={styles.notes} role="alert">
      <Status state="crit">{told.title}</Status>
      <p>
        <code className={styles.message}>{outcome.failure.message}</code>
      </p>
      <p>{told.text}</p>
      <div className={styles.actions}>
        <Button size="compact" onClick={() => onReveal(offset)}>
          Go to line {lineOf(answer, offset)}
        </Button>
        {/already exists/.test(outcome.failure.message) && (
          <Button size="compact" icon="reset" onClick={onResetAndRun}>
            Reset the data and run
          </Button>
        )}
      </div>
    </div>
  )
}
