import { portablePower } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import type { Counter } from '../../../telemetry/index.ts'
import { callerReplica, placeCall } from '../../callers.ts'
import { none } from '../../calls.ts'
import { BasePart } from '../../part.ts'
import type { Route } from '../../wire.ts'
import type { World } from '../../world.ts'
import { Service } from '../service/service.ts'
import { Path } from './path.ts'
import type { PathState } from './path.ts'
import type { NetworkSpec } from './schema.ts'

const packetBytes = 1460
/** Echo requests between each two zones before a scrape. */
const echoes = 5

export interface NetworkState {
  readonly paths: readonly PathState[]
  readonly zoneLoss: readonly number[]
  readonly isolated: readonly number[]
  readonly drained: readonly number[]
}

/**
 * The network between zones. A service's replica is chosen before a request is sent, so that what happens to a zone
 * happens to the requests of its pods alone. A lost packet is sent again: after two more trips when packets follow it
 * that show the gap, else after TCP's timeout, which the wire keeps.
 */
export class Network extends BasePart<NetworkState> implements Route {
  readonly spec: NetworkSpec
  readonly zones: readonly string[]
  private readonly times: RandomStream
  private readonly losses: RandomStream
  private readonly probes: RandomStream
  private readonly paths: Path[] = []
  private zoneLoss: number[]
  /** 1: nothing gets into or out of the zone. */
  private isolated: number[]
  /** 1: no new requests go to the zone. */
  private drained: number[]
  /** Zone of each part, or of each of a service's zones; none for parts that are near everybody. */
  private readonly places: (readonly number[])[] = []
  private resent: Counter[] = []

  constructor(world: World, name: string, spec: NetworkSpec) {
    super(world, name)
    this.spec = spec
    this.zones = Object.keys(spec.zones)
    this.times = world.stream(`${name}/latency`)
    this.losses = world.stream(`${name}/loss`)
    this.probes = world.stream(`${name}/probes`)
    for (let other = 0; other < this.zones.length; other += 1) for (let one = 0; one <= other; one += 1) this.paths.push(this.makePath(one, other))
    this.zoneLoss = this.zones.map(() => 0)
    this.isolated = this.zones.map(() => 0)
    this.drained = this.zones.map(() => 0)
  }

  /** Sets where a part is. @param zones one, or one for each zone of a service */
  place(part: number, zones: readonly number[]): void {
    this.places[part] = zones
  }

  /** Number of a zone, or none. */
  zoneNumber(name: string): number {
    return this.zones.indexOf(name)
  }

  /** Ways between two zones or regions, or out of and into one. Empty when a name is not known. */
  between(one: string, other: string): readonly Path[] {
    return this.paths.filter((path) => (this.isIn(path.one, one) && this.isIn(path.other, other)) || (this.isIn(path.one, other) && this.isIn(path.other, one)))
  }

  /** Whether a zone or region has this name. */
  knows(name: string): boolean {
    return this.zones.some((_zone, index) => this.isIn(index, name))
  }

  /** Zones of this name, or of the region of this name. */
  zonesIn(name: string): readonly number[] {
    return this.zones.flatMap((_zone, index) => (this.isIn(index, name) ? [index] : []))
  }

  setLoss(zone: number, share: number): void {
    this.zoneLoss[zone] = share
  }

  isolate(zone: number, isolated: boolean): void {
    this.isolated[zone] = isolated ? 1 : 0
  }

  drain(zone: number, drained: boolean): void {
    this.drained[zone] = drained ? 1 : 0
  }

  /** Zones that get no new requests. */
  drainedZones(): readonly string[] {
    return this.zones.filter((_zone, index) => this.drained[index] === 1)
  }

  transitUs(call: number, isReply: boolean): number {
    const { calls } = this.world
    const callee = calls.callee[call] as number
    const replica = isReply ? (calls.replica[call] as number) : this.choose(call)
    const server = this.zoneOf(callee, replica)
    const client = calls.caller[call] === none ? none : this.zoneOf(calls.caller[call] as number, callerReplica(this.world, call))
    return this.trip(isReply ? server : client, isReply ? client : server, this.losses)
  }

  override measure(): void {
    for (let from = 0; from < this.zones.length; from += 1) {
      for (let to = 0; to < this.zones.length; to += 1) this.probe(from, to)
    }
  }

  save(): NetworkState {
    return { paths: this.paths.map((path) => path.save()), zoneLoss: this.zoneLoss.slice(), isolated: this.isolated.slice(), drained: this.drained.slice() }
  }

  load(state: NetworkState): void {
    for (const [index, path] of this.paths.entries()) {
      const saved = state.paths[index]
      if (saved !== undefined) path.load(saved)
    }
    this.zoneLoss = state.zoneLoss.slice()
    this.isolated = state.isolated.slice()
    this.drained = state.drained.slice()
    this.resent = []
  }

