import { normalCdf } from './statistics.ts'

/** Scores run from 0 to 100; each group is normal with this spread, around 50 ± half of the distance. */
const spread = 10

export interface Threshold {
  recall: number
  /** Share of good cases that raise an alarm. */
  falseRate: number
  /** 1 when nothing raises an alarm. */
  precision: number
  alarms: number
  falseAlarms: number
  missed: number
  cost: number
}

export interface ThresholdSpec {
  threshold: number
  separation: number
  basePercent: number
  perDay: number
  missCost: number
  falseCost: number
}

/** Centres of the two groups. */
export function centres(separation: number): { good: number; real: number } {
  return { good: 50 - (separation * spread) / 2, real: 50 + (separation * spread) / 2 }
}

/**
 * Alarms at a threshold: recall and false alarm rate are the tails of the two groups; precision follows from the base rate
 * by Bayes' rule, π recall / (π recall + (1 - π) false rate). Cost = missed × cost of a miss + false alarms × cost of one.
 */
export function atThreshold({ threshold, separation, basePercent, perDay, missCost, falseCost }: ThresholdSpec): Threshold {
  const { good, real } = centres(separation)
  const base = basePercent / 100
  const recall = normalCdf((real - threshold) / spread)
  const falseRate = normalCdf((good - threshold) / spread)
  const caught = base * recall * perDay
  const falseAlarms = (1 - base) * falseRate * perDay
  const missed = base * (1 - recall) * perDay
  const alarms = caught + falseAlarms
  return { recall, falseRate, precision: alarms === 0 ? 1 : caught / alarms, alarms, falseAlarms, missed, cost: missed * missCost + falseAlarms * falseCost }
}

/**
 * The threshold with the least cost: where the likelihood ratio of the score equals (1 - π) × false cost / (π × miss
 * cost) (Neyman and Pearson's ratio with Bayes costs). For two normals of one spread that is one score.
 */
export function cheapestThreshold({ separation, basePercent, missCost, falseCost }: Omit<ThresholdSpec, 'threshold' | 'perDay'>): number {
  const base = basePercent / 100
  return 50 + (spread / separation) * Math.log(((1 - base) * falseCost) / (base * missCost))
}

/** Share of a group with about this score, for a picture. */
export function groupDensity(centre: number, score: number): number {
  const z = (score - centre) / spread
  return Math.exp(-0.5 * z * z)
}
