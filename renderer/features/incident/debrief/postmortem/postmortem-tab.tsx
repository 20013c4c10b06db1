import { useMemo, useState } from 'react'
import type { Grade } from '../../../../../exercises/core/grade.ts'
import { gradeDocument } from '../../../../../exercises/kinds/document/grade.ts'
import { postmortemOf } from '../../../../../exercises/simulator/incident/debrief/postmortem.ts'
import { announce } from '../../../../app/announce.ts'
import { useCommands } from '../../../../app/commands.tsx'
import { useProgress, useRecord } from '../../../../app/data.ts'
import { saveTextFile } from '../../../../app/save-file.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, ErrorState, PageSection, Skeleton, Status } from '../../../../ui/index.ts'
import { AnswerFoot } from '../../../workspace/bench/answer-foot.tsx'
import type { AnswerActions } from '../../../workspace/bench/answer-bench.tsx'
import { DocumentEditor } from '../../../workspace/document/document-editor.tsx'
import { SelfReview } from '../../../workspace/document/review-panel.tsx'
import { useDraft } from '../../../workspace/draft.ts'
import type { Draft } from '../../../workspace/draft.ts'
import { GradeChecks } from '../../../workspace/grade/grade-panel.tsx'
import { useDebriefed } from '../debrief-context.ts'
import { shareText } from '../debrief-words.ts'
import { keptText, readKeptText } from './kept-text.ts'
import styles from './postmortem.module.css'

/** The postmortem of this shift, begun with its facts. */
export default function PostmortemTab() {
  const { bundle } = useDebriefed()
  const draft = useDraft(`postmortem:${bundle.summary.id}`)
  if (draft.text !== undefined) return <OpenPostmortem draft={draft} kept={draft.text} />
  return draft.saved.name === 'failed' ? <ErrorState title="Your postmortem could not be read" message={draft.saved.message} /> : <Skeleton lines={8} label="Loading your postmortem" />
}

function OpenPostmortem({ draft, kept }: { draft: Draft; kept: string | null }) {
  const { bundle, record, debrief, opened } = useDebriefed()
  const { summary } = bundle
  const best = useProgress().incidents[summary.id]?.postmortemScore ?? null
  const tell = useRecord()
  const toast = useToast()
  const exercise = useMemo(
    () => postmortemOf({ incident: summary.id, debrief, entries: record.entries, title: summary.title, alert: summary.page, chapter: summary.chapter, skills: summary.skills, epochMs: opened.epochMs }),
    [summary, debrief, record, opened],
  )
  // What the shift filled in counts as begun here, unlike the template of an exercise.
  const outlined = useMemo(() => ({ ...exercise, starter: '' }), [exercise])
  const [text, setText] = useState(() => readKeptText(kept, record.id) ?? exercise.starter)
  const [grade, setGrade] = useState<Grade | null>(null)
  const [actions] = useState<AnswerActions>({})
  const change = (next: string): void => {
    setText(next)
    draft.keep(keptText(next, record.id))
  }
  const check = (): void => {
    const judged = gradeDocument(exercise, text)
    setGrade(judged)
    announce(judged.passed ? 'The postmortem holds.' : `${String(judged.checks.filter(({ passed }) => passed).length)} of ${String(judged.checks.length)} goals met.`)
    void tell([{ type: 'shift.postmortem', incident: summary.id, shift: record.id, score: judged.score, passed: judged.passed }])
  }
  useCommands([{ id: 'postmortem.check', title: 'Check the postmortem', section: 'Debrief', keys: 'Mod+Shift+Enter', run: check }])
  const reset = (): void => {
    const before = text
    change(exercise.starter)
    toast('The postmortem is back at the facts of the shift.', { label: 'Undo', run: () => change(before) })
  }
  return (
    <>
      <PageSection
        title="Postmortem"
        note={best === null ? 'not checked yet' : `best so far ${shareText(best)}`}
        actions={
          <>
            <Button size="compact" onClick={reset} disabled={text === exercise.starter}>
              Begin again
            </Button>
            <Button size="compact" icon="download" onClick={() => saveTextFile(`postmortem-${summary.id}.md`, text, 'text/markdown')}>
              Save as Markdown
            </Button>
          </>
        }
      >
        <p className={styles.intro}>Times, impact, what was done and what was pinned are filled in from your shift. The questions in the text are for you: write below them. Nothing in a comment is judged.</p>
        <div className={styles.bench}>
          <div className={styles.editor}>
            <DocumentEditor exercise={outlined} text={text} change={change} actions={actions} />
          </div>
          <AnswerFoot saved={draft.saved} checking={false} onCheck={check} />
        </div>
      </PageSection>
      <PageSection title="Checked against what happened" note={grade === null ? undefined : shareText(grade.score)}>
        {grade === null ? (
          <p className={styles.quiet}>The text is held against the truth of the incident and the figures of your shift. A check costs nothing, and the best one counts.</p>
        ) : (
          <>
            <p>
              <Status state={grade.passed ? 'ok' : 'warn'}>{grade.passed ? 'Passed' : `Not yet: ${String(grade.checks.filter(({ passed }) => passed).length)} of ${String(grade.checks.length)} goals met`}</Status>
            </p>
            <GradeChecks isProse checks={grade.checks} onGoToLine={(line) => actions.goToLine?.(line)} />
          </>
        )}
      </PageSection>
      <div className={styles.review}>
        <SelfReview exercise={exercise} />
      </div>
    </>
  )
}
