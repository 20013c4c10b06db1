/** Rate limiters: `limit: api-limiter` in programs answers 429 when there are no tokens left. */
import { z } from 'zod'
import { positiveCount, positiveDuration, rate } from '../../topology/quantity.ts'
import type { Counter } from '../../telemetry/index.ts'
import { action, either } from '../change-kind.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { BuildContext, PartKind, StepKind } from '../part.ts'
import { didYouMean } from '../suggest.ts'
import { TokenBucket } from '../token-bucket.ts'
import { WindowCounter } from '../window-counter.ts'
import type { World } from '../world.ts'
import { Cache } from './cache/cache.ts'
import { RefusalLog } from './refusal-log.ts'

const perSchema = z.string().regex(/^(all|key|attribute \S+)$/, { error: 'must be all, key, or attribute NAME for an attribute of users.' })
const limiterSchema = z.strictObject({
  rate,
  /** Tokens that may be saved up; of token buckets. */
  burst: positiveCount.optional(),
  by: z.enum(['token-bucket', 'sliding-window', 'fixed-window']).default('token-bucket'),
  /** Over which windows count. */
  window: positiveDuration.default(60_000_000),
  /** One limit for all, one for each key of requests, or one for each value of an attribute of users. */
  per: perSchema.default('all'),
  /** Attribute of users by which requests are shown in metrics. */
  label: z.string().regex(/^[a-zA-Z_]\w*$/, { error: 'is an attribute that can be a label: letters, digits, _.' }).optional(),
  /** Cache that keeps the counts. Emptying it begins all limits anew; while it is down everything passes. */
  store: z.string().optional(),
})
type LimiterSpec = z.output<typeof limiterSchema>

interface LimiterState {
  readonly rate: number
  readonly per: string
  readonly buckets: ReadonlyMap<number, readonly number[]>
}

/** A limit of requests in front of a service. One limit for all is unfair: who asks most gets most. */
export class Limiter extends BasePart<LimiterState> {
  readonly spec: LimiterSpec
  rate: number
  per: string
  private buckets = new Map<number, TokenBucket | WindowCounter>()
  /** By value of the attribute that is shown, allowed and limited. */
  private counters: (Counter | undefined)[] = []
  private readonly refusals: RefusalLog
  private store: Cache | null = null

  constructor(world: World, name: string, spec: LimiterSpec) {
    super(world, name)
    this.spec = spec
    this.rate = spec.rate
    this.per = spec.per
    this.refusals = new RefusalLog(world, name)
  }

  /** Second pass: the cache that keeps the counts. */
  keepIn(store: Cache): void {
    this.store = store
    store.onEmptied(() => void this.forget(null))
  }

  get clock(): World {
    return this.world
  }

  override step(call: number): boolean {
    const { calls, nowUs, parts } = this.world
    const key = this.keyOf(call)
    const isAllowed = this.store?.settings.down === true || this.bucket(key).take(nowUs)
    this.counter(call, isAllowed).add(1)
    if (isAllowed) return true
    this.refusals.write(call, this.nameOf(key))
    calls.causePart[call] = this.index
    calls.cause[call] = outcomeCode.limited
    parts[calls.callee[call] as number]?.resume(call, outcomeCode.limited)
    return false
  }

  /** Changes the rate of all limits. */
  setRate(perSecond: number): void {
    this.rate = perSecond
    for (const bucket of this.buckets.values()) {
      bucket.rate = perSecond
      if (bucket instanceof TokenBucket) bucket.burst = this.burst
    }
  }

  /** Changes what has a limit of its own. All begin anew. */
  setPer(per: string): void {
    this.per = per
    this.buckets = new Map()
  }

  /** Begins one limit anew by the name of what it is of, or all. Returns how many. */
  forget(name: string | null): number {
    const keys = [...this.buckets.keys()].filter((key) => name === null || this.nameOf(key) === name)
    for (const key of keys) this.buckets.delete(key)
    return keys.length
  }

  /** What a limit of its own is of: a value of an attribute, a key, or `all`. */
  nameOf(key: number): string {
    if (this.per === 'all') return 'all'
    if (this.per === 'key') return String(key)
    const { attributes } = this.world
    return attributes.word(attributes.names.indexOf(attributeIn(this.per) ?? ''), key)
  }

  save(): LimiterState {
    return { rate: this.rate, per: this.per, buckets: new Map([...this.buckets].map(([key, bucket]) => [key, bucket.save()])) }
  }

  load(state: LimiterState): void {
    this.rate = state.rate
    this.per = state.per
    this.buckets = new Map()
    for (const [key, saved] of state.buckets) this.bucket(key).load(saved)
    this.counters = []
    this.refusals.clear()
  }

  private get burst(): number {
    return this.spec.burst ?? Math.max(1, this.rate)
  }

  private keyOf(call: number): number {
    const { calls, attributes } = this.world
    if (this.per === 'all') return 0
    if (this.per === 'key') return calls.key[call] as number
    return valueOf(calls.attributes[call] as number, attributes.names.indexOf(attributeIn(this.per) ?? ''))
  }

