import { useEffect, useId, useRef } from 'react'
import type { GradeCheck } from '../../../../../exercises/core/grade.ts'
import type { CodeReport, Place, TestRun } from '../../../../../exercises/kinds/code/report.ts'
import type { CodeCheck, CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { testFileOf } from '../../../../../exercises/kinds/code/source.ts'
import { Button, Chip, Icon, Kbd, StatusMark } from '../../../../ui/index.ts'
import { CodeText } from '../../code-text.tsx'
import { PanelEmpty, PanelError } from '../../panel-state.tsx'
import { RunDetails } from './run-details.tsx'
import { failureNames, failureTitle, scheduleWords, virtualTime } from './run-words.ts'
import styles from './runs.module.css'

/** What the tests are doing or did last. */
export type RunState =
  | { name: 'none' }
  | { name: 'running'; step: string }
  | { name: 'done'; report: CodeReport; elapsedMs: number }
  | { name: 'failed'; message: string }

interface TestsPanelProps {
  exercise: CodeExercise
  state: RunState
  /** Id of the test whose details are shown, or null. */
  open: string | null
  /** Files that the editor has. */
  files: readonly string[]
  onOpen(test: string | null): void
  onReveal(place: Place): void
  onRun(): void
  onShowProblems(): void
}

interface TestRowProps extends Pick<TestsPanelProps, 'files' | 'onReveal'> {
  check: CodeCheck
  judged: GradeCheck | undefined
  run: TestRun | undefined
  isHidden: boolean
  isOpen: boolean
  programFiles: readonly string[]
  onToggle(): void
}

function stateWord(judged: GradeCheck | undefined, run: TestRun | undefined): string {
  if (judged === undefined) return 'Not run'
  if (judged.passed) return 'Met'
  if (run?.failure !== undefined) return failureTitle(run.failure.failure)
  return judged.failure === 'syntax' ? failureNames.syntax : judged.failure === 'time' ? failureTitle('time') : 'Not run'
}

function TestRow({ check, judged, run, isHidden, isOpen, programFiles, files, onToggle, onReveal }: TestRowProps) {
  const bodyId = useId()
  const which = run === undefined ? '' : scheduleWords(run)
  const state = judged === undefined || judged.failure === 'not-run' ? 'unknown' : judged.passed ? 'ok' : 'crit'
  const head = (
    <>
      <StatusMark state={state} />
      <span className={styles.word}>{stateWord(judged, run)}</span>
      <span className={styles.label}>
        <CodeText text={check.label} />
      </span>
      {isHidden && <Chip>hidden</Chip>}
      {run !== undefined && <span className={styles.time}>{[which, run.endMs > 0 ? `${virtualTime(run.endMs)} virtual` : ''].filter((word) => word !== '').join(', ')}</span>}
    </>
  )
  if (run === undefined) {
    return (
      <li>
        <div className={styles.row}>
          <span className={styles.chevron} />
          {head}
        </div>
      </li>
    )
  }
  return (
    <li>
      <button type="button" className={styles.row} aria-expanded={isOpen} aria-controls={isOpen ? bodyId : undefined} onClick={onToggle}>
        <span className={styles.chevron}>
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={12} />
        </span>
        {head}
      </button>
      {isOpen && (
        <div id={bodyId}>
          <RunDetails run={run} title={check.label.replaceAll('`', '')} programFiles={programFiles} files={files} onReveal={onReveal} />
        </div>
      )}
    </li>
  )
}

function Summary({ state, shownCount, onRun, onShowProblems }: Pick<TestsPanelProps, 'onRun' | 'onShowProblems'> & { state: RunState; shownCount: number }) {
  if (state.name === 'running') return <p className={styles.summary}>{state.step}</p>
  if (state.name !== 'done') {
    return (
      <p className={styles.summary}>
        Press <Kbd keys="Alt+Enter" /> to run {shownCount === 1 ? 'the test' : `the ${String(shownCount)} tests`} that you can read. Those that are hidden run when you check your answer.
      </p>
    )
  }
  const { report, elapsedMs } = state
  if (report.diagnostics.length > 0) {
    return (
      <div className={styles.summary} role="alert">
        <span className={styles.strong}>Does not compile:</span> nothing was run. {report.diagnostics[0]?.file}, line {report.diagnostics[0]?.line}: {report.diagnostics[0]?.message}
        <Button size="compact" onClick={onShowProblems}>
          Show the problems
        </Button>
      </div>
    )
  }
  const met = report.grade.checks.filter((check) => check.passed).length
  const [first] = report.grade.checks
  // Without a run there is one reason for all, said once.
  const reason = report.runs.length === 0 ? first?.evidence : undefined
  return (
    <div className={styles.summary}>
      <span className={styles.strong}>
        {met} of {report.grade.checks.length} met
      </span>{' '}
      in {Math.round(elapsedMs).toLocaleString('en')} ms. {reason}
      {met < report.grade.checks.length && (
        <Button size="compact" variant="quiet" onClick={onRun}>
          Run again
        </Button>
      )}
    </div>
  )
}

/** Each test with its state, and everything that is known of its last run. */
export function TestsPanel({ exercise, state, open, files, onOpen, onReveal, onRun, onShowProblems }: TestsPanelProps) {
  const list = useRef<HTMLUListElement>(null)
  const report = state.name === 'done' ? state.report : null
  // The first test that failed may lie below the others.
  useEffect(() => {
    const row = list.current?.querySelector('[aria-expanded="true"]')
    const panel = row?.closest('[role="tabpanel"]')
    // Not scrollIntoView, which moves what lies around the panel too.
    if (report?.grade.passed === false && row && panel) panel.scrollTop += row.getBoundingClientRect().top - panel.getBoundingClientRect().top
  }, [report])
  if (state.name === 'failed') {
    return <PanelError title="The tests did not run" message="Your answer is safe." details={state.message} action={<Button onClick={onRun}>Run again</Button>} />
  }
  if (exercise.checks.length === 0) return <PanelEmpty title="No tests" />
  const programFiles = exercise.files.map((file) => file.name)
  const isHidden = (check: CodeCheck): boolean => testFileOf(exercise, check.id)?.hidden === true
  const shownCount = exercise.checks.filter((check) => !isHidden(check)).length
  return (
    <div className={styles.panel} aria-busy={state.name === 'running'}>
      <Summary state={state} shownCount={shownCount} onRun={onRun} onShowProblems={onShowProblems} />
      <ul ref={list} className={styles.tests} aria-label="Tests">
        {exercise.checks.map((check) => (
          <TestRow
            key={check.id}
            check={check}
            judged={report?.grade.checks.find((one) => one.id === check.id)}
            run={report?.runs.find((one) => one.test === check.id)}
            isHidden={isHidden(check)}
            isOpen={open === check.id}
            programFiles={programFiles}
            files={files}
            onToggle={() => onOpen(open === check.id ? null : check.id)}
            onReveal={onReveal}
          />
        ))}
      </ul>
    </div>
  )
}
