/** How well a skill is held, from what the learner did with it. */
import type { LearningFact } from './events.ts'
import type { ExerciseProgress, IncidentProgress } from './snapshot.ts'

/**
 * Running sums for one skill. Each piece of evidence has a result r (0..1) and a weight w:
 *
 *     earned = earned * 0.8 + w * r        weight = weight * 0.8 + w        mastery = earned / weight
 *
 * starting from earned 0, weight 1: one imaginary failure, so that a single right answer says 0.56 and not 1. Each new
 * result takes a fifth off all earlier ones, the imaginary one too: about the last five results decide, what was wrong
 * long ago is forgiven, and steady success reaches 1. Only multiplication and addition are used, so every machine
 * computes the same bits.
 */
export interface SkillSums {
  readonly earned: number
  readonly weight: number
  readonly evidence: number
}

export const noEvidence: SkillSums = { earned: 0, weight: 1, evidence: 0 }
const keep = 0.8

/** One result that speaks for or against a skill. */
export interface Evidence {
  result: number
  weight: number
}

/** Adds one piece of evidence. */
export function addEvidence(sums: SkillSums, { result, weight }: Evidence): SkillSums {
  return { earned: sums.earned * keep + weight * result, weight: sums.weight * keep + weight, evidence: sums.evidence + 1 }
}

/** 0..1; 0 where nothing is known. */
export function masteryOf(sums: SkillSums): number {
  return sums.earned / sums.weight
}

/**
 * What an answered check says. Explanations show after each answer, so a right answer counts 1/attempt; once it has
 * been right, answering again proves nothing.
 */
export function checkEvidence(fact: Extract<LearningFact, { type: 'check.answered' }>, before: { attempts: number; solved: boolean }): Evidence | null {
  if (before.solved) return null
  return { result: fact.correct ? 1 / (before.attempts + 1) : 0, weight: 1 }
}

/** A pass after the solution was shown counts at most this. */
const copiedResult = 0.25

/**
 * What a graded exercise says. The first pass is worth three checks, since it is work with a real system; a failed try
 * on the way weighs a third of that, since trying is how one gets there. `finalScore` is after the hints' costs.
 */
export function exerciseEvidence(fact: Extract<LearningFact, { type: 'exercise.graded' }>, before: ExerciseProgress): Evidence {
  const result = before.solutionShown ? Math.min(copiedResult, fact.finalScore) : fact.finalScore
  return { result, weight: fact.grade.passed && !before.passed ? 3 : 1 }
}

/** What an ended shift says. The first is worth four checks, since nobody told what to look at; a repetition two. */
export function shiftEvidence(score: number, before: IncidentProgress): Evidence {
  return { result: score, weight: before.ended === 0 ? 4 : 2 }
}
