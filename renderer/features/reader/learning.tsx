/** What the learner has done in the chapter on screen, and the one way to add to it. Shown at once, recorded behind. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Chapter, Check, Walkthrough } from '../../../exercises/content/model.ts'
import { eachBlock } from '../../../exercises/content/walk.ts'
import { emptyChapterProgress } from '../../../exercises/progress/snapshot.ts'
import { useProgress, useRecord, useStore } from '../../app/data.ts'
import { aheadStore } from './ahead-store.ts'
import type { KeptAnswer } from './ahead.ts'
import { answerFits, judgeCheck, type CheckAnswer } from './checks/check-logic.ts'
import { noWalkthroughProgress, type Step, type WalkthroughProgress } from './walkthroughs/walkthrough-logic.ts'

export interface Learning {
  chapter: Chapter
  /** The checks' numbers on paper, in reading order. */
  checkNumbers: ReadonlyMap<string, number>
  answers: Readonly<Record<string, KeptAnswer>>
  /** Judges and records an answer. */
  answerCheck(check: Check, answer: CheckAnswer): void
  walkthrough(id: string): WalkthroughProgress
  /** Shows and records what a walkthrough rule returned. */
  take(walkthrough: Walkthrough, step: Step): void
}

const LearningContext = createContext<Learning | null>(null)

/** The learning of the chapter around the caller; null outside a chapter, as in an exercise's brief. */
export function useLearning(): Learning | null {
  return useContext(LearningContext)
}

/** Joins kept progress with what was done a moment ago and is still on its way to the disk. */
export function LearningProvider({ chapter, children }: { chapter: Chapter; children: ReactNode }): ReactNode {
  const progress = useProgress()
  const record = useRecord()
  const kept = progress.chapters[chapter.id] ?? emptyChapterProgress
  const aheadOfAll = aheadStore(useStore())
  const ahead = useSyncExternalStore(aheadOfAll.subscribe, () => aheadOfAll.of(chapter.id))

  const checks = useMemo(() => {
    const byId = new Map<string, Check>()
    for (const section of chapter.sections) {
      eachBlock(section.blocks, (block) => {
        if (block.t === 'check') byId.set(block.check.id, block.check)
      })
    }
    return byId
  }, [chapter])

  const checkNumbers = useMemo(() => new Map([...checks.keys()].map((id, index) => [id, index + 1])), [checks])

  const answers = useMemo(() => {
    const joined: Record<string, KeptAnswer> = {}
    for (const [id, last] of Object.entries(kept.checks)) {
      const check = checks.get(id)
      if (check !== undefined && answerFits(check, last.answer)) {
        joined[id] = { answer: last.answer, correct: judgeCheck(check, last.answer), attempts: last.attempts }
      }
    }
    return { ...joined, ...ahead.answers }
  }, [kept, ahead, checks])

  const answerCheck = useCallback(
    (check: Check, answer: CheckAnswer): void => {
      const correct = judgeCheck(check, answer)
      const attempt = Math.max(kept.checks[check.id]?.attempts ?? 0, answers[check.id]?.attempts ?? 0) + 1
      aheadOfAll.add(chapter.id, (last) => ({ ...last, answers: { ...last.answers, [check.id]: { answer, correct, attempts: attempt } } }))
      void record([{ type: 'check.answered', chapter: chapter.id, check: check.id, answer, correct, attempt, skills: check.skills }])
    },
    [aheadOfAll, answers, chapter.id, kept, record],
  )

  const walkthrough = useCallback(
    (id: string): WalkthroughProgress => ahead.walkthroughs[id] ?? kept.walkthroughs[id] ?? noWalkthroughProgress,
    [ahead, kept],
  )

  const take = useCallback(
    (of: Walkthrough, step: Step): void => {
      if (step.facts.length === 0) return
      aheadOfAll.add(chapter.id, (last) => ({ ...last, walkthroughs: { ...last.walkthroughs, [of.id]: step.progress } }))
      void record(step.facts)
    },
    [aheadOfAll, chapter.id, record],
  )

  const value = useMemo(() => ({ chapter, checkNumbers, answers, answerCheck, walkthrough, take }), [chapter, checkNumbers, answers, answerCheck, walkthrough, take])
  return <LearningContext value={value}>{children}</LearningContext>
}
