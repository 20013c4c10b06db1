import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walkthrough } from '../fixture-chapter.ts'
import { currentStage, debrief, decide, minutesSpent, noWalkthroughProgress, observe, restart, stageProgress, type WalkthroughProgress } from './walkthrough-logic.ts'

const [measure, mend] = walkthrough.stages
const look = (progress: WalkthroughProgress, stage = measure!, id = 'plan') => observe('ch07', walkthrough, progress, stage, id)
const choose = (progress: WalkthroughProgress, option: string, stage = measure!) => decide('ch07', walkthrough, progress, stage, option)

describe('observe', () => {
  it('spends minutes once, also over the budget, and records the whole stage', () => {
    const first = look(noWalkthroughProgress)
    const second = look(first.progress, measure!, 'cpu')
    expect(minutesSpent(walkthrough, second.progress)).toBe(11)
    expect(second.facts).toEqual([
      { type: 'walkthrough.stepped', chapter: 'ch07', walkthrough: 'slow-report', stage: 'measure', observed: ['plan', 'cpu'], choices: [], decided: false, minutesSpent: 11 },
    ])
    expect(look(second.progress).facts).toEqual([])
  })
  it('does nothing after the decision, or for what does not exist', () => {
    const decided = choose(noWalkthroughProgress, 'b').progress
    expect(look(decided).facts).toEqual([])
    expect(look(noWalkthroughProgress, measure!, 'gone').facts).toEqual([])
  })
})

describe('decide', () => {
  it('keeps a wrong choice and lets the learner go on', () => {
    const wrong = choose(noWalkthroughProgress, 'a')
    expect(stageProgress(wrong.progress, 'measure')).toEqual({ observed: [], choices: ['a'], decided: false })
    expect(currentStage(walkthrough, wrong.progress)).toBe(0)
    const right = choose(wrong.progress, 'b')
    expect(stageProgress(right.progress, 'measure')).toEqual({ observed: [], choices: ['a', 'b'], decided: true })
    expect(currentStage(walkthrough, right.progress)).toBe(1)
  })
  it('finishes with the last stage', () => {
    const step = choose(choose(look(noWalkthroughProgress).progress, 'b').progress, 'b', mend)
    expect(step.progress.finished).toBe(true)
    expect(step.facts.map((fact) => fact.type)).toEqual(['walkthrough.stepped', 'walkthrough.finished'])
    expect(step.facts.at(-1)).toMatchObject({ minutesSpent: 4 })
  })
  it('begins again from nothing', () => {
    expect(restart('ch07', walkthrough)).toEqual({ progress: noWalkthroughProgress, facts: [{ type: 'walkthrough.restarted', chapter: 'ch07', walkthrough: 'slow-report' }] })
  })
})

it('debriefs minutes, wrong turns and what was missed', () => {
  const seen = look(noWalkthroughProgress, measure!, 'cpu').progress
  const done = choose(look(choose(choose(seen, 'a').progress, 'b').progress, mend!).progress, 'b', mend).progress
  expect(debrief(walkthrough, done)).toMatchObject({ minutesSpent: 11, overBudgetMinutes: 1, wrongDecisions: 1, usefulSeen: 1, usefulTotal: 2, minutesWithoutUse: 7 })
  expect(debrief(walkthrough, done).missed.map(({ stage, observation }) => [stage.id, observation.id])).toEqual([['measure', 'plan']])
})

it('keeps to the rules whatever is pressed', () => {
  const action = fc.record({ stage: fc.constantFrom(0, 1), does: fc.constantFrom('plan', 'cpu', 'a', 'b', 'c') })
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
      let progress = noWalkthroughProgress
      let spent = 0
      for (const { stage, does } of actions) {
        const of = walkthrough.stages[stage]!
        const step = does.length > 1 ? look(progress, of, does) : choose(progress, does, of)
        progress = step.progress
        expect(minutesSpent(walkthrough, progress)).toBeGreaterThanOrEqual(spent)
        spent = minutesSpent(walkthrough, progress)
        for (const { id } of walkthrough.stages) {
          const { choices, decided } = stageProgress(progress, id)
          expect(decided).toBe(choices.at(-1) === 'b')
        }
      }
      expect(progress.finished).toBe(currentStage(walkthrough, progress) === walkthrough.stages.length)
    }),
  )
})
