/** External dependencies: somebody else's service, of which one sees only what its callers see. */
import { z } from 'zod'
import { Sampler } from '../../engine/index.ts'
import type { RandomStream } from '../../engine/index.ts'
import { distribution, rate, share } from '../../topology/quantity.ts'
import { stage } from '../calls.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { ChangeKind, PartKind } from '../part.ts'
import type { Counter } from '../../telemetry/index.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { World } from '../world.ts'

const externalSchema = z.strictObject({
  latency: distribution.prefault('lognormal(p50 40ms, p99 300ms)'),
  errors: share.default(0),
  /** Requests a second before it answers 429. */
  limit: rate.optional(),
  /** Latencies of operations that differ. */
  operations: z.record(z.string(), distribution).default({}),
  /** Operations that do something, such as charging a card: each time that they are asked (always), or once for the key of a request, whose further requests get the first answer (once). */
  effects: z.record(z.string(), z.enum(['always', 'once'])).default({}),
  /** Operations that ask whether something has been done for the key: their result is false while it has not. */
  lookups: z.array(z.string()).default([]),
})
type ExternalSpec = z.output<typeof externalSchema>

interface ExternalState {
  readonly factor: number
  readonly errors: number
  readonly mode: 'up' | 'refuses' | 'hangs'
  readonly bucket: readonly number[]
  /** Keys for which something has been done. */
  readonly done: readonly number[]
}

/** Answers after a time of its distribution, as long as it is well. */
export class External extends BasePart<ExternalState> {
  factor = 1
  errors: number
  mode: ExternalState['mode'] = 'up'
  readonly spec: ExternalSpec
  readonly bucket: TokenBucket
  private done = new Set<number>()
  private effects: Record<'first' | 'again', Counter> | null = null
  private readonly names: string[]
  private readonly latencies: Sampler[]
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly failures: RandomStream

  constructor(world: World, name: string, spec: ExternalSpec) {
    super(world, name)
    this.spec = spec
    this.errors = spec.errors
    const limit = spec.limit ?? Number.POSITIVE_INFINITY
    this.bucket = new TokenBucket(limit, spec.limit === undefined ? 1 : Math.max(1, limit))
    this.names = Object.keys(spec.operations)
    this.latencies = Object.values(spec.operations).map((operation) => new Sampler(operation))
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.failures = world.stream(`${name}/failures`)
    this.effects = this.makeEffects()
  }

  override arrive(call: number): void {
    const { calls, nowUs, wire } = this.world
    if (this.mode === 'refuses') wire.finish(call, outcomeCode.refused)
    else if (!this.bucket.take(nowUs)) wire.finish(call, outcomeCode.limited)
    else {
      calls.wait(call, stage.part)
      // What hangs never answers: its caller's timeout ends it, or nothing does.
      calls.value[call] = this.mode === 'hangs' ? 1 : 0
      if (this.mode === 'hangs') return
      const sampler = this.latencies[calls.operation[call] as number] ?? this.latency
      this.world.schedule(Math.round(sampler.sampleUs(this.times) * this.factor), this.index, 0, call)
    }
  }

  override handle(_kind: number, call: number): void {
    const failed = this.errors > 0 && this.failures.chance(this.errors)
    if (!failed) this.take(call)
    this.world.wire.finish(call, failed ? outcomeCode.error : outcomeCode.ok)
  }

  /** Does what was asked, whether or not the caller still waits for the answer. */
  private take(call: number): void {
    const { calls } = this.world
    const name = this.names[calls.operation[call] as number] ?? ''
    const key = calls.key[call] as number
    calls.result[call] = this.spec.lookups.includes(name) && !this.done.has(key) ? 0 : 1
    const effect = this.spec.effects[name]
    if (effect === undefined || (effect === 'once' && this.done.has(key))) return
    this.effects?.[this.done.has(key) ? 'again' : 'first'].add(1)
    this.done.add(key)
  }

  /** What it reports of what it did, if it does anything. */
  private makeEffects(): External['effects'] {
    if (Object.keys(this.spec.effects).length === 0) return null
    const target = this.world.telemetry.target({ job: this.name, service: this.name }, 0)
    const counter = (result: string): Counter => target.counter('external_effects_total', 'What was done for keys, for the first time or again, as the provider reports it.', { result })
    return { first: counter('first'), again: counter('again') }
  }

  override abandoned(call: number): void {
    if (this.world.calls.value[call] === 1) this.world.wire.finish(call, outcomeCode.cancelled)
  }

  /** Any name will do: what others offer is not in the topology. */
  override operation(name: string): number {
    const known = this.names.indexOf(name)
    return known >= 0 ? known : this.names.push(name) - 1
  }

  save(): ExternalState {
    return { factor: this.factor, errors: this.errors, mode: this.mode, bucket: this.bucket.save(), done: [...this.done] }
  }

  load(state: ExternalState): void {
    this.factor = state.factor
    this.errors = state.errors
    this.mode = state.mode
    this.bucket.load(state.bucket)
    this.done = new Set(state.done)
    this.effects = this.makeEffects()
  }
}

function change<Arguments>(kind: Omit<ChangeKind<External, Arguments>, 'durationUs' | 'use'>): ChangeKind<External> {
  return { use: 'fault', durationUs: () => 0, ...kind } as ChangeKind<External>
}

/** Somebody else's service. */
export const externalKind: PartKind<ExternalSpec, External> = {
  kind: 'external',
  section: 'externals',
  summary: "Somebody else's service: latency, errors and a limit of requests.",
  schema: externalSchema,
  build: (spec, name, { world }) => new External(world, name, spec),
  changes: [
    change({
      name: 'slow',
      summary: 'Answers take this many times longer.',
      schema: z.strictObject({ factor: z.number().positive().max(10_000) }),
      apply(external, { factor }) {
        external.factor = factor
        return `answers take ${factor} times as long`
      },
      revert: (external) => void (external.factor = 1),
    }),
    change({
      name: 'errors',
      summary: 'Answers 500 for a share of requests.',
      schema: z.strictObject({ share }),
      apply(external, args) {
        external.errors = args.share
        return `${args.share * 100}% of requests fail`
      },
      revert: (external) => void (external.errors = external.spec.errors),
    }),
    change({
      name: 'down',
      summary: 'Refuses connections, or takes them and never answers with hangs: true.',
      schema: z.strictObject({ hangs: z.boolean().default(false) }),
      apply(external, { hangs }) {
        external.mode = hangs ? 'hangs' : 'refuses'
        return hangs ? 'takes requests and never answers' : 'refuses connections'
      },
      revert: (external) => void (external.mode = 'up'),
    }),
    change({
      name: 'limit',
      summary: 'Answers 429 above this rate.',
      schema: z.strictObject({ rate }),
      apply(external, args) {
        external.bucket.rate = args.rate
        external.bucket.burst = Math.max(1, args.rate)
        return `at most ${args.rate} requests a second`
      },
      revert: (external) => void (external.bucket.rate = external.spec.limit ?? Number.POSITIVE_INFINITY),
    }),
  ],
}
