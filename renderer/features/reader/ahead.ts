/** What was done a moment ago and is not yet in the projection that came back from the core. */
import type { ChapterProgress } from '../../../exercises/progress/snapshot.ts'
import type { CheckAnswer } from './checks/check-logic.ts'
import type { WalkthroughProgress } from './walkthroughs/walkthrough-logic.ts'

/** A check's last answer. */
export interface KeptAnswer {
  answer: CheckAnswer
  correct: boolean
  attempts: number
}

export interface Ahead {
  /** The projection that these changes were made on; a newer one that holds them replaces them. */
  base: ChapterProgress
  answers: Record<string, KeptAnswer>
  walkthroughs: Record<string, WalkthroughProgress>
}

/** Whether the snapshot has caught up with what was shown ahead of it. */
function includesWalkthrough(kept: ChapterProgress['walkthroughs'][string] | undefined, shown: WalkthroughProgress): boolean {
  const keptStages = kept?.stages ?? {}
  const stageIds = Object.keys(shown.stages)
  return (
    // Once finished stays finished: of an attempt after a restart only the stages are compared.
    ((kept?.finished ?? false) || !shown.finished) &&
    Object.keys(keptStages).length === stageIds.length &&
    stageIds.every((id) => {
      const ours = shown.stages[id]
      const theirs = keptStages[id]
      return theirs?.decided === ours?.decided && theirs?.choices.length === ours?.choices.length && theirs?.observed.length === ours?.observed.length
    })
  )
}

/** What is still ahead of `kept`, a newer projection. */
export function catchUp(ahead: Ahead, kept: ChapterProgress): Ahead {
  const answers = Object.entries(ahead.answers).filter(([id, shown]) => (kept.checks[id]?.attempts ?? 0) < shown.attempts)
  const walkthroughs = Object.entries(ahead.walkthroughs).filter(([id, shown]) => !includesWalkthrough(kept.walkthroughs[id], shown))
  return { base: kept, answers: Object.fromEntries(answers), walkthroughs: Object.fromEntries(walkthroughs) }
}
