import { useCallback, useRef, useState } from 'react'
import { splitAnswer, writtenFiles } from '../../../../exercises/kinds/code/answer-files.ts'
import type { BundleOf } from '../../../../main/api/index.ts'
import { announce } from '../../../app/announce.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useToast } from '../../../app/toast.tsx'
import { Button, ProgressBar, SplitPane, Tabs } from '../../../ui/index.ts'
import { AttemptsPanel } from '../attempts/attempts-panel.tsx'
import { useExerciseCommands, useHelp, useReport } from '../bench/use-help.ts'
import { Brief } from '../brief/brief.tsx'
import type { Draft } from '../draft.ts'
import type { AnswerGrader } from '../grade/answer-grader.ts'
import { GradePanel } from '../grade/grade-panel.tsx'
import { useGrading } from '../grade/use-grading.ts'
import workspaceStyles from '../workspace.module.css'
import type { CodeEditor } from './editor/code-monaco.ts'
import { CodePane, editorFiles } from './editor/code-pane.tsx'
import { ProblemsPanel } from './problems-panel.tsx'
import { failureNames } from './runs/run-words.ts'
import type { RunState } from './runs/tests-panel.tsx'
import { TestsPanel } from './runs/tests-panel.tsx'
import { useCodeLab, useCompilerState, useDiagnostics } from './use-code-lab.ts'

type TabId = 'tests' | 'problems' | 'checks' | 'attempts'
const tabIds: readonly TabId[] = ['tests', 'problems', 'checks', 'attempts']

interface CodeBenchProps {
  bundle: BundleOf<'code'>
  answer: Draft
  initialAnswer: string | null
}

