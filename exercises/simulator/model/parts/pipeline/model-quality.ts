import type { RandomStream } from '../../../engine/index.ts'
import { binomial, driftAt, normalBelow } from './drift.ts'
import type { Drift } from './drift.ts'
import type { PipelineModelSpec } from './schema.ts'

/** What a version of the model was trained on. Plain data. */
export interface TrainedModel {
  readonly version: number
  /** Shift of each column in its training data, in standard deviations. */
  readonly shifts: Readonly<Record<string, number>>
  /** How far what it looks for had changed in its training data. */
  readonly concept: number
}

/** What the model said of a batch, and what was true. */
export interface Verdicts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** State of the data that a batch brings. */
export interface BatchData {
  readonly rows: number
  readonly atUs: number
  /** Share of empty values, by column. */
  readonly nulls: Readonly<Record<string, number>>
}

/**
 * Scores a batch. Each column has the same weight, so that scores of ordinary rows are standard normal and those of what
 * is looked for lie `separation` above: both move with the drift of the inputs that the model has not seen, and the
 * latter also with a change of what they mean. Empty values are read as 0 and tell nothing.
 */
export function score(stream: RandomStream, spec: PipelineModelSpec, columns: readonly string[], trained: TrainedModel, drifts: readonly Drift[], batch: BatchData, threshold: number): Verdicts {
  const weight = 1 / Math.sqrt(columns.length)
  let shift = 0
  let full = 0
  for (const column of columns) {
    const kept = 1 - (batch.nulls[column] ?? 0)
    shift += kept * weight * (driftAt(drifts, column, batch.atUs) - (trained.shifts[column] ?? 0))
    full += kept / columns.length
  }
  const deviation = Math.max(1e-6, Math.sqrt(full))
  const concept = driftAt(drifts, null, batch.atUs) - trained.concept
  const mean = (spec.separation - concept) * full + shift
  const positives = binomial(stream, batch.rows, spec.positives)
  const truePositives = binomial(stream, positives, 1 - normalBelow((threshold - mean) / deviation))
  const falsePositives = binomial(stream, batch.rows - positives, 1 - normalBelow((threshold - shift) / deviation))
  return { truePositives, falsePositives, falseNegatives: positives - truePositives, trueNegatives: batch.rows - positives - falsePositives }
}