  /** Time of a message from zone to zone, in microseconds; -1 when it is lost. */
  private trip(from: number, to: number, stream: RandomStream): number {
    const { message } = this.spec
    // Parts that are in no zone are beside whoever they talk to.
    const [start, end] = [from === none ? to : from, to === none ? from : to]
    if (start === none || end === none) return 0
    const path = this.pathOf(start, end)
    const loss = this.lossBetween(start, end, path)
    if (loss >= 1) {
      this.resend(start)
      return -1
    }
    const waitUs = path.sendUs(message, this.world.nowUs, start > end)
    const latencyUs = path.latencyUs(this.times)
    if (loss === 0) return waitUs + latencyUs
    const last = stream.chance(loss)
    const packets = Math.ceil(message / packetBytes)
    const before = packets > 1 && stream.chance(1 - portablePower(1 - loss, packets - 1))
    if (last || before) this.resend(start)
    return last ? -1 : waitUs + latencyUs * (before ? 3 : 1)
  }

  private lossBetween(one: number, other: number, path: Path): number {
    if (path.cut || (one !== other && (this.isolated[one] === 1 || this.isolated[other] === 1))) return 1
    const kept = (1 - path.loss) * (1 - (this.zoneLoss[one] ?? 0)) * (one === other ? 1 : 1 - (this.zoneLoss[other] ?? 0))
    return 1 - kept
  }

  /** The replica that gets the request: not in a zone from which traffic has been shifted, if there is another. */
  private choose(call: number): number {
    const { calls } = this.world
    const replica = placeCall(this.world, call)
    const callee = calls.callee[call] as number
    const part = this.world.parts[callee]
    if (!(part instanceof Service) || this.drained[this.zoneOf(callee, replica)] !== 1) return replica
    for (let tries = part.replicas.length; tries > 0; tries -= 1) {
      const other = part.balancer.pick()
      if (this.drained[this.zoneOf(callee, other)] !== 1) {
        calls.replica[call] = other
        return other
      }
    }
    return replica
  }

  private zoneOf(part: number, replica: number): number {
    const places = this.places[part]
    if (places === undefined) return none
    const model = this.world.parts[part]
    if (places.length < 2 || !(model instanceof Service)) return places[0] ?? none
    return places[model.replicas[replica]?.zone ?? 0] ?? none
  }

  private isIn(zone: number, name: string): boolean {
    const word = this.zones[zone] ?? ''
    return word === name || this.spec.zones[word]?.region === name
  }

  private pathOf(from: number, to: number): Path {
    const [one, other] = from < to ? [from, to] : [to, from]
    return this.paths[(other * (other + 1)) / 2 + one] as Path
  }

  private makePath(one: number, other: number): Path {
    const { spec } = this
    const own = spec.paths.filter(({ between: [from, to] }) => (this.isIn(one, from) && this.isIn(other, to)) || (this.isIn(one, to) && this.isIn(other, from)))
    // A way between two zones counts for more than one between their regions.
    const [best] = own.toSorted((left, right) => right.between.filter((name) => this.zones.includes(name)).length - left.between.filter((name) => this.zones.includes(name)).length)
    const isNear = spec.zones[this.zones[one] ?? '']?.region === spec.zones[this.zones[other] ?? '']?.region
    const usual = one === other ? spec['same-zone'] : isNear ? spec.zone : spec.region
    return new Path(one, other, best?.latency ?? usual, best?.loss ?? spec.loss, best?.bandwidth ?? Number.POSITIVE_INFINITY)
  }

  private resend(zone: number): void {
    const counter = this.resent[zone] ?? this.target(zone).counter('node_netstat_Tcp_RetransSegs', 'Segments that were sent again.', {})
    this.resent[zone] = counter
    counter.add(1)
  }

  private target(zone: number): ReturnType<World['telemetry']['target']> {
    return this.world.telemetry.target({ job: 'network', zone: this.zones[zone] ?? '' }, 0)
  }

  /** Echo requests from a prober in one zone to another, as smokeping sends them. */
  private probe(from: number, to: number): void {
    const path = this.pathOf(from, to)
    const loss = this.lossBetween(from, to, path)
    const labels = { target_zone: this.zones[to] ?? '' }
    const target = this.target(from)
    target.counter('smokeping_requests_total', 'Echo requests sent to the zone.', labels).add(echoes)
    const round = 1 - (1 - loss) * (1 - loss)
    let lost = 0
    for (let echo = 0; echo < echoes; echo += 1) if (round > 0 && this.probes.chance(round)) lost += 1
    target.counter('smokeping_response_failures_total', 'Echo requests that nobody answered.', labels).add(lost)
    if (lost < echoes) target.gauge('probe_icmp_duration_seconds', 'Time of the newest echo.', labels).set((path.latencyUs(this.probes) + path.latencyUs(this.probes)) / 1e6)
  }
}
