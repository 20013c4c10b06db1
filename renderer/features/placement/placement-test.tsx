import { useRef, useState, type ReactNode } from 'react'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import { useProgress, useRecord } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'
import type { Draft as KeptText } from '../workspace/draft.ts'
import { answerTo, countAnswered, givenTo, keyOf, newPlacement, readPlacement, withGiven, type Given, type PlacementDraft } from './placement-draft.ts'
import { placementFacts } from './placement-result.ts'
import { Cover } from './cover.tsx'
import { QuestionView } from './question-view.tsx'
import { ResultView } from './result-view.tsx'

/** The test from its cover over its questions to its result. */
export function PlacementTest({ questions, minutes, draft }: { questions: readonly PlacementQuestion[]; minutes: number; draft: KeptText }): ReactNode {
  const progress = useProgress()
  const record = useRecord()
  const toast = useToast()
  const [test, setTest] = useState<PlacementDraft | null>(() => readPlacement(draft.text ?? null))
  const [place, setPlace] = useState<'cover' | 'asking' | 'result'>(test === null && Object.keys(progress.placed).length > 0 ? 'result' : 'cover')
  /** Milliseconds since the Unix epoch: a result of this moment or later is the one that was waited for. */
  const [finishedAt, setFinishedAt] = useState<number | null>(null)
  const isFinishing = useRef(false)

  const change = (next: PlacementDraft): void => {
    setTest(next)
    draft.keep(JSON.stringify(next))
  }
  const begin = (from: PlacementDraft): void => {
    change(from)
    setPlace('asking')
  }
  const startOver = (): void => {
    const before = test
    begin(newPlacement)
    if (before !== null) toast('The test starts over.', { label: 'Undo', run: () => begin(before) })
  }
  const finish = async (answered: PlacementDraft): Promise<void> => {
    // A second press while the first is on its way would tell everything twice.
    if (isFinishing.current) return
    isFinishing.current = true
    setFinishedAt(Date.now())
    await record(placementFacts(questions, (question) => answerTo(answered, question) ?? null, progress.known))
    setTest(null)
    draft.keep('')
    setPlace('result')
    isFinishing.current = false
  }
  const go = (answered: PlacementDraft, to: number): void => {
    if (to < questions.length) {
      change({ ...answered, at: Math.max(0, to) })
      return
    }
    // A question that was edited since it was answered is asked again before there is a result.
    const open = questions.findIndex((question) => answerTo(answered, question) === undefined)
    if (open >= 0) change({ ...answered, at: open })
    else void finish(answered)
  }

  if (place === 'result') {
    const isWaiting = finishedAt !== null && !Object.values(progress.placed).some(({ at }) => at >= finishedAt)
    return <ResultView questions={questions} isWaiting={isWaiting} onAgain={() => setPlace('cover')} />
  }
  const at = Math.min(test?.at ?? 0, questions.length - 1)
  const question = questions[at]
  if (place === 'cover' || test === null || question === undefined) {
    return (
      <Cover
        questions={questions.length}
        minutes={minutes}
        left={test === null ? null : { at, answered: countAnswered(test, questions) }}
        hasResult={Object.keys(progress.placed).length > 0}
        onBegin={startOver}
        onGoOn={() => begin(test ?? newPlacement)}
        onResult={() => setPlace('result')}
      />
    )
  }
  return (
    <QuestionView
      key={keyOf(question)}
      check={question.check}
      at={at}
      total={questions.length}
      answered={countAnswered(test, questions)}
      given={givenTo(test, question)}
      saved={draft.saved}
      onGive={(given: Given) => change(withGiven(test, question, given))}
      onNext={(given: Given) => go(withGiven(test, question, given), at + 1)}
      onBack={() => go(test, at - 1)}
    />
  )
}
