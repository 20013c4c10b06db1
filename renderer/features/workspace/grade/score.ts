/** The score as it is kept and as it is said. */
import { earnedPoints } from '../../../../exercises/core/grade.ts'
import type { Grade } from '../../../../exercises/core/grade.ts'

export interface Score {
  /** Points of passed checks, of all points. */
  earned: number
  points: number
  /** Cost of the hints shown, 0..1. */
  hintCost: number
  /** 0..1: what counts. */
  final: number
}

/** Rounds away binary dust such as 0.1 + 0.2. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6

/** Score of a grade less the hints shown, never below 0. */
export function scoreOf(grade: Grade, hintCosts: readonly number[]): Score {
  const hintCost = tidy(hintCosts.reduce((sum, cost) => sum + cost, 0))
  const earned = tidy(grade.checks.reduce((sum, check) => sum + earnedPoints(check), 0))
  const points = grade.checks.reduce((sum, check) => sum + check.points, 0)
  return { earned, points, hintCost, final: Math.max(0, tidy(grade.score - hintCost)) }
}

/** "70%", "66.7%". */
export function percent(share: number): string {
  const value = Math.round(share * 1_000) / 10
  return `${value.toString()}%`
}

/** The sum in full: "4 of 5 points = 80%, less 10% for hints = 70%". */
export function arithmetic(score: Score): string {
  const base = score.points > 0 ? score.earned / score.points : 0
  const start = `${score.earned.toString()} of ${score.points.toString()} points = ${percent(base)}`
  if (score.hintCost === 0) return start
  return `${start}, less ${percent(score.hintCost)} for hints = ${percent(score.final)}`
}
