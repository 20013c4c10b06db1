/** The rules of an investigation: what was looked at, what it cost, what was decided. Pure; the view draws its answers. */
import type { Observation, Walkthrough, WalkthroughStage } from '../../../../exercises/content/model.ts'
import type { LearningFact } from '../../../../exercises/progress/events.ts'

/** One stage so far. `choices` holds option ids in the order taken; the last one is right when `decided`. */
export interface StageProgress {
  observed: readonly string[]
  choices: readonly string[]
  decided: boolean
}

/** The whole investigation so far, by stage id. */
export interface WalkthroughProgress {
  finished: boolean
  stages: Readonly<Record<string, StageProgress>>
}

export const noWalkthroughProgress: WalkthroughProgress = { finished: false, stages: {} }
const emptyStage: StageProgress = { observed: [], choices: [], decided: false }

/** The progress of one stage; an untouched stage is empty. */
export function stageProgress(progress: WalkthroughProgress, stageId: string): StageProgress {
  return progress.stages[stageId] ?? emptyStage
}

/** Simulated minutes spent on observations that still exist. */
export function minutesSpent(walkthrough: Walkthrough, progress: WalkthroughProgress): number {
  let total = 0
  for (const stage of walkthrough.stages) {
    const { observed } = stageProgress(progress, stage.id)
    for (const observation of stage.observations) if (observed.includes(observation.id)) total += observation.minutes
  }
  return total
}

/** Index of the stage to work on: the first undecided one, or the number of stages when all are decided. */
export function currentStage(walkthrough: Walkthrough, progress: WalkthroughProgress): number {
  const index = walkthrough.stages.findIndex((stage) => !stageProgress(progress, stage.id).decided)
  return index === -1 ? walkthrough.stages.length : index
}

/** An action's result: the progress after it and the facts to record. No facts: the action changed nothing. */
export interface Step {
  progress: WalkthroughProgress
  facts: LearningFact[]
}

function withStage(
  chapter: string,
  walkthrough: Walkthrough,
  progress: WalkthroughProgress,
  stage: WalkthroughStage,
  changed: StageProgress,
): Step {
  const next: WalkthroughProgress = { ...progress, stages: { ...progress.stages, [stage.id]: changed } }
  const spent = minutesSpent(walkthrough, next)
  return {
    progress: next,
    facts: [
      {
        type: 'walkthrough.stepped',
        chapter,
        walkthrough: walkthrough.id,
        stage: stage.id,
        observed: [...changed.observed],
        choices: [...changed.choices],
        decided: changed.decided,
        minutesSpent: spent,
      },
    ],
  }
}

/** Looks at one thing. Going over the budget is allowed; looking twice, or after the decision, changes nothing. */
export function observe(
  chapter: string,
  walkthrough: Walkthrough,
  progress: WalkthroughProgress,
  stage: WalkthroughStage,
  observationId: string,
): Step {
  const before = stageProgress(progress, stage.id)
  const known = stage.observations.some((observation) => observation.id === observationId)
  if (!known || before.decided || before.observed.includes(observationId)) return { progress, facts: [] }
  return withStage(chapter, walkthrough, progress, stage, { ...before, observed: [...before.observed, observationId] })
}

/** Takes a decision. A wrong one is kept and the stage stays open; the right one of the last stage ends the whole. */
export function decide(
  chapter: string,
  walkthrough: Walkthrough,
  progress: WalkthroughProgress,
  stage: WalkthroughStage,
  optionId: string,
): Step {
  const before = stageProgress(progress, stage.id)
  const option = stage.decision.options.find((candidate) => candidate.id === optionId)
  if (!option || before.decided) return { progress, facts: [] }
  const choices = [...before.choices.filter((choice) => choice !== optionId), optionId]
  const step = withStage(chapter, walkthrough, progress, stage, { ...before, choices, decided: option.correct })
  if (currentStage(walkthrough, step.progress) < walkthrough.stages.length) return step
  return {
    progress: { ...step.progress, finished: true },
    facts: [
      ...step.facts,
      { type: 'walkthrough.finished', chapter, walkthrough: walkthrough.id, minutesSpent: minutesSpent(walkthrough, step.progress) },
    ],
  }
}

/** Begins again from nothing; the earlier attempt stays in the log. */
export function restart(chapter: string, walkthrough: Walkthrough): Step {
  return { progress: noWalkthroughProgress, facts: [{ type: 'walkthrough.restarted', chapter, walkthrough: walkthrough.id }] }
}

/** What the debrief counts. */
export interface Debrief {
  minutesSpent: number
  overBudgetMinutes: number
  wrongDecisions: number
  usefulSeen: number
  usefulTotal: number
  /** Useful things that were not looked at, with their stage. */
  missed: { stage: WalkthroughStage; observation: Observation }[]
  /** Minutes that went to observations which told nothing. */
  minutesWithoutUse: number
}

/** Sums an investigation up. */
export function debrief(walkthrough: Walkthrough, progress: WalkthroughProgress): Debrief {
  const spent = minutesSpent(walkthrough, progress)
  const missed: Debrief['missed'] = []
  let usefulTotal = 0
  let minutesWithoutUse = 0
  let wrongDecisions = 0
  for (const stage of walkthrough.stages) {
    const { observed, choices } = stageProgress(progress, stage.id)
    wrongDecisions += choices.filter((choice) => stage.decision.options.some((option) => option.id === choice && !option.correct)).length
    for (const observation of stage.observations) {
      const seen = observed.includes(observation.id)
      if (observation.useful) usefulTotal += 1
      if (observation.useful && !seen) missed.push({ stage, observation })
      if (!observation.useful && seen) minutesWithoutUse += observation.minutes
    }
  }
  return {
    minutesSpent: spent,
    overBudgetMinutes: Math.max(0, spent - walkthrough.budgetMinutes),
    wrongDecisions,
    usefulSeen: usefulTotal - missed.length,
    usefulTotal,
    missed,
    minutesWithoutUse,
  }
}
