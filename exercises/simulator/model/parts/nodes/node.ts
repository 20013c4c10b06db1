import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { Guard } from '../../wire.ts'
import type { World } from '../../world.ts'
import type { Replica } from '../service/replica.ts'
import { Service } from '../service/service.ts'
import { Disk } from './disk.ts'
import type { DiskState } from './disk.ts'
import { NodeSignals } from './node-signals.ts'
import type { NodeSpec } from './schema.ts'

const event = { tick: 0, evict: 1 } as const
const tickUs = 1_000_000
const places = 4096

/** A pod that is on a node. */
export interface PlacedPod {
  /** Service's number times 4096 plus the pod's place in it. */
  readonly place: number
  /** Time on cores that has been counted, and of which process. */
  cpuUs: number
  epoch: number
}

export interface NodeState {
  readonly pods: readonly PlacedPod[]
  readonly owed: readonly number[]
  readonly shown: readonly string[]
  readonly isUp: boolean
  readonly isCordoned: boolean
  readonly steal: number
  readonly lives: number
  readonly userSeconds: number
  readonly upSeconds: number
  readonly stealSeconds: number
  readonly disk: DiskState
}

/** A machine on which pods run: what it shares among them, and what they lose with it. */
export class Node extends BasePart<NodeState> implements Guard {
  readonly spec: NodeSpec
  readonly disk: Disk
  pods: PlacedPod[] = []
  isUp = true
  isCordoned = false
  steal: number
  userSeconds = 0
  upSeconds = 0
  stealSeconds = 0
  /** Places whose pods are to be made anew elsewhere when they have ended here. */
  private owed: number[] = []
  /** Counts losses and returns: an eviction of an earlier one is void. */
  private lives = 0
  /** Names of the pods that its telemetry shows. */
  private shown: string[] = []
  private readonly signals: NodeSignals
  private services: readonly Service[] = []
  private nodes: readonly Node[] = []
  /** Bytes of log of each request to a part, by its number, and operations that a full disk stops. */
  private readonly logBytes = new Map<number, number>()
  private readonly blocked = new Map<number, number[]>()

  constructor(world: World, name: string, spec: NodeSpec) {
    super(world, name)
    this.spec = spec
    this.steal = spec.steal
    this.disk = new Disk(spec.disk.size, spec.disk.used, spec.disk.growth)
    this.signals = new NodeSignals(world, name)
  }

  get clock(): World {
    return this.world
  }

  /** Second pass. */
  begin(services: readonly Service[], nodes: readonly Node[]): void {
    this.services = services
    this.nodes = nodes
    this.world.schedule(0, this.index, event.tick)
  }

  /** Each request to a part leaves so many bytes here. */
  logs(part: number, bytes: number): void {
    this.logBytes.set(part, bytes)
  }

  /** A full disk stops this operation of a part. */
  block(part: number, operation: number): void {
    this.blocked.set(part, [...(this.blocked.get(part) ?? []), operation])
  }

  admit(call: number): number {
    const { calls, nowUs } = this.world
    const callee = calls.callee[call] as number
    const bytes = this.logBytes.get(callee)
    // Logs that find no room are lost; requests are not.
    if (bytes !== undefined) this.disk.write(bytes, nowUs)
    const operations = this.blocked.get(callee)
    return operations?.includes(calls.operation[call] as number) === true && this.disk.isFull(nowUs) ? outcomeCode['disk-full'] : outcomeCode.ok
  }

  /** `write-disk`: to the disk of the node on which the frame's pod is, or else to this one. */
  override step(call: number, _code: number, bytes: number): boolean {
    const { calls, nowUs, parts } = this.world
    const place = (calls.callee[call] as number) * places + (calls.replica[call] as number)
    const node = this.nodes.find(({ pods }) => pods.some((pod) => pod.place === place)) ?? this
    if (node.disk.write(bytes, nowUs)) return true
    calls.causePart[call] = node.index
    calls.cause[call] = outcomeCode['disk-full']
    parts[calls.callee[call] as number]?.resume(call, outcomeCode['disk-full'])
    return false
  }

  override handle(kind: number, life: number): void {
    if (kind === event.tick) this.tick()
    else if (life === this.lives && !this.isUp) this.evict()
  }

  /** The machine dies with all that is on it. */
  lose(): void {
    if (!this.isUp) return
    this.isUp = false
    this.lives += 1
    for (const { place } of this.pods) this.serviceOf(place)?.lifecycle.lose(place % places, this.spec.notice)
    this.signals.turned(false)
    this.signals.tell('warn', 'Node {node} status is now: NodeNotReady')
    this.world.schedule(this.spec.evict, this.index, event.evict, this.lives)
  }

