import { z } from 'zod'
import { count, positiveCount, positiveDuration, share } from '../../../topology/quantity.ts'
import { keysSchema } from '../../keys.ts'
import type { ChangeKind, PartKind, StepKind } from '../../part.ts'
import { policyFields } from '../../policy/schema.ts'
import { op } from '../../program/opcodes.ts'
import { Cache } from './cache.ts'
import { cacheSchema } from './schema.ts'
import type { CacheSpec } from './schema.ts'

const second = 1_000_000

function change<Arguments>(kind: ChangeKind<Cache, Arguments>): ChangeKind<Cache> {
  return kind as ChangeKind<Cache>
}

const getSchema = z.strictObject({ get: z.string(), key: keysSchema.optional(), miss: z.array(z.unknown()).default([]), ...policyFields })
/** A failure of the cache is a miss: programs go on without it, and everybody asks the database. */
const getStep: StepKind<z.output<typeof getSchema>> = {
  keyword: 'get',
  summary: 'get: product-cache with key, and miss: steps that fetch what is then stored. A cache that fails counts as a miss.',
  schema: getSchema,
  compile(step, compiler, path) {
    if (step.key !== undefined) compiler.keys(step.key)
    const { get, miss, ...policy } = step
    compiler.call(`${get} get`, { ...policy, optional: true }, [...path, 'get'])
    const jump = compiler.emit(op.unlessResult, 0)
    const over = compiler.emit(op.jump, 0)
    compiler.patch(jump + 1, compiler.position())
    compiler.steps(miss, [...path, 'miss'])
    if (miss.length > 0) compiler.call(`${get} set`, { ...policy, optional: true }, [...path, 'get'])
    compiler.patch(over + 1, compiler.position())
  },
}

const deleteSchema = z.strictObject({ delete: z.string(), key: keysSchema.optional(), ...policyFields })
const deleteStep: StepKind<z.output<typeof deleteSchema>> = {
  keyword: 'delete',
  summary: 'delete: product-cache throws the key of the request away.',
  schema: deleteSchema,
  compile(step, compiler, path) {
    if (step.key !== undefined) compiler.keys(step.key)
    compiler.call(`${step.delete} delete`, { ...step, optional: true }, [...path, 'delete'])
  },
}

const changes: readonly ChangeKind<Cache>[] = [
  change({
    name: 'flush',
    use: 'both',
    recordedAs: 'config',
    summary: 'Throws all keys away. Everything is then fetched anew, at once.',
    schema: z.strictObject({}),
    durationUs: () => 2 * second,
    apply: (cache) => `${cache.flush()} keys gone`,
  }),
  change({
    name: 'delete-key',
    use: 'action',
    summary: 'Throws one key away. Whoever asks for it next fetches it anew.',
    schema: z.strictObject({ key: count }),
    durationUs: () => second,
    apply: (cache, { key }) => (cache.deleteKey(key) ? `key ${key} gone` : `key ${key} was not there`),
  }),
  change({
    name: 'warm',
    use: 'action',
    summary: 'Fills the first keys from a script, without asking the database through the service.',
    schema: z.strictObject({ keys: positiveCount }),
    durationUs: ({ keys }) => 20 * second + keys * 200,
    apply(cache, { keys }) {
      cache.fillKeys(keys)
      return `${keys} keys filled`
    },
  }),
  change({
    name: 'configure',
    use: 'both',
    summary: 'Changes ttl, jitter, single-flight, size or shards. Keys that are there keep their expiry; those that belong to another shard are lost.',
    schema: z.strictObject({ ttl: positiveDuration.optional(), jitter: share.optional(), 'single-flight': z.boolean().optional(), size: positiveCount.optional(), shards: positiveCount.optional() }),
    durationUs: () => 20 * second,
    apply(cache, args) {
      const { settings } = cache
      const before = { ...settings }
      settings.ttlUs = args.ttl ?? settings.ttlUs
      settings.jitter = args.jitter ?? settings.jitter
      settings.singleFlight = args['single-flight'] ?? settings.singleFlight
      settings.size = args.size ?? settings.size
      const shards = cache.shards
      const lost = args.shards === undefined || args.shards === shards ? '' : `, shards ${shards} -> ${args.shards}, ${cache.reshard(args.shards)} keys lost`
      return `ttl ${before.ttlUs / 1e6} s -> ${settings.ttlUs / 1e6} s, jitter ${before.jitter} -> ${settings.jitter}, single-flight ${before.singleFlight} -> ${settings.singleFlight}, size ${before.size} -> ${settings.size}${lost}`
    },
  }),
  change({
    name: 'crash',
    use: 'fault',
    summary: 'The cache is gone for a time, and comes back empty.',
    schema: z.strictObject({ time: positiveDuration.default(30 * second) }),
    durationUs: () => 0,
    apply(cache, { time }) {
      cache.goDown(time)
      return `gone for ${time / 1e6} s`
    },
  }),
  change({
    name: 'slow',
    use: 'fault',
    summary: 'Operations take this many times longer on the thread of their shard.',
    schema: z.strictObject({ factor: z.number().positive().max(100_000) }),
    durationUs: () => 0,
    apply(cache, { factor }) {
      cache.settings.factor = factor
      return `operations take ${factor} times as long`
    },
    revert: (cache) => void (cache.settings.factor = 1),
  }),
]

/** Caches. */
export const cacheKind: PartKind<CacheSpec, Cache> = {
  kind: 'cache',
  section: 'caches',
  summary: 'A cache with times to live, eviction, shards and single flight.',
  schema: cacheSchema,
  build: (spec, name, { world }) => new Cache(world, name, spec),
  steps: [getStep as StepKind, deleteStep as StepKind],
  changes,
}
