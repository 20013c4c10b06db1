import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { BundleOf } from '../../../../main/api/index.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useApi } from '../../../app/data.ts'
import { useToast } from '../../../app/toast.tsx'
import { SplitPane, Tabs } from '../../../ui/index.ts'
import { AttemptsPanel } from '../attempts/attempts-panel.tsx'
import { AnswerFoot } from '../bench/answer-foot.tsx'
import { useExerciseCommands, useHelp, useReport } from '../bench/use-help.ts'
import { Brief } from '../brief/brief.tsx'
import type { Draft } from '../draft.ts'
import { GradePanel } from '../grade/grade-panel.tsx'
import { useGrading } from '../grade/use-grading.ts'
import { SchemaBrowser } from '../schema/schema-browser.tsx'
import workspaceStyles from '../workspace.module.css'
import { WaitPanel } from './graph/wait-panel.tsx'
import { LabBar } from './lab-bar.tsx'
import { chooseGrader } from './lab/choose-grader.ts'
import { usePostgresLab } from './lab/use-postgres-lab.ts'
import { PlanPanel } from './plan/plan-panel.tsx'
import { WorkloadPanel } from './plan/workload-panel.tsx'
import styles from './postgres.module.css'
import { ScheduleEditor } from './schedule/schedule-editor.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { stepSources } from './steps/step-sources.ts'
import { SqlAnswer } from './sql-answer.tsx'
import { StepsPanel } from './steps/steps-panel.tsx'
import { TerminalResults } from './terminal/terminal-results.tsx'
import { Terminals } from './terminals.tsx'
import { answerPlace, useBench } from './use-bench.ts'
import { answersInSession, usePanes } from './use-panes.ts'

interface PostgresBenchProps {
  bundle: BundleOf<'postgres'>
  answer: Draft
  initialAnswer: string | null
  panesDraft: Draft
  initialPanes: string | null
}

