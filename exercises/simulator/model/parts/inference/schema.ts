import { z } from 'zod'
import { count, distribution, duration, positiveCount, positiveDuration, rate, share, size } from '../../../topology/quantity.ts'

const gb = 2 ** 30

const tokensSchema = z.strictObject({
  /** Tokens of a request. */
  prompt: z.strictObject({ mean: positiveCount, cv: z.number().min(0).max(5).default(0.5) }),
  /** Tokens of its answer. */
  output: z.strictObject({ mean: positiveCount, cv: z.number().min(0).max(5).default(0.6) }),
  /** Prompt tokens that one GPU reads in a second. */
  prefill: rate.prefault('8k/s'),
  /** One step makes one token for every sequence. */
  step: z.strictObject({ base: positiveDuration.default(15_000), 'per-sequence': duration.default(400) }).prefault({}),
  /** Sequences that run at once on one GPU. */
  sequences: positiveCount.default(64),
  /** Tokens, of prompts and answers, that the GPU's cache holds. */
  cache: positiveCount.default(120_000),
})

export const modelSchema = z.strictObject({
  replicas: positiveCount.refine((replicas) => replicas <= 64, { error: 'must be at most 64.' }).default(1),
  version: z.string().default('v1'),
  /** Processes of one replica that prepare inputs on the CPU, each for one request at a time. */
  'cpu-workers': positiveCount.default(2),
  /** Cores of one replica; of its workers no more than that work at any moment. Default: one for each worker. */
  cores: positiveCount.optional(),
  /** CPU work for one request before it can go to the GPU. */
  preprocess: distribution.prefault('2ms'),
  /** Kinds of inputs that callers send (`call: classifier original`), by how many times longer they take to prepare. */
  inputs: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'a kind of input is lower-case letters, digits and dashes.' }), z.number().positive().max(1000)).default({}),
  batch: z.strictObject({ max: positiveCount.default(8), wait: duration.default(5_000) }).prefault({}),
  /** GPU time of a batch of n: base + n * per-item. */
  'batch-time': z.strictObject({ base: duration.default(10_000), 'per-item': positiveDuration.default(2_000) }).prefault({}),
  memory: z.strictObject({ total: size.default(24 * gb), weights: size.default(6 * gb), 'per-item': size.default(256 * 2 ** 20) }).prefault({}),
  /** Requests of one replica that wait; one more is refused. */
  queue: count.default(1000),
  /** From the start of a replica until its weights are loaded. */
  start: distribution.prefault('45s'),
  /** A model that writes text: requests have tokens, and batches are made anew at every token. */
  tokens: tokensSchema.optional(),
  /** Share of answers that a check of their content flags. */
  flagged: share.default(0),
})

/** A model server as its topology says; times in microseconds, sizes in bytes. */
export type ModelSpec = z.output<typeof modelSchema>
export type TokenSpec = z.output<typeof tokensSchema>