  private bucket(key: number): TokenBucket | WindowCounter {
    let bucket = this.buckets.get(key)
    if (bucket === undefined) {
      const { by, window } = this.spec
      bucket = by === 'token-bucket' ? new TokenBucket(this.rate, this.burst) : new WindowCounter(this.rate, window, by === 'sliding-window')
      this.buckets.set(key, bucket)
    }
    return bucket
  }

  private counter(call: number, isAllowed: boolean): Counter {
    const { attributes, calls, telemetry } = this.world
    const { label } = this.spec
    const index = label === undefined ? -1 : attributes.names.indexOf(label)
    const value = valueOf(calls.attributes[call] as number, index)
    const slot = value * 2 + (isAllowed ? 1 : 0)
    const known = this.counters[slot]
    if (known !== undefined) return known
    const made = telemetry
      .target({ job: this.name }, 0)
      .counter('rate_limiter_requests_total', 'Requests that came to the limiter.', { result: isAllowed ? 'allowed' : 'limited', ...(label === undefined ? {} : { [label]: attributes.word(index, value) }) })
    this.counters[slot] = made
    return made
  }
}

/** Number of the value of an attribute; 0 when the request has none. */
function valueOf(packed: number, attribute: number): number {
  return attribute < 0 ? 0 : (packed >>> (8 * attribute)) & 0xff
}

const limitSchema = z.strictObject({ limit: z.string() })
const limitStep: StepKind<z.output<typeof limitSchema>> = {
  keyword: 'limit',
  summary: 'limit: api-limiter answers 429 when the limiter has no tokens left.',
  schema: limitSchema,
  compile(step, compiler, path) {
    const part = compiler.part(step.limit, [...path, 'limit'])
    if (part instanceof Limiter) compiler.partStep(part, 0, 0)
    else if (part !== null) compiler.problem([...path, 'limit'], `"${part.name}" is not under limiters.`)
  },
}

/** Why an attribute cannot be told apart; null when it can. */
function unknownAttribute(world: World, name: string | undefined): string | null {
  const { names } = world.attributes
  return name === undefined || names.includes(name) ? null : `No client gives its users an attribute "${name}".${didYouMean(name, names)}`
}

const attributeIn = (per: string): string | undefined => (per.startsWith('attribute ') ? per.slice('attribute '.length) : undefined)

function connect(limiter: Limiter, spec: LimiterSpec, { world, problem }: BuildContext): void {
  const store = spec.store === undefined ? null : world.part(spec.store)
  if (store instanceof Cache) limiter.keepIn(store)
  else if (store !== null) problem(['store'], `There is no cache "${spec.store ?? ''}".${didYouMean(spec.store ?? '', world.partNames())}`)
  const per = unknownAttribute(world, attributeIn(spec.per))
  if (per !== null) problem(['per'], per)
  const label = unknownAttribute(world, spec.label)
  if (label !== null) problem(['label'], label)
}

/** Rate limiters. */
export const limiterKind: PartKind<LimiterSpec, Limiter> = {
  kind: 'limiter',
  section: 'limiters',
  summary: 'A limit of requests: for all together, for each key, or for each value of an attribute of users.',
  schema: limiterSchema,
  build: (spec, name, { world }) => new Limiter(world, name, spec),
  connect,
  steps: [limitStep as StepKind],
  changes: [
    either<Limiter, { rate: number }>({
      name: 'set-rate',
      recordedAs: 'config',
      summary: 'Changes the rate of the limiter.',
      schema: z.strictObject({ rate }),
      durationUs: () => 15_000_000,
      apply(limiter, args) {
        const before = limiter.rate
        limiter.setRate(args.rate)
        return { summary: `rate ${before}/s -> ${limiter.rate}/s`, before: { ratePerSecond: before }, after: { ratePerSecond: limiter.rate } }
      },
    }),
    either<Limiter, { per: string }>({
      name: 'limit-per',
      recordedAs: 'config',
      summary: 'Changes what has a limit of its own: all, key, or attribute NAME.',
      schema: z.strictObject({ per: perSchema }),
      durationUs: () => 30_000_000,
      refuse: (limiter, { per }) => unknownAttribute(limiter.clock, attributeIn(per)),
      apply(limiter, { per }) {
        const before = limiter.per
        limiter.setPer(per)
        return { summary: `per ${before} -> ${per}`, before: { per: before }, after: { per } }
      },
    }),
    action<Limiter, { of?: string | undefined }>({
      name: 'forget',
      summary: 'Forgets what was counted, so that limits begin anew: one (of: 203.0.113.8), or all.',
      schema: z.strictObject({ of: z.string().optional() }),
      durationUs: () => 2_000_000,
      apply: (limiter, { of }) => `${limiter.forget(of ?? null)} limits begin anew`,
    }),
  ],
}
