import { describe, expect, it } from 'vitest'
import type { LearningFact } from '../../../exercises/progress/events.ts'
import { foldEvents, snapshotOf } from '../../../exercises/progress/projection.ts'
import { emptyChapterProgress, type ChapterProgress } from '../../../exercises/progress/snapshot.ts'
import { catchUp, type Ahead } from './ahead.ts'
import { walkthrough } from './fixture-chapter.ts'
import { currentStage, decide, noWalkthroughProgress, observe, restart, type Step } from './walkthroughs/walkthrough-logic.ts'

const [measure, mend] = walkthrough.stages

/** The core's projection of these facts. */
function projected(facts: readonly LearningFact[]): ChapterProgress {
  const events = facts.map((fact, index) => ({ id: `0190a0b0-0000-7000-8000-${String(index).padStart(12, '0')}`, at: index, fact }))
  return snapshotOf(foldEvents(events)).chapters['ch07'] ?? emptyChapterProgress
}
const ahead = (step: Step): Ahead => ({ base: emptyChapterProgress, answers: {}, walkthroughs: { [walkthrough.id]: step.progress } })

describe('what is shown ahead of the projection', () => {
  const first = decide('ch07', walkthrough, noWalkthroughProgress, measure!, 'b')
  const last = decide('ch07', walkthrough, first.progress, mend!, 'b')
  const done = [...first.facts, ...last.facts]

  it('goes when the projection holds it, not before', () => {
    expect(catchUp(ahead(last), projected(first.facts)).walkthroughs).toHaveProperty(walkthrough.id)
    expect(catchUp(ahead(last), projected(done)).walkthroughs).toEqual({})
  })

  it('lets a finished investigation be done again as new, and keeps it finished', () => {
    const again = restart('ch07', walkthrough)
    const kept = projected([...done, ...again.facts])
    expect(kept.walkthroughs[walkthrough.id]).toMatchObject({ finished: true, stages: {} })
    expect(catchUp(ahead(again), kept).walkthroughs).toEqual({})

    const progress = kept.walkthroughs[walkthrough.id]!
    expect(currentStage(walkthrough, progress)).toBe(0)
    const look = observe('ch07', walkthrough, progress, measure!, 'plan')
    const later = projected([...done, ...again.facts, ...look.facts])
    expect(catchUp(ahead(look), later).walkthroughs).toEqual({})
    expect(later.walkthroughs[walkthrough.id]).toMatchObject({ finished: true, stages: { measure: { observed: ['plan'] } } })
  })
})

it('keeps an answer ahead until its attempt is counted', () => {
  const shown: Ahead = { base: emptyChapterProgress, answers: { q: { answer: 'b', correct: true, attempts: 2 } }, walkthroughs: {} }
  const answered = (attempt: number): LearningFact => ({ type: 'check.answered', chapter: 'ch07', check: 'q', answer: 'a', correct: false, attempt, skills: [] })
  expect(catchUp(shown, projected([answered(1)])).answers).toHaveProperty('q')
  expect(catchUp(shown, projected([answered(1), answered(2)])).answers).toEqual({})
})