  /** It comes back, and starts the pods that it still has. */
  comeBack(): void {
    if (this.isUp) return
    this.isUp = true
    this.lives += 1
    this.userSeconds = 0
    this.upSeconds = 0
    this.stealSeconds = 0
    this.signals.turned(true)
    this.signals.tell('info', 'Node {node} status is now: NodeReady')
    for (const { place } of this.pods) this.recreate(place)
  }

  /** Gets no more pods, and sends those that it has elsewhere, one answered request after the other. */
  drain(): void {
    this.isCordoned = true
    for (const { place } of this.pods) this.serviceOf(place)?.lifecycle.drain(place % places)
    this.owed.push(...this.pods.map(({ place }) => place))
  }

  /** Other tenants take a share of its cores from now on. */
  setSteal(share: number): void {
    this.steal = share
    for (const { place } of this.pods) this.slow(place)
  }

  override measure(): void {
    this.signals.measure(this)
    const pods = this.pods.map(({ place }) => ({ pod: this.replicaOf(place)?.pod ?? '', service: this.serviceOf(place)?.name ?? '' }))
    this.signals.pods(pods, this.shown)
    this.shown = pods.map(({ pod }) => pod)
  }

  save(): NodeState {
    const { isUp, isCordoned, steal, lives, userSeconds, upSeconds, stealSeconds } = this
    return { pods: this.pods.map((pod) => ({ ...pod })), owed: this.owed.slice(), shown: this.shown.slice(), isUp, isCordoned, steal, lives, userSeconds, upSeconds, stealSeconds, disk: this.disk.save() }
  }

  load({ pods, owed, shown, disk, ...rest }: NodeState): void {
    this.pods = pods.map((pod) => ({ ...pod }))
    this.owed = owed.slice()
    this.shown = shown.slice()
    this.disk.load(disk)
    Object.assign(this, rest)
  }

  private tick(): void {
    this.world.schedule(tickUs, this.index, event.tick)
    for (const service of this.services) {
      for (const [index, replica] of service.replicas.entries()) {
        const place = service.index * places + index
        if (replica.gone === 0 && !this.nodes.some(({ pods }) => pods.some((pod) => pod.place === place))) this.take(place)
      }
    }
    for (const place of this.owed.filter((owed) => this.replicaOf(owed)?.gone === 1)) {
      this.owed = this.owed.filter((owed) => owed !== place)
      this.pods = this.pods.filter((pod) => pod.place !== place)
      this.recreate(place)
      this.take(place)
    }
    this.pods = this.pods.filter(({ place }) => this.replicaOf(place)?.gone === 0)
    if (this.isUp) this.count()
  }

  /** Puts a pod on the node that has fewest, of those that may run it. */
  private take(place: number): void {
    const service = this.serviceOf(place)
    const [best] = this.nodes.filter((node) => node.isUp && !node.isCordoned && node.spec.runs.includes(service?.name ?? '')).toSorted((left, right) => left.pods.length - right.pods.length)
    if (best === undefined) return
    const replica = this.replicaOf(place)
    best.pods.push({ place, cpuUs: replica?.cpuUs ?? 0, epoch: replica?.epoch ?? 0 })
    best.slow(place)
  }

  private evict(): void {
    const moved = this.pods
    this.pods = []
    this.signals.tell('warn', 'Marking all pods on node {node} for deletion: taint node.kubernetes.io/unreachable')
    for (const { place } of moved) {
      this.recreate(place)
      this.take(place)
    }
  }

  private recreate(place: number): void {
    const service = this.serviceOf(place)
    service?.lifecycle.create(place % places, service.lifecycle.current)
  }

  private slow(place: number): void {
    const replica = this.replicaOf(place)
    if (replica !== undefined) replica.slowness = 1 / Math.max(0.01, 1 - this.steal)
  }

  /** Time on cores in the last second. */
  private count(): void {
    for (const pod of this.pods) {
      const replica = this.replicaOf(pod.place)
      if (replica === undefined) continue
      // Time stolen is time in which the guest thinks that it works.
      this.userSeconds += (Math.max(0, replica.cpuUs - (pod.epoch === replica.epoch ? pod.cpuUs : 0)) / 1e6) * (1 - this.steal)
      pod.cpuUs = replica.cpuUs
      pod.epoch = replica.epoch
    }
    this.stealSeconds += this.spec.cores * this.steal
    this.upSeconds += 1
  }

  private serviceOf(place: number): Service | undefined {
    const part = this.world.parts[Math.floor(place / places)]
    return part instanceof Service ? part : undefined
  }

  private replicaOf(place: number): Replica | undefined {
    return this.serviceOf(place)?.replicas[place % places]
  }
}
