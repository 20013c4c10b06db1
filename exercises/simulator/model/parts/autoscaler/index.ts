import { z } from 'zod'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Service } from '../service/service.ts'
import { Autoscaler } from './autoscaler.ts'
import { autoscalerSchema, settingFields } from './schema.ts'
import type { AutoscalerSpec } from './schema.ts'

const second = 1_000_000
const settingsSchema = z.strictObject(settingFields)

const changes: readonly ChangeKind<Autoscaler>[] = [
  action<Autoscaler, z.output<typeof settingsSchema>>({
    name: 'configure',
    recordedAs: 'config',
    summary: 'Changes min, max, target, stabilise-up or stabilise-down.',
    schema: settingsSchema,
    durationUs: () => 10 * second,
    refuse: ({ settings }, { min = settings.min, max = settings.max }) => (min > max ? `min ${min} must not be above max ${max}.` : null),
    apply(autoscaler, args) {
      const { settings } = autoscaler
      const show = (): Record<string, number> => ({ min: settings.min, max: settings.max, target: settings.target, stabiliseUpSeconds: settings.upUs / 1e6, stabiliseDownSeconds: settings.downUs / 1e6 })
      const before = show()
      settings.min = args.min ?? settings.min
      settings.max = args.max ?? settings.max
      settings.target = args.target ?? settings.target
      settings.upUs = args['stabilise-up'] ?? settings.upUs
      settings.downUs = args['stabilise-down'] ?? settings.downUs
      return { summary: `pods ${settings.min} to ${settings.max}, target ${Math.round(settings.target * 100)}%`, before, after: show() }
    },
  }),
  action<Autoscaler, { off: boolean }>({
    name: 'suspend',
    summary: 'Stops the autoscaler, so that a number of pods set by hand stays; off: true lets it go on.',
    schema: z.strictObject({ off: z.boolean().default(false) }),
    durationUs: () => 5 * second,
    apply(autoscaler, { off }) {
      autoscaler.settings.isSuspended = !off
      return off ? 'it goes on' : 'it does nothing'
    },
  }),
  fault<Autoscaler, Record<string, never>>({
    name: 'lose-metrics',
    summary: 'Measurements cannot be had, so nothing is scaled.',
    schema: z.strictObject({}),
    apply(autoscaler) {
      autoscaler.settings.isBlind = true
      return 'no measurements'
    },
    revert: (autoscaler) => void (autoscaler.settings.isBlind = false),
  }),
]

function connect(autoscaler: Autoscaler, spec: AutoscalerSpec, { world, problem }: BuildContext): void {
  const part = world.part(spec.of)
  if (part instanceof Service) autoscaler.use(part)
  else problem(['of'], part === undefined ? `There is no part "${spec.of}".${didYouMean(spec.of, world.partNames())}` : `"${spec.of}" is not a service.`)
}

/** Autoscalers of services. */
export const autoscalerKind: PartKind<AutoscalerSpec, Autoscaler> = {
  kind: 'autoscaler',
  section: 'autoscalers',
  summary: 'Changes the number of pods of a service by their use.',
  schema: autoscalerSchema,
  build: (spec, name, { world }) => new Autoscaler(world, name, spec),
  connect,
  changes,
}
