import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Grade } from '../../../../exercises/core/grade.ts'
import type { ExerciseBundle } from '../../../../main/api/index.ts'
import { useToast } from '../../../app/toast.tsx'
import { SplitPane, Tabs } from '../../../ui/index.ts'
import type { TabItem } from '../../../ui/index.ts'
import { AttemptsPanel } from '../attempts/attempts-panel.tsx'
import { Brief } from '../brief/brief.tsx'
import type { Draft } from '../draft.ts'
import { useDraft } from '../draft.ts'
import type { AnswerGrader } from '../grade/answer-grader.ts'
import { GradePanel } from '../grade/grade-panel.tsx'
import { useGrading } from '../grade/use-grading.ts'
import workspaceStyles from '../workspace.module.css'
import { AnswerFoot } from './answer-foot.tsx'
import styles from './bench.module.css'
import { DraftWaiting } from './draft-waiting.tsx'
import { useExerciseCommands, useHelp, useReport } from './use-help.ts'

/** What a kind draws its answer with. */
export interface AnswerEditorProps {
  /** The answer as it is now. */
  text: string
  change(text: string): void
}

/** What the bench may ask of a kind's editor; a kind sets what it can do. */
export interface AnswerActions {
  focus?(): void
  goToLine?(line: number): void
  /** The answer as of the last key, of which the bench may not know yet. */
  text?(): string
}

interface AnswerBenchProps {
  bundle: ExerciseBundle
  /** Must stay the same function while the exercise does. */
  makeGrader(): AnswerGrader
  /** Where the answer is made. `actions` is for the editor to fill in. */
  editor(props: AnswerEditorProps & { actions: AnswerActions }): ReactNode
  /** Beside the button to check, such as a count of words. */
  status?(text: string): ReactNode
  /** More tabs beside the checks. */
  panels?(state: PanelState): TabItem[]
  /** Share of the height that the answer has at first. */
  initialShare?: number
}

/** What the tabs of a kind may show. */
export interface PanelState {
  text: string
  /** Of the last check in this visit. */
  grade: Grade | null
  /** Passed once, or the worked answer was opened: no answer to give away any more. */
  isSolved: boolean
}

/** The workspace of a kind that needs no runs of its own: brief, answer, checks. Waits for the earlier answer. */
export function AnswerBench(props: AnswerBenchProps) {
  const { id, title } = props.bundle.exercise
  const answer = useDraft(`answer:${id}`)
  if (answer.text === undefined) return <DraftWaiting title={title} answer={answer} />
  return <ReadyBench {...props} answer={answer} initialAnswer={answer.text} />
}

function ReadyBench({ bundle, makeGrader, editor, status, panels, initialShare = 0.6, answer, initialAnswer }: AnswerBenchProps & { answer: Draft; initialAnswer: string | null }) {
  const { exercise } = bundle
  const toast = useToast()
  const help = useHelp(bundle)
  const grading = useGrading(exercise, makeGrader, help.hintsShown, true)
  const report = useReport(bundle, grading.state)
  const [text, setText] = useState(initialAnswer ?? exercise.starter)
  const [tab, setTab] = useState('checks')
  const [actions] = useState<AnswerActions>({})
  const place = useRef<HTMLElement>(null)
  const grade = grading.state.name === 'graded' ? grading.state.grade : null
  const isSolved = grade?.passed === true || help.progress?.passed === true || help.progress?.solutionShown === true

  const change = (next: string): void => {
    setText(next)
    answer.keep(next)
  }
  const check = (): void => {
    setTab('checks')
    void grading.check(actions.text?.() ?? text)
  }
  const replaceAnswer = (next: string, says: string): void => {
    const before = actions.text?.() ?? text
    change(next)
    toast(says, { label: 'Undo', run: () => change(before) })
  }
  const resetAnswer = (): void => replaceAnswer(exercise.starter, 'The answer is back at its start.')
  const focusAnswer = (): void => {
    if (actions.focus) actions.focus()
    else place.current?.querySelector<HTMLElement>('button, input, select, textarea')?.focus()
  }
  useExerciseCommands({ check, showHint: help.showHint, focusAnswer, resetAnswer })

  return (
    <div className={workspaceStyles.workspace}>
      <SplitPane direction="horizontal" storageKey="workspace.brief" initial={0.34} min={300} label="Width of the brief">
        {[
          <Brief key="brief" help={help} grade={grade} />,
          <SplitPane key="work" direction="vertical" storageKey={`workspace.${exercise.kind}.checks`} initial={initialShare} min={160} label="Height of the answer">
            {[
              <section key="answer" ref={place} className={styles.answer} aria-label="Your answer">
                <div className={styles.work}>{editor({ text, change, actions })}</div>
                <AnswerFoot saved={answer.saved} checking={grading.state.name === 'checking'} onCheck={check}>
                  {status?.(text)}
                </AnswerFoot>
              </section>,
              <section key="checks" className={workspaceStyles.results} aria-label="Results">
                <Tabs
                  fill
                  label="Results"
                  value={tab}
                  onChange={setTab}
                  items={[
                    {
                      id: 'checks',
                      label: 'Checks',
                      content: (
                        <div className={workspaceStyles.panel}>
                          <GradePanel isProse state={grading.state} next={help.next} onCheck={check} onGoToLine={actions.goToLine} onReport={report} />
                        </div>
                      ),
                    },
                    ...(panels?.({ text, grade, isSolved }) ?? []),
                    {
                      id: 'attempts',
                      label: 'Attempts',
                      content: <AttemptsPanel exerciseId={exercise.id} current={text} isProse onPutBack={(earlier) => replaceAnswer(earlier, 'The earlier answer is back.')} />,
                    },
                  ]}
                />
              </section>,
            ]}
          </SplitPane>,
        ]}
      </SplitPane>
    </div>
  )
}
