import { z } from 'zod'
import { duration, partName, share } from '../../../topology/quantity.ts'
import { none } from '../../calls.ts'
import { action, either, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Name } from './name.ts'
import { Resolver } from './resolver.ts'
import { nameSchema, resolverSchema } from './schema.ts'
import type { NameSpec, ResolverSpec } from './schema.ts'

const second = 1_000_000

const resolverChanges: readonly ChangeKind<Resolver>[] = [
  fault<Resolver, { factor: number }>({
    name: 'slow',
    summary: 'Lookups take this many times longer.',
    schema: z.strictObject({ factor: z.number().positive().max(100_000) }),
    apply(resolver, { factor }) {
      resolver.factor = factor
      return `lookups take ${factor} times as long`
    },
    revert: (resolver) => void (resolver.factor = 1),
  }),
  fault<Resolver, { share: number }>({
    name: 'servfail',
    summary: 'Answers SERVFAIL for a share of lookups.',
    schema: z.strictObject({ share }),
    apply(resolver, args) {
      resolver.servfail = args.share
      return `${args.share * 100}% of lookups are answered SERVFAIL`
    },
    revert: (resolver) => void (resolver.servfail = resolver.spec.servfail),
  }),
  fault<Resolver, { share: number }>({
    name: 'drop-lookups',
    summary: 'A share of lookups gets no answer, so that clients ask again after their timeout.',
    schema: z.strictObject({ share }),
    apply(resolver, args) {
      resolver.drop = args.share
      return `${args.share * 100}% of lookups get no answer`
    },
    revert: (resolver) => void (resolver.drop = resolver.spec.drop),
  }),
  action<Resolver, Record<string, never>>({
    name: 'restart',
    summary: 'Restarts the resolver, which is then as it was configured.',
    schema: z.strictObject({}),
    durationUs: () => 20 * second,
    apply(resolver) {
      resolver.factor = 1
      resolver.servfail = resolver.spec.servfail
      resolver.drop = resolver.spec.drop
      return 'restarted'
    },
  }),
]

function refuseTarget(name: Name, to: Readonly<Record<string, number>>): string | null {
  const unknown = Object.keys(to).find((target) => !name.targets.includes(target))
  return unknown === undefined ? null : `${name.name} may not stand for "${unknown}".${didYouMean(unknown, name.targets)} It may stand for: ${name.targets.join(', ')}.`
}

const toSchema = z.union([partName.transform((name) => ({ [name]: 1 })), z.record(partName, z.number().min(0).max(1e6))])

const nameChanges: readonly ChangeKind<Name>[] = [
  either<Name, { to: Record<string, number>; ttl?: number | undefined }>({
    name: 'change-dns',
    recordedAs: 'config',
    summary: 'Makes the name stand for another part (to: orders-db-b), or for several by weight. Processes see it when what they keep is too old.',
    schema: z.strictObject({ to: toSchema, ttl: duration.optional() }),
    durationUs: () => 30 * second,
    refuse: (name, { to }) => refuseTarget(name, to),
    apply(name, { to, ttl }) {
      const words = (): string => name.records().map(({ target, weight }) => `${target}${weight === 1 ? '' : ` (${weight})`}`).join(', ')
      const before = words()
      name.weights = name.targets.map((target) => to[target] ?? 0)
      if (ttl !== undefined) name.ttlUs = ttl
      return `${before} -> ${words()}`
    },
  }),
  fault<Name, Record<string, never>>({
    name: 'lose-record',
    summary: 'The record is gone from its zone: lookups of it fail.',
    schema: z.strictObject({}),
    apply(name) {
      name.failing = 1
      return 'the record is gone'
    },
    revert: (name) => void (name.failing = 0),
  }),
  action<Name, Record<string, never>>({
    name: 'restore-record',
    summary: 'Puts the record back in its zone.',
    schema: z.strictObject({}),
    durationUs: () => 60 * second,
    apply(name) {
      name.failing = 0
      return 'the record is back'
    },
  }),
  action<Name, { client?: string | undefined }>({
    name: 'flush-dns',
    summary: 'Makes processes forget the name, so that they ask again: all, or those of one client.',
    schema: z.strictObject({ client: z.string().optional() }),
    durationUs: () => 20 * second,
    refuse: (name, { client }) => (client === undefined || name.clock.part(client) !== undefined ? null : `There is no part "${client}".${didYouMean(client, name.clock.partNames())}`),
    apply: (name, { client }) => `${name.flush(client === undefined ? none : (name.clock.part(client)?.index ?? none))} processes forgot the name`,
  }),
]

function connect(name: Name, spec: NameSpec, { world, problem }: BuildContext): void {
  const resolver = world.part(spec.resolver)
  if (resolver instanceof Resolver) name.use(resolver)
  else problem(['resolver'], `There is no resolver "${spec.resolver}"; add it under resolvers.`)
  for (const target of name.targets) {
    if (world.part(target) === undefined) problem(['target'], `There is no part "${target}".${didYouMean(target, world.partNames())}`)
    else if (world.part(target) instanceof Name) problem(['target'], `"${target}" is a name itself; let ${name.name} stand for the parts behind it.`)
  }
  if (name.weights.every((weight) => weight === 0)) problem(['target'], 'needs a target whose weight is above 0.')
  for (const caller of Object.keys(spec.caching)) if (world.part(caller) === undefined) problem(['caching', caller], `There is no part "${caller}".${didYouMean(caller, world.partNames())}`)
}

/** DNS resolvers. */
export const resolverKind: PartKind<ResolverSpec, Resolver> = {
  kind: 'resolver',
  section: 'resolvers',
  summary: 'A DNS resolver: how fast it answers, and how it fails.',
  schema: resolverSchema,
  build: (spec, name, { world }) => new Resolver(world, name, spec),
  changes: resolverChanges,
}

/** Names in DNS. */
export const nameKind: PartKind<NameSpec, Name> = {
  kind: 'name',
  section: 'names',
  summary: 'A DNS name that stands for a part, with a TTL.',
  schema: nameSchema,
  build: (spec, name, { world }) => new Name(world, name, spec),
  connect,
  changes: nameChanges,
}
