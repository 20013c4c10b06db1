/** Network links: latency, loss and partition between parts. Without a link a message takes no time. */
import { z } from 'zod'
import { Sampler } from '../../engine/index.ts'
import type { RandomStream } from '../../engine/index.ts'
import { distribution, share } from '../../topology/quantity.ts'
import { BasePart } from '../part.ts'
import type { BuildContext, ChangeKind, PartKind } from '../part.ts'
import { didYouMean } from '../suggest.ts'
import type { Counter } from '../../telemetry/index.ts'
import type { Route } from '../wire.ts'
import type { World } from '../world.ts'

const ends = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)])
const linkSchema = z.strictObject({
  /** Names of parts, or "*" for all. */
  from: ends.default(['*']),
  to: ends.default(['*']),
  /** One way. */
  latency: distribution.prefault('500us'),
  /** Share of messages that are lost and sent again after a timeout. */
  loss: share.default(0),
})
type LinkSpec = z.output<typeof linkSchema>

interface LinkState {
  readonly extraUs: number
  readonly loss: number
  readonly cut: boolean
}

/** The way between parts, both ways alike. */
export class Link extends BasePart<LinkState> implements Route {
  extraUs = 0
  loss: number
  cut = false
  readonly spec: LinkSpec
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly losses: RandomStream
  private lost: Counter

  constructor(world: World, name: string, spec: LinkSpec) {
    super(world, name)
    this.spec = spec
    this.loss = spec.loss
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.losses = world.stream(`${name}/loss`)
    this.lost = this.counter()
  }

  transitUs(): number {
    if (this.cut || (this.loss > 0 && this.losses.chance(this.loss))) {
      this.lost.add(1)
      return -1
    }
    return this.latency.sampleUs(this.times) + this.extraUs
  }

  save(): LinkState {
    return { extraUs: this.extraUs, loss: this.loss, cut: this.cut }
  }

  load(state: LinkState): void {
    this.extraUs = state.extraUs
    this.loss = state.loss
    this.cut = state.cut
    this.lost = this.counter()
  }

  private counter(): Counter {
    return this.world.telemetry.target({ job: 'network' }, 0).counter('node_netstat_Tcp_RetransSegs', 'Segments that were sent again.', { link: this.name })
  }
}

function connect(link: Link, spec: LinkSpec, { world, problem }: BuildContext): void {
  const found = (names: readonly string[], end: string): number[] =>
    names.flatMap((name) => {
      if (name === '*') return world.parts.flatMap((part) => (part instanceof Link ? [] : [part.index]))
      const part = world.part(name)
      if (part === undefined) problem([end], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
      return part === undefined ? [] : [part.index]
    })
  const isWide = spec.from.includes('*') || spec.to.includes('*')
  for (const from of found(spec.from, 'from')) {
    for (const to of found(spec.to, 'to')) {
      if (from === to) continue
      for (const [one, other] of [[from, to], [to, from]] as const) {
        const known = world.wire.route(one, other)
        // A link that names both ends counts for more than one for all.
        if (known === null || known === link || !isWide) world.wire.setRoute(one, other, link)
      }
    }
  }
}

function fault<Arguments>(kind: Omit<ChangeKind<Link, Arguments>, 'durationUs' | 'use'>): ChangeKind<Link> {
  return { use: 'fault', durationUs: () => 0, ...kind } as ChangeKind<Link>
}

/** Network links. */
export const linkKind: PartKind<LinkSpec, Link> = {
  kind: 'link',
  section: 'links',
  summary: 'The network between parts: latency, loss, partition.',
  schema: linkSchema,
  build: (spec, name, { world }) => new Link(world, name, spec),
  connect,
  changes: [
    fault({
      name: 'partition',
      summary: 'Nothing gets through; what is sent is tried again for a quarter of an hour.',
      schema: z.strictObject({}),
      apply(link) {
        link.cut = true
        return 'nothing gets through'
      },
      revert: (link) => void (link.cut = false),
    }),
    fault({
      name: 'loss',
      summary: 'A share of messages is lost and sent again after 200 ms and more.',
      schema: z.strictObject({ share }),
      apply(link, args) {
        link.loss = args.share
        return `${args.share * 100}% of messages are lost`
      },
      revert: (link) => void (link.loss = link.spec.loss),
    }),
    fault({
      name: 'delay',
      summary: 'Messages take longer, each way.',
      schema: z.strictObject({ extra: distribution }),
      apply(link, { extra }) {
        link.extraUs = Math.round(new Sampler(extra).meanUs)
        return `messages take ${link.extraUs / 1000} ms longer`
      },
      revert: (link) => void (link.extraUs = 0),
    }),
  ],
}