/** Brief, sessions side by side, and what belongs to them, of one exercise. */
export function PostgresBench({ bundle, answer, initialAnswer, panesDraft, initialPanes }: PostgresBenchProps) {
  const { exercise } = bundle
  const api = useApi()
  const toast = useToast()
  const help = useHelp(bundle)
  const { lab, view } = usePostgresLab(exercise)
  const bench = useBench(exercise, lab)
  const panes = usePanes(exercise, panesDraft, initialPanes)
  const makeGrader = useCallback(() => chooseGrader(api, exercise), [api, exercise])
  const grading = useGrading(exercise, makeGrader, help.hintsShown, true)
  const report = useReport(bundle, grading.state)
  const [text, setText] = useState(initialAnswer ?? exercise.starter)
  /** What was typed last: a key pressed at once must not check what was drawn before. */
  const newest = useRef(text)
  const inSession = answersInSession(exercise)
  const isSingle = exercise.sessions.length === 1
  const answerEditor = inSession ? (exercise.sessions[0]?.name ?? 'A') : answerPlace
  const [tab, setTab] = useState(inSession ? 'results' : 'answer')

  const changeAnswer = (next: string): void => {
    newest.current = next
    setText(next)
    answer.keep(next)
  }
  const replaceAnswer = (next: string, says: string): void => {
    const before = newest.current
    const editor = bench.editors.get(answerEditor)
    if (editor === undefined) changeAnswer(next)
    else editor.replaceText(next)
    toast(says, { label: 'Undo', run: () => (editor === undefined ? changeAnswer(before) : editor.replaceText(before)) })
  }
  const check = (): void => {
    setTab('checks')
    void grading.check(newest.current)
  }
  const resetDatabase = (): void => void lab.reset().then(() => toast('The database is as it was given.'))
  const explain = (): void => {
    if (bench.explain()) setTab('plan')
  }
  const run = (): void => {
    if (inSession) setTab('results')
    bench.run()
  }
  const runStatement = (): void => {
    if (inSession) setTab('results')
    bench.runStatement()
  }
  const resetAnswer = (): void => replaceAnswer(exercise.starter, 'The answer is back at its start.')
  const focusAnswer = (): void => {
    if (!inSession) setTab('answer')
    requestAnimationFrame(() => {
      const editor = bench.editors.get(answerEditor)
      if (editor !== undefined) editor.focus()
      else document.querySelector<HTMLElement>('[data-tab-panel="answer"] textarea')?.focus()
    })
  }
  const goToLine = (line: number): void => {
    focusAnswer()
    bench.editors.get(answerEditor)?.reveal(offsetOfLine(text, line))
  }
  const insert = (sql: string): void => bench.editors.get(bench.active)?.insert(sql)
  const isRunning = view.sessions.some((session) => session.name === bench.active && session.running !== null)

  const foot = <AnswerFoot saved={answer.saved} checking={grading.state.name === 'checking'} onCheck={check} />
  const answerTab = (
    <div className={styles.answer}>
      <div className={styles.work}>
        {exercise.mode === 'schedule' ? (
          <ScheduleEditor sessions={exercise.sessions.map((session) => session.name)} text={text} change={changeAnswer} />
        ) : (
          <SqlAnswer
            initialText={text}
            text={text}
            isClient={exercise.mode === 'client'}
            hasStandby={exercise.server.standby !== undefined}
            tables={view.tables}
            parameters={Object.keys(exercise.parameters)}
            onChange={changeAnswer}
            onReady={(ready) => void (ready === null ? bench.editors.delete(answerPlace) : bench.editors.set(answerPlace, ready))}
            onFocus={() => bench.setActive(answerPlace)}
          />
        )}
      </div>
      {foot}
    </div>
  )
  const first = view.sessions[0]
  const sources = stepSources(exercise, text, bench.parameters)
  const tabs: { id: string; label: string; content: ReactNode }[] = [
    ...(inSession ? [] : [{ id: 'answer', label: 'Answer', content: answerTab }]),
    ...(inSession && first !== undefined ? [{ id: 'results', label: 'Results', content: <TerminalResults session={first} exerciseId={exercise.id} text={text} onReveal={(offset) => bench.editors.get(first.name)?.reveal(offset)} /> }] : []),
    ...(isSingle && exercise.background.length === 0 ? [] : [{ id: 'waits', label: 'Waits', content: <WaitPanel view={view} /> }]),
    ...(sources.length > 0 ? [{ id: 'steps', label: 'Steps', content: <StepsPanel lab={lab} view={view} sources={sources} /> }] : []),
    { id: 'plan', label: 'Plan', content: <PlanPanel shown={bench.plan} /> },
    ...(exercise.workload.length > 0 ? [{ id: 'workload', label: 'Workload', content: <WorkloadPanel workload={exercise.workload} isReady={view.phase.name === 'ready'} explain={(sql) => bench.explainSql(exercise.sessions[0]?.name ?? 'A', sql)} /> }] : []),
    { id: 'schema', label: 'Schema', content: <SchemaBrowser schema={view.tables} onInsert={insert} /> },
    { id: 'settings', label: 'Settings', content: <SettingsPanel lab={lab} view={view} /> },
    {
      id: 'checks',
      label: 'Checks',
      content: (
        <GradePanel
          state={grading.state}
          next={help.next}
          beforeCheck="It is run on databases of its own: what you did in the sessions does not count."
          onCheck={check}
          onGoToLine={goToLine}
          onReport={report}
        />
      ),
    },
    { id: 'attempts', label: 'Attempts', content: <AttemptsPanel exerciseId={exercise.id} current={text} onPutBack={(earlier) => replaceAnswer(earlier, 'The earlier answer is back.')} /> },
  ]

  useExerciseCommands({ check, showHint: help.showHint, focusAnswer, resetAnswer })
  useCommands([
    { id: 'postgres.run', title: 'Run all of the session’s editor', section: 'Exercise', keys: 'Mod+Enter', run },
    { id: 'postgres.runStatement', title: 'Run the selection or the statement at the caret', section: 'Exercise', keys: 'Alt+Enter', run: runStatement },
    { id: 'postgres.explain', title: 'Show the plan', section: 'Exercise', keys: 'Mod+e', run: explain },
    { id: 'postgres.stop', title: 'Stop what the session runs', section: 'Exercise', keys: 'Escape', run: bench.stop, enabled: isRunning },
    ...tabs.map(({ id, label }, index) => ({
      id: `postgres.tab.${id}`,
      title: `Show ${label.toLowerCase()}`,
      section: 'Exercise',
      ...(index < 8 ? { keys: `Alt+${String(index + 2)}` } : {}),
      run: () => setTab(id),
    })),
    ...exercise.sessions.map(({ name }) => ({ id: `postgres.session.${name}`, title: `Go to session ${name}`, section: 'Exercise', run: () => bench.editors.get(name)?.focus() })),
    { id: 'postgres.reset', title: 'Reset the database', section: 'Exercise', run: resetDatabase },
  ])
  const { editors } = bench
  useEffect(() => {
    if (view.database > 0) for (const editor of editors.values()) editor.mark(null)
  }, [view.database, editors])
  // Escape stops a statement also while the editor has the focus, where it is otherwise Monaco's.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    bench.stop()
  }

  return (
    // Escape is heard on the way down to the editor.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={workspaceStyles.workspace} onKeyDownCapture={isRunning ? onKeyDown : undefined}>
      <SplitPane direction="horizontal" storageKey="workspace.postgres.brief" initial={isSingle ? 0.34 : 0.28} min={260} label="Width of the brief">
        {[
          <Brief key="brief" help={help} grade={grading.state.name === 'graded' ? grading.state.grade : null} />,
          <SplitPane key="work" direction="vertical" storageKey={`workspace.postgres.${isSingle ? 'single' : 'several'}`} initial={isSingle ? 0.46 : 0.52} min={180} label="Height of the sessions">
            {[
              <section key="sessions" className={styles.stage} aria-label="Sessions">
                <LabBar phase={view.phase} onOpen={() => void lab.open()} />
                <Terminals
                  exercise={exercise}
                  view={view}
                  bench={{ ...bench, run, runStatement }}
                  texts={inSession ? { ...panes.texts, [answerEditor]: text } : panes.texts}
                  onChange={(session, next) => (inSession && session === answerEditor ? changeAnswer(next) : panes.change(session, next))}
                  answerFoot={inSession ? foot : null}
                  answerText={text}
                  onExplain={explain}
                  onResetAnswer={resetAnswer}
                  onResetDatabase={resetDatabase}
                />
              </section>,
              <section key="tools" className={workspaceStyles.results} aria-label="Results and tools">
                <Tabs
                  fill
                  label="Results and tools"
                  value={tab}
                  onChange={setTab}
                  items={tabs.map(({ id, label, content }) => ({
                    id,
                    label,
                    content: (
                      <div className={workspaceStyles.panel} data-tab-panel={id}>
                        {content}
                      </div>
                    ),
                  }))}
                />
              </section>,
            ]}
          </SplitPane>,
        ]}
      </SplitPane>
    </div>
  )
}

/** Offset of the first character of a 1-based line. */
function offsetOfLine(text: string, line: number): number {
  return text.split('\n').slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
}
