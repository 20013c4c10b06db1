/** Signed tokens with a lifetime: `verify-token: sessions` in programs answers 401 when the clocks of issuer and verifier say so. */
import { z } from 'zod'
import type { RandomStream } from '../../engine/index.ts'
import type { Counter } from '../../telemetry/index.ts'
import { duration, positiveDuration } from '../../topology/quantity.ts'
import { action } from '../change-kind.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { PartKind, StepKind } from '../part.ts'
import { didYouMean } from '../suggest.ts'
import type { World } from '../world.ts'
import { ClockTable } from './clocks/clock-table.ts'

const tokensSchema = z.strictObject({
  /** Part that issues them, whose clock dates them. */
  issuer: z.string(),
  lifetime: positiveDuration.default(300_000_000),
  /** Users get a new one when theirs is this old. */
  refresh: positiveDuration.default(240_000_000),
  /** Difference of clocks that a verifier forgives. */
  leeway: duration.default(0),
})
type TokensSpec = z.output<typeof tokensSchema>

const results = ['ok', 'expired', 'not-yet-valid'] as const
const second = 1_000_000

/** Tokens of users: each request brings one of an age that is as likely as any other up to its refresh. */
export class Tokens extends BasePart<{ readonly leewayUs: number }> {
  leewayUs: number
  readonly spec: TokensSpec
  private readonly ages: RandomStream
  private counters: Counter[]
  private clocks: ClockTable | null = null
  private issuer = -1

  constructor(world: World, name: string, spec: TokensSpec) {
    super(world, name)
    this.spec = spec
    this.leewayUs = spec.leeway
    this.ages = world.stream(`${name}/ages`)
    this.counters = this.makeCounters()
  }

  /** Second pass. */
  use(clocks: ClockTable, issuer: number): void {
    this.clocks = clocks
    this.issuer = issuer
  }

  override step(call: number): boolean {
    const { calls, parts } = this.world
    const verifier = calls.callee[call] as number
    const replica = calls.replica[call] as number
    const skewUs = (this.clocks?.offsetUs(verifier, replica) ?? 0) - (this.clocks?.offsetUs(this.issuer, 0) ?? 0)
    const ageUs = this.ages.uniform() * this.spec.refresh + skewUs
    const result = ageUs > this.spec.lifetime + this.leewayUs ? 1 : ageUs < -this.leewayUs ? 2 : 0
    this.counters[result]?.add(1)
    if (result === 0) return true
    const { telemetry, nowUs } = this.world
    const template = telemetry.logTemplate({
      labels: { service: parts[verifier]?.name ?? '' },
      level: 'warn',
      message: result === 1 ? 'JWT rejected: token is expired by {by_ms} ms' : 'JWT rejected: token used before issued, iat is {by_ms} ms ahead of local clock',
      fields: [{ name: 'by_ms', kind: 'milliseconds' }, { name: 'tokens', kind: 'text' }],
    })
    template.write(nowUs, calls.traceHi[call] as number, calls.traceLo[call] as number, calls.span[call] as number, Math.round(result === 1 ? ageUs - this.spec.lifetime : -ageUs), telemetry.intern(this.name))
    calls.causePart[call] = this.index
    calls.cause[call] = outcomeCode.unauthorized
    parts[verifier]?.resume(call, outcomeCode.unauthorized)
    return false
  }

  save(): { leewayUs: number } {
    return { leewayUs: this.leewayUs }
  }

  load(state: { leewayUs: number }): void {
    this.leewayUs = state.leewayUs
    this.counters = this.makeCounters()
  }

  private makeCounters(): Counter[] {
    return results.map((result) => this.world.telemetry.target({ job: this.name }, 0).counter('token_verifications_total', 'Tokens that were verified.', { result }))
  }
}

const verifySchema = z.strictObject({ 'verify-token': z.string() })
const verifyStep: StepKind<z.output<typeof verifySchema>> = {
  keyword: 'verify-token',
  summary: 'verify-token: sessions answers 401 when the token of the request is not valid by the clock of this replica.',
  schema: verifySchema,
  compile(step, compiler, path) {
    const part = compiler.part(step['verify-token'], [...path, 'verify-token'])
    if (part instanceof Tokens) compiler.partStep(part, 0, 0)
    else if (part !== null) compiler.problem([...path, 'verify-token'], `"${part.name}" is not under tokens.`)
  },
}

/** Tokens with a lifetime. */
export const tokensKind: PartKind<TokensSpec, Tokens> = {
  kind: 'tokens',
  section: 'tokens',
  summary: 'Signed tokens with a lifetime, dated by the clock of their issuer.',
  schema: tokensSchema,
  build: (spec, name, { world }) => new Tokens(world, name, spec),
  connect(tokens, spec, { world, problem }) {
    const issuer = world.part(spec.issuer)
    if (issuer === undefined) problem(['issuer'], `There is no part "${spec.issuer}".${didYouMean(spec.issuer, world.partNames())}`)
    if (spec.refresh > spec.lifetime) problem(['refresh'], 'Users must get a new token before theirs has expired.')
    tokens.use(new ClockTable(world), issuer?.index ?? -1)
  },
  steps: [verifyStep as StepKind],
  changes: [
    action<Tokens, { leeway: number }>({
      name: 'set-leeway',
      summary: 'Changes how much difference of clocks verifiers forgive.',
      schema: z.strictObject({ leeway: duration }),
      durationUs: () => 60 * second,
      apply(tokens, { leeway }) {
        const before = tokens.leewayUs
        tokens.leewayUs = leeway
        return `leeway ${before / 1e6} s -> ${leeway / 1e6} s`
      },
    }),
  ],
}
