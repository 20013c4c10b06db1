/** Rate limiters: `limit: api-limiter` in programs answers 429 when there are no tokens left. */
import { z } from 'zod'
import { positiveCount, rate } from '../../topology/quantity.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { PartKind, StepKind } from '../part.ts'
import type { Counter } from '../../telemetry/index.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { World } from '../world.ts'

const limiterSchema = z.strictObject({
  rate,
  burst: positiveCount.optional(),
  /** One bucket for all, or one for each key of a request. */
  per: z.enum(['all', 'key']).default('all'),
})
type LimiterSpec = z.output<typeof limiterSchema>

interface LimiterState {
  readonly rate: number
  readonly buckets: ReadonlyMap<number, readonly number[]>
}

/** Token buckets in front of a service. */
export class Limiter extends BasePart<LimiterState> {
  rate: number
  private readonly spec: LimiterSpec
  private buckets = new Map<number, TokenBucket>()
  private allowed: Counter
  private refused: Counter

  constructor(world: World, name: string, spec: LimiterSpec) {
    super(world, name)
    this.spec = spec
    this.rate = spec.rate
    this.allowed = this.counter('allowed')
    this.refused = this.counter('limited')
  }

  override step(call: number): boolean {
    const { calls, nowUs, parts } = this.world
    if (this.bucket(this.spec.per === 'key' ? (calls.key[call] as number) : 0).take(nowUs)) {
      this.allowed.add(1)
      return true
    }
    this.refused.add(1)
    calls.causePart[call] = this.index
    calls.cause[call] = outcomeCode.limited
    parts[calls.callee[call] as number]?.resume(call, outcomeCode.limited)
    return false
  }

  /** Changes the rate of all buckets. */
  setRate(rate: number): void {
    this.rate = rate
    for (const bucket of this.buckets.values()) {
      bucket.rate = rate
      bucket.burst = this.burst
    }
  }

  save(): LimiterState {
    return { rate: this.rate, buckets: new Map([...this.buckets].map(([key, bucket]) => [key, bucket.save()])) }
  }

  load(state: LimiterState): void {
    this.rate = state.rate
    this.buckets = new Map()
    for (const [key, saved] of state.buckets) this.bucket(key).load(saved)
    this.allowed = this.counter('allowed')
    this.refused = this.counter('limited')
  }

  private get burst(): number {
    return this.spec.burst ?? Math.max(1, this.rate)
  }

  private bucket(key: number): TokenBucket {
    let bucket = this.buckets.get(key)
    if (bucket === undefined) this.buckets.set(key, (bucket = new TokenBucket(this.rate, this.burst)))
    return bucket
  }

  private counter(result: string): Counter {
    return this.world.telemetry.target({ job: this.name }, 0).counter('rate_limiter_requests_total', 'Requests that came to the limiter.', { result })
  }
}

const limitSchema = z.strictObject({ limit: z.string() })
const limitStep: StepKind<z.output<typeof limitSchema>> = {
  keyword: 'limit',
  summary: 'limit: api-limiter answers 429 when the limiter has no tokens left.',
  schema: limitSchema,
  compile(step, compiler, path) {
    const part = compiler.part(step.limit, [...path, 'limit'])
    if (part !== null) compiler.partStep(part, 0, 0)
  },
}

/** Rate limiters. */
export const limiterKind: PartKind<LimiterSpec, Limiter> = {
  kind: 'limiter',
  section: 'limiters',
  summary: 'A token bucket, for all requests or for each key.',
  schema: limiterSchema,
  build: (spec, name, { world }) => new Limiter(world, name, spec),
  steps: [limitStep as StepKind],
  changes: [
    {
      name: 'set-rate',
      use: 'both',
      summary: 'Changes the rate of the limiter.',
      schema: z.strictObject({ rate }),
      durationUs: () => 15_000_000,
      apply(limiter, args) {
        const before = limiter.rate
        limiter.setRate((args as { rate: number }).rate)
        return `rate ${before}/s -> ${limiter.rate}/s`
      },
    },
  ],
}
