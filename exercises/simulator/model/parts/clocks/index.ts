import { z } from 'zod'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Clock } from './clock.ts'
import { clockSchema, signedDuration } from './schema.ts'
import type { ClockSpec } from './schema.ts'

const second = 1_000_000

const changes: readonly ChangeKind<Clock>[] = [
  fault<Clock, { offset: number }>({
    name: 'skew',
    summary: 'The clock jumps (offset: 5s, offset: -5s) and is synchronised no more, as after a resumed virtual machine without a time service.',
    schema: z.strictObject({ offset: signedDuration }),
    apply(clock, { offset }) {
      clock.isSynced = false
      clock.jump(offset)
      clock.discipline()
      return `the clock is ${clock.offsetUs() / 1e6} s ahead`
    },
    revert(clock) {
      clock.isSynced = true
      clock.discipline()
    },
  }),
  fault<Clock, { ppm: number }>({
    name: 'drift',
    summary: 'Synchronisation is lost and the clock runs fast by parts per million; below 0: slow.',
    schema: z.strictObject({ ppm: z.number().min(-100_000).max(100_000) }),
    apply(clock, { ppm }) {
      clock.isSynced = false
      clock.drift = ppm
      clock.discipline()
      return `the clock drifts by ${ppm} ppm`
    },
    revert(clock) {
      clock.isSynced = true
      clock.drift = clock.spec.drift
      clock.discipline()
    },
  }),
  fault<Clock, { offset: number }>({
    name: 'ntp-step',
    summary: 'The time source is wrong by this much, and the clock follows it.',
    schema: z.strictObject({ offset: signedDuration }),
    apply(clock, { offset }) {
      clock.sourceUs = offset
      clock.isSynced = true
      clock.jump(offset - clock.offsetUs())
      clock.discipline()
      return `the time source is wrong by ${offset / 1e6} s`
    },
    revert(clock) {
      clock.sourceUs = 0
      clock.discipline()
    },
  }),
  action<Clock, { slew: boolean }>({
    name: 'pin-clocks',
    summary: 'Synchronises the clock with a source that is right: at once, or bit by bit and never backwards with slew: true.',
    schema: z.strictObject({ slew: z.boolean().default(false) }),
    durationUs: () => 30 * second,
    apply(clock, { slew }) {
      const before = clock.offsetUs()
      clock.sourceUs = 0
      clock.isSynced = true
      clock.drift = clock.spec.drift
      if (!slew) clock.jump(-before)
      clock.discipline()
      return `offset ${before / 1e6} s -> ${slew ? 'slewing' : '0 s'}`
    },
  }),
]

function connect(_clock: Clock, spec: ClockSpec, { world, problem }: BuildContext): void {
  for (const name of spec.of) if (world.part(name) === undefined) problem(['of'], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
}

/** Clocks of nodes. */
export const clockKind: PartKind<ClockSpec, Clock> = {
  kind: 'clock',
  section: 'clocks',
  summary: 'The clock of nodes: offset, drift, synchronisation.',
  schema: clockSchema,
  build: (spec, name, { world }) => new Clock(world, name, spec),
  connect,
  changes,
}
