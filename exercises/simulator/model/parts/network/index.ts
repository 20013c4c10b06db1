import { z } from 'zod'
import { Sampler } from '../../../engine/index.ts'
import { distribution, share } from '../../../topology/quantity.ts'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Link } from '../link.ts'
import { Name } from '../names/name.ts'
import { Service } from '../service/service.ts'
import { Network } from './network.ts'
import type { Path } from './path.ts'
import { networkSchema } from './schema.ts'
import type { NetworkSpec } from './schema.ts'

const minute = 60_000_000
/** `zone: eu-1a`, or `between: [eu-1a, eu-1b]`; names of regions do too. */
const where = { zone: z.string().optional(), between: z.tuple([z.string(), z.string()]).optional() }
interface Where {
  readonly zone?: string | undefined
  readonly between?: readonly [string, string] | undefined
}
const onePlace = <T extends Where>({ zone, between }: T): boolean => (zone === undefined) !== (between === undefined)
const eitherWord = { error: 'needs one of zone and between.' }

function wordsOf({ zone, between }: Where): string {
  return between === undefined ? (zone ?? '') : `between ${between[0]} and ${between[1]}`
}

function pathsOf(network: Network, { zone, between }: Where): readonly Path[] {
  return between === undefined ? (zone === undefined ? [] : network.zonesIn(zone).flatMap((number) => network.between(zone, network.zones[number] ?? ''))) : network.between(between[0], between[1])
}

function unknownPlace(network: Network, names: readonly string[]): string | null {
  const unknown = names.find((name) => !network.knows(name))
  return unknown === undefined ? null : `${network.name} has no zone "${unknown}".${didYouMean(unknown, network.zones)} It has: ${network.zones.join(', ')}.`
}

const placesIn = ({ zone, between }: Where): readonly string[] => between ?? (zone === undefined ? [] : [zone])

const changes: readonly ChangeKind<Network>[] = [
  fault<Network, Where & { share: number }>({
    name: 'loss',
    summary: 'A share of packets is lost: of a zone (zone: eu-1a), or between two (between: [eu-1a, eu-1b]).',
    schema: z.strictObject({ ...where, share }).refine(onePlace, eitherWord),
    refuse: (network, args) => unknownPlace(network, placesIn(args)),
    apply(network, args) {
      if (args.zone === undefined) for (const path of pathsOf(network, args)) path.loss = args.share
      else for (const zone of network.zonesIn(args.zone)) network.setLoss(zone, args.share)
      return `${args.share * 100}% of packets are lost ${wordsOf(args)}`
    },
    revert(network, args) {
      if (args.zone === undefined) for (const path of pathsOf(network, args)) path.loss = path.ownLoss
      else for (const zone of network.zonesIn(args.zone)) network.setLoss(zone, 0)
    },
  }),
  fault<Network, Where>({
    name: 'partition',
    summary: 'Nothing gets through: into and out of a zone, or between two.',
    schema: z.strictObject(where).refine(onePlace, eitherWord),
    refuse: (network, args) => unknownPlace(network, placesIn(args)),
    apply(network, args) {
      if (args.zone === undefined) for (const path of pathsOf(network, args)) path.cut = true
      else for (const zone of network.zonesIn(args.zone)) network.isolate(zone, true)
      return `nothing gets through ${wordsOf(args)}`
    },
    revert(network, args) {
      if (args.zone === undefined) for (const path of pathsOf(network, args)) path.cut = false
      else for (const zone of network.zonesIn(args.zone)) network.isolate(zone, false)
    },
  }),
  fault<Network, Where & { extra: z.output<typeof distribution> }>({
    name: 'delay',
    summary: 'Messages take longer, each way: inside a zone, or between two zones or regions.',
    schema: z.strictObject({ ...where, extra: distribution }).refine(onePlace, eitherWord),
    refuse: (network, args) => unknownPlace(network, placesIn(args)),
    apply(network, args) {
      const extraUs = Math.round(new Sampler(args.extra).meanUs)
      for (const path of pathsOf(network, args)) path.extraUs = extraUs
      return `messages take ${extraUs / 1000} ms longer ${wordsOf(args)}`
    },
    revert(network, args) {
      for (const path of pathsOf(network, args)) path.extraUs = 0
    },
  }),
  fault<Network, Where & { share: number }>({
    name: 'congestion',
    summary: 'Other traffic takes a share of the bandwidth between two zones or regions.',
    schema: z.strictObject({ ...where, share }).refine(onePlace, eitherWord),
    refuse: (network, args) => unknownPlace(network, placesIn(args)),
    apply(network, args) {
      for (const path of pathsOf(network, args)) path.taken = args.share
      return `${args.share * 100}% of the bandwidth is taken ${wordsOf(args)}`
    },
    revert(network, args) {
      for (const path of pathsOf(network, args)) path.taken = 0
    },
  }),
  action<Network, { zone: string; back: boolean }>({
    name: 'shift-traffic',
    summary: 'Sends no new requests to pods in a zone or region; back: true sends them there again. The others get what it had.',
    schema: z.strictObject({ zone: z.string(), back: z.boolean().default(false) }),
    durationUs: () => minute,
    refuse(network, { zone, back }) {
      const left = network.zones.length - network.drainedZones().length - network.zonesIn(zone).length
      return unknownPlace(network, [zone]) ?? (!back && left < 1 ? 'No zone would be left that takes traffic.' : null)
    },
    apply(network, { zone, back }) {
      for (const number of network.zonesIn(zone)) network.drain(number, !back)
      return back ? `${zone} takes traffic again` : `${zone} takes no new requests`
    },
  }),
]

function connect(network: Network, spec: NetworkSpec, { world, problem }: BuildContext): void {
  for (const part of world.parts) {
    if (!(part instanceof Service) || part.spec.zones === undefined) continue
    const numbers = part.spec.zones.map((zone) => network.zoneNumber(zone))
    for (const [index, number] of numbers.entries()) if (number < 0) problem(['zones'], `The service ${part.name} is in a zone "${part.spec.zones[index] ?? ''}" that ${network.name} does not have.`)
    network.place(part.index, numbers)
  }
  for (const [index, zone] of network.zones.entries()) {
    for (const name of spec.zones[zone]?.parts ?? []) {
      const part = world.part(name)
      if (part === undefined) problem(['zones', zone, 'parts'], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
      else network.place(part.index, [index])
    }
  }
  for (const [index, { between }] of spec.paths.entries()) for (const name of between) if (!network.knows(name)) problem(['paths', index, 'between'], `There is no zone or region "${name}".${didYouMean(name, network.zones)}`)
  const ends = world.parts.filter((part) => !(part instanceof Link || part instanceof Network || part instanceof Name))
  for (const from of ends) for (const to of ends) if (from !== to && world.wire.route(from.index, to.index) === null) world.wire.setRoute(from.index, to.index, network)
}

/** Networks with zones and regions. */
export const networkKind: PartKind<NetworkSpec, Network> = {
  kind: 'network',
  section: 'networks',
  summary: 'Zones and regions with latency, loss, bandwidth and partitions between them.',
  schema: networkSchema,
  build: (spec, name, { world }) => new Network(world, name, spec),
  connect,
  changes,
}