/** Brief, editor and tests of one `code` exercise. */
export function CodeBench({ bundle, answer, initialAnswer }: CodeBenchProps) {
  const { exercise } = bundle
  const toast = useToast()
  const help = useHelp(bundle)
  const lab = useCodeLab(exercise)
  const compiler = useCompilerState(lab)
  const [text, setText] = useState(initialAnswer ?? exercise.starter)
  /** What was typed last: a key pressed at once must not run what was drawn before. */
  const newest = useRef(text)
  const diagnostics = useDiagnostics(lab, text, compiler)
  const [run, setRun] = useState<RunState>({ name: 'none' })
  const [open, setOpen] = useState<string | null>(null)
  const [tab, setTab] = useState<TabId>('tests')
  const editor = useRef<CodeEditor | null>(null)
  const files = editorFiles(exercise, '').map((file) => file.name)
  const [firstFile = ''] = writtenFiles(exercise)
  const [shownFile, setShownFile] = useState(firstFile)

  const runTests = useCallback(
    async (code: string, scope: 'shown' | 'all', onStep: (step: string) => void) => {
      const step = (words: string): void => {
        setRun({ name: 'running', step: words })
        onStep(words)
      }
      const outcome = await lab.run(code, scope, step)
      if (outcome.ok) {
        setRun({ name: 'done', report: outcome.report, elapsedMs: outcome.elapsedMs })
        setOpen(outcome.report.runs.find((one) => !one.passed)?.test ?? null)
      } else setRun({ name: 'failed', message: outcome.message })
      return outcome
    },
    [lab],
  )
  const makeGrader = useCallback(
    (): AnswerGrader => ({
      prepare: () => lab.prepare(),
      grade: async (code, onStep) => {
        const outcome = await runTests(code, 'all', onStep)
        return outcome.ok ? { ok: true, grade: outcome.report.grade, elapsedMs: outcome.elapsedMs } : outcome
      },
      // The lab outlives a grader: the editor asks it too.
      close: () => undefined,
    }),
    [lab, runTests],
  )
  const grading = useGrading(exercise, makeGrader, help.hintsShown, false)
  const report = useReport(bundle, grading.state)
  const isChecking = grading.state.name === 'checking'

  const reveal = ({ file, line, column }: { file: string; line: number; column?: number }): void => {
    setShownFile(file)
    editor.current?.reveal(file, line, column)
  }
  const showTest = (test: string): void => {
    setOpen(test)
    setTab('tests')
  }
  const runShown = (): void => {
    if (run.name === 'running') return
    setTab('tests')
    void runTests(newest.current, 'shown', () => undefined).then((outcome) => {
      if (!outcome.ok) return announce('The tests did not run.')
      const { checks } = outcome.report.grade
      announce(`${String(checks.filter((check) => check.passed).length)} of ${String(checks.length)} tests met.`)
    })
  }
  const check = (): void => {
    if (run.name === 'running') return
    setTab('checks')
    void grading.check(newest.current)
  }
  const replaceAnswer = (next: string, says: string): void => {
    const before = newest.current
    const put = (code: string): void => editor.current?.replaceTexts(splitAnswer(exercise, code))
    put(next)
    toast(says, { label: 'Undo', run: () => put(before) })
  }
  const resetAnswer = (): void => replaceAnswer(exercise.starter, 'The answer is back at its start.')

  useExerciseCommands({ check, showHint: help.showHint, focusAnswer: () => editor.current?.focus(), resetAnswer })
  useCommands([
    { id: 'code.check', title: 'Check the answer', section: 'Exercise', keys: 'Mod+Enter', run: check, hidden: true },
    { id: 'code.run', title: 'Run the tests that are shown', section: 'Exercise', keys: 'Alt+Enter', run: runShown },
    ...tabIds.map((id, index) => ({
      id: `code.tab.${id}`,
      title: `Show ${id}`,
      section: 'Exercise',
      keys: `Alt+${String(index + 2)}`,
      run: () => {
        setTab(id)
        document.querySelector<HTMLElement>(`[data-tab-panel="${id}"]`)?.closest<HTMLElement>('[role="tabpanel"]')?.focus()
      },
    })),
    {
      id: 'code.nextFile',
      title: 'Show the next file',
      section: 'Exercise',
      keys: 'Alt+PageDown',
      run: () => setShownFile((last) => files[(files.indexOf(last) + 1) % files.length] ?? last),
    },
  ])

  const count = diagnostics?.length ?? 0
  const panels: Record<TabId, { label: string; content: React.ReactNode }> = {
    tests: {
      label: 'Tests',
      content: (
        <TestsPanel exercise={exercise} state={run} open={open} files={files} onOpen={setOpen} onReveal={reveal} onRun={runShown} onShowProblems={() => setTab('problems')} />
      ),
    },
    problems: { label: count === 0 ? 'Problems' : `Problems (${String(count)})`, content: <ProblemsPanel diagnostics={diagnostics} onReveal={reveal} /> },
    checks: {
      label: 'Checks',
      content: (
        <GradePanel
          state={grading.state}
          next={help.next}
          keys="Mod+Enter"
          beforeCheck="Hidden tests run too, and what they find is shown."
          failureNames={failureNames}
          onCheck={check}
          onGoToLine={(line, judged) => reveal({ file: fileOf(run, judged.id) ?? firstFile, line })}
          onReport={report}
          more={(judged) =>
            hasRun(run, judged.id) && (
              <Button size="compact" variant="quiet" icon="clock" onClick={() => showTest(judged.id)}>
                Show the run
              </Button>
            )
          }
        />
      ),
    },
    attempts: {
      label: 'Attempts',
      content: <AttemptsPanel exerciseId={exercise.id} current={text} onPutBack={(earlier) => replaceAnswer(earlier, 'The earlier answer is back.')} />,
    },
  }

  return (
    <div className={workspaceStyles.workspace}>
      <SplitPane direction="horizontal" storageKey="workspace.brief" initial={0.34} min={300} label="Width of the brief">
        {[
          <Brief key="brief" help={help} grade={grading.state.name === 'graded' ? grading.state.grade : null} />,
          <SplitPane key="work" direction="vertical" storageKey="workspace.code.results" initial={0.56} min={180} label="Height of the editor">
            {[
              <CodePane
                key="editor"
                exercise={exercise}
                lab={lab}
                initialAnswer={text}
                shown={shownFile}
                diagnostics={diagnostics}
                compiler={compiler}
                saved={answer.saved}
                busy={run.name === 'running'}
                checking={isChecking}
                onShow={setShownFile}
                onChange={(next) => {
                  newest.current = next
                  setText(next)
                  answer.keep(next)
                }}
                onReady={(ready) => {
                  editor.current = ready
                }}
                onRun={runShown}
                onCheck={check}
                onShowProblems={() => setTab('problems')}
                onReset={resetAnswer}
              />,
              <section key="results" className={workspaceStyles.results} aria-label="Results">
                {compiler.name === 'loading' && run.name === 'running' && (
                  <div className={workspaceStyles.building}>
                    <span>Loading the compiler</span>
                    <ProgressBar value={compiler.share} label="Loading the compiler" />
                  </div>
                )}
                <Tabs
                  fill
                  label="Results and tools"
                  value={tab}
                  onChange={(id) => setTab(tabIds.find((one) => one === id) ?? 'tests')}
                  items={tabIds.map((id) => ({
                    id,
                    label: panels[id].label,
                    content: (
                      <div className={workspaceStyles.panel} data-tab-panel={id}>
                        {panels[id].content}
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

const runOf = (state: RunState, test: string) => (state.name === 'done' ? state.report.runs.find((run) => run.test === test) : undefined)

/** The learner's file that a failed check is about. */
function fileOf(state: RunState, test: string): string | undefined {
  if (state.name === 'done' && state.report.diagnostics.length > 0) return state.report.diagnostics[0]?.file
  return runOf(state, test)?.failure?.place?.file
}

const hasRun = (state: RunState, test: string): boolean => runOf(state, test) !== undefined
