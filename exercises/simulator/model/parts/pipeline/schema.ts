import { z } from 'zod'
import { distribution, duration, partName, positiveCount, positiveDuration, share } from '../../../topology/quantity.ts'

const stageSchema = z.strictObject({
  name: partName,
  /** Time of a run. */
  takes: distribution.prefault('30s'),
  /** What it does with columns that are not as it knows them: fail, or go on and leave them empty. */
  schema: z.enum(['strict', 'lenient']).default('strict'),
  /** Share of rows that it lets through. */
  keeps: share.default(1),
  /** Fails a run with fewer rows than this share of the usual, or with more empty values. */
  checks: z.strictObject({ 'least-rows': share.optional(), 'most-nulls': share.optional() }).prefault({}),
})

const modelSchema = z.strictObject({
  /** Share of rows that are what the model is to find, such as fraud. */
  positives: share.default(0.005),
  /** How far the scores of those are above the others', in standard deviations. */
  separation: z.number().min(0).max(20).default(4),
  /** Rows with a score above it are flagged, in standard deviations above the mean of the others. */
  threshold: z.number().min(-10).max(20).default(2.8),
  /** When it is known what a row really was. */
  'label-delay': duration.default(1_800_000_000),
})

export const pipelineSchema = z.strictObject({
  /** How often a batch begins. */
  every: positiveDuration.default(300_000_000),
  /** When the first batch begins. */
  first: duration.default(0),
  /** Rows of a batch. */
  rows: positiveCount.default(20_000),
  columns: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'a column is lower-case letters, digits and underscores.' })).min(1).max(32).refine((columns) => new Set(columns).size === columns.length, { error: 'must all be different.' }),
  stages: z.array(stageSchema).min(1).max(16).refine((stages) => new Set(stages.map(({ name }) => name)).size === stages.length, { error: 'must have different names.' }),
  /** A model that scores the rows which the last stage has loaded. */
  model: modelSchema.optional(),
})

/** A pipeline as its topology says; times in microseconds. */
export type PipelineSpec = z.output<typeof pipelineSchema>
export type PipelineModelSpec = z.output<typeof modelSchema>
