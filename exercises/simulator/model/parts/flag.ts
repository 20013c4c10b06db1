/** Feature flags: `if: flag new-pricing` in programs, `toggle` for people. */
import { z } from 'zod'
import { share } from '../../topology/quantity.ts'
import { BasePart } from '../part.ts'
import type { PartKind } from '../part.ts'
import type { Gauge } from '../../telemetry/index.ts'
import { mix32 } from '../../telemetry/trace-ids.ts'
import type { World } from '../world.ts'

const flagSchema = z.strictObject({
  /** Share of entities (by their key) for which it is on. */
  on: z.union([z.boolean().transform((on) => (on ? 1 : 0)), share]).default(0),
})
type FlagSpec = z.output<typeof flagSchema>

/** A flag, on for a share of keys: the same keys every time. */
export class Flag extends BasePart<{ readonly on: number }> {
  on: number
  private gauge: Gauge

  constructor(world: World, name: string, spec: FlagSpec) {
    super(world, name)
    this.on = spec.on
    this.gauge = this.makeGauge()
  }

  override step(call: number): boolean {
    const { calls } = this.world
    calls.result[call] = this.on >= 1 || (this.on > 0 && mix32(calls.key[call] as number) < this.on * 2 ** 32) ? 1 : 0
    return true
  }

  override measure(): void {
    this.gauge.set(this.on)
  }

  save(): { on: number } {
    return { on: this.on }
  }

  load(state: { on: number }): void {
    this.on = state.on
    this.gauge = this.makeGauge()
  }

  private makeGauge(): Gauge {
    return this.world.telemetry.target({ job: 'flags' }, 0).gauge('feature_flag_share', 'Share of requests for which the flag is on.', { flag: this.name })
  }
}

/** Feature flags. */
export const flagKind: PartKind<FlagSpec, Flag> = {
  kind: 'flag',
  section: 'flags',
  summary: 'A feature flag, on for a share of keys.',
  schema: flagSchema,
  build: (spec, name, { world }) => new Flag(world, name, spec),
  changes: [
    {
      name: 'toggle',
      use: 'both',
      recordedAs: 'flag',
      summary: 'Turns a flag on, off, or on for a share.',
      schema: flagSchema,
      durationUs: () => 10_000_000,
      apply(flag, args) {
        const { on } = args as FlagSpec
        const before = flag.on
        flag.on = on
        return { summary: `${before} -> ${on}`, before: { on: before }, after: { on } }
      },
    },
  ],
}
