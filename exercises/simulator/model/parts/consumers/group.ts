import { copyState } from '../../../engine/index.ts'
import { none } from '../../calls.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import type { Broker, TopicReader } from '../broker/broker.ts'
import type { MessageLog } from '../broker/message-log.ts'
import { podPhase } from '../service/replica.ts'
import type { Service } from '../service/service.ts'
import { ConsumerLoop } from './consumer-loop.ts'
import { Coordinator } from './coordinator.ts'
import type { CoordinatorState } from './coordinator.ts'
import { groupEvent } from './group-events.ts'
import { GroupSignals } from './group-signals.ts'
import { newMember } from './member.ts'
import type { Member } from './member.ts'
import { Offsets } from './offsets.ts'
import type { OffsetsState } from './offsets.ts'
import type { ConsumersSpec } from './schema.ts'
import { settingsOf } from './settings.ts'
import type { GroupSettings } from './settings.ts'

export interface GroupState {
  readonly settings: GroupSettings
  readonly paused: boolean
  readonly members: readonly Member[]
  readonly numbers: readonly number[]
  readonly offsets: OffsetsState
  readonly coordinator: CoordinatorState
}

/** What a group reads and who does it, found when all parts exist. */
export interface GroupWiring {
  readonly broker: Broker
  readonly topic: number
  readonly service: Service
  readonly endpoint: number
  /** Topic for dead letters, or -1. */
  readonly deadLetters: number
}

/**
 * A consumer group: consumers in the pods of a service, which poll batches of messages from the partitions that they
 * were assigned, and hand each message to an endpoint of their own pod, one after the other.
 */
export class ConsumerGroup extends BasePart<GroupState> implements TopicReader {
  readonly spec: ConsumersSpec
  settings: GroupSettings
  paused = false
  members: Member[] = []
  readonly offsets = new Offsets()
  readonly coordinator: Coordinator
  readonly signals: GroupSignals
  readonly loop: ConsumerLoop
  private wiring: GroupWiring | null = null
  private ids = 0
  private waits = 0

  constructor(world: World, name: string, spec: ConsumersSpec) {
    super(world, name)
    this.spec = spec
    this.settings = settingsOf(spec)
    this.coordinator = new Coordinator(this)
    this.signals = new GroupSignals(world, this)
    this.loop = new ConsumerLoop(this, world)
  }

  /** Second pass: what it reads, and its first consumers, which have been running for long. */
  begin(wiring: GroupWiring): void {
    this.wiring = wiring
    this.offsets.grow(wiring.broker.topics[wiring.topic]?.known ?? 0)
    wiring.broker.read(wiring.topic, this)
    // A consumer is in the pod that handles its messages: no network lies between them.
    const { wire } = this.world
    for (const [from, to] of [[this.index, wiring.service.index], [wiring.service.index, this.index]] as const) if (wire.route(from, to) !== null) wire.setRoute(from, to, null)
    this.world.schedule(0, this.index, groupEvent.heartbeat, 1)
  }

  get clock(): World {
    return this.world
  }

  /** What it reads and who does it. */
  get parts(): GroupWiring {
    if (this.wiring === null) throw new RangeError(`"${this.name}" has not been connected.`)
    return this.wiring
  }

  log(partition: number): MessageLog {
    const { broker, topic } = this.parts
    return broker.log(topic, partition) as MessageLog
  }

  /** Messages that are in the topic and not committed. */
  lag(): number {
    let lag = 0
    for (let partition = 0; partition < this.offsets.partitions; partition += 1) lag += this.offsets.lag(partition, this.log(partition))
    return lag
  }

  /** Schedules an event of the coordinator. */
  after(us: number, kind: 'complete' | 'joinTimeout', sequence: number): void {
    this.world.schedule(us, this.index, groupEvent[kind], sequence)
  }

  /** A member that got nothing has partitions now: it polls as soon as the present event is over. */
  wakeSoon(member: Member): void {
    this.world.schedule(0, this.index, groupEvent.wake, member.id)
  }

  appended(_topic: number, partition: number): void {
    const member = this.find(this.offsets.owner[partition] ?? none)
    if (member?.state === 'idle' && !this.paused) this.loop.poll(member)
  }

  partitionsKnown(topic: number): void {
    this.offsets.grow(this.parts.broker.topics[topic]?.known ?? 0)
    this.coordinator.prepare('the topic has more partitions')
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === groupEvent.heartbeat) this.heartbeat(a === 1)
    else if (kind === groupEvent.complete) this.coordinator.complete(a)
    else if (kind === groupEvent.joinTimeout) this.coordinator.joinTimeout(a)
    else {
      const member = this.find(a)
      if (member === undefined) return
      if (kind === groupEvent.pollLate) this.checkPoll(member)
      else if (kind === groupEvent.wake) {
        if (member.state === 'idle') this.loop.poll(member)
      } else if (member.wait === b) this.loop.waited(kind, member)
    }
  }

  override reply(call: number): void {
    const member = this.find(this.world.calls.parent[call] as number)
    if (member !== undefined && member.call === call) this.loop.answered(member, this.world.calls.outcome[call] as number)
  }

  /** All consumers start anew, after `change` has moved offsets or settings: what they were handling they forget. */
  restart(reason: string, change: () => void): void {
    const alive = this.members.filter(({ state }) => state !== 'gone')
    for (const member of alive) {
      if (member.call !== none) this.world.wire.detach(member.call)
      Object.assign(member, { call: none, batch: [], wait: this.nextWait(), state: 'parked' })
      this.coordinator.remove(member, reason)
    }
    change()
    for (const member of alive) if (member.state !== 'gone') this.coordinator.join(member, reason)
  }

  /** Gives it other settings, for which all consumers start anew. Those that are too many stop. */
  reconfigure(settings: GroupSettings): void {
    this.restart('consumers start with other settings', () => {
      this.settings = settings
      for (const member of this.members) if (member.slot >= settings.perPod) this.die(member)
    })
  }

  /** Whether its consumers stop or go on to poll. */
  setPaused(paused: boolean): void {
    this.paused = paused
    if (!paused) for (const member of this.members) if (member.state === 'idle') this.loop.poll(member)
  }

  override measure(): void {
    this.signals.measure()
  }

  save(): GroupState {
    return { settings: { ...this.settings }, paused: this.paused, members: copyState(this.members), numbers: [this.ids, this.waits], offsets: this.offsets.save(), coordinator: this.coordinator.save() }
  }

  load(state: GroupState): void {
    this.settings = { ...state.settings }
    this.paused = state.paused
    this.members = copyState(state.members) as Member[]
    this.ids = state.numbers[0] ?? 0
    this.waits = state.numbers[1] ?? 0
    this.offsets.load(state.offsets)
    this.coordinator.load(state.coordinator)
    this.signals.clear()
  }

  /** Number of a new wait. */
  nextWait(): number {
    this.waits += 1
    return this.waits
  }

  private find(id: number): Member | undefined {
    for (const member of this.members) if (member.id === id) return member
    return undefined
  }

  /** Ends a consumer whose pod has died or is about to stop. */
  isLeaving(member: Member): boolean {
    const replica = this.parts.service.replicas[member.replica]
    if (replica === undefined || replica.epoch !== member.epoch || replica.gone === 1 || replica.phase === podPhase.dead) {
      this.die(member)
      return true
    }
    if (replica.phase !== podPhase.draining) return false
    this.loop.commit(member)
    member.state = 'gone'
    this.coordinator.remove(member, `member ${this.signals.memberName(member)} leaves: its pod stops`)
    this.members = this.members.filter((other) => other !== member)
    return true
  }

  /** Background threads of all consumers tell the coordinator that they live, and new pods start consumers. */
  private heartbeat(first: boolean): void {
    const { nowUs } = this.world
    const { service } = this.parts
    for (const [index, replica] of service.replicas.entries()) {
      if (replica.gone === 1 || replica.phase !== podPhase.running) continue
      for (let slot = 0; slot < this.settings.perPod; slot += 1) this.start(index, slot, replica.epoch, first)
    }
    if (first) {
      this.coordinator.begin()
      for (const member of this.members) member.state = 'idle'
    }
    for (const member of this.members.slice()) {
      const replica = service.replicas[member.replica]
      if (member.state === 'idle' || member.state === 'parked') this.isLeaving(member)
      if (member.state !== 'gone' && replica !== undefined && replica.frozenUntilUs <= nowUs && this.loop.tripUs(member) >= 0) {
        if (member.inGroup) member.heartbeatUs = nowUs
        // The answer to a heartbeat tells a consumer that it must join again.
        const waits = member.state === 'idle' || member.state === 'parked'
        if (waits && (!member.inGroup || (this.coordinator.preparing && !member.joined))) this.loop.poll(member)
      } else if (member.inGroup && nowUs - member.heartbeatUs > this.settings.sessionUs) {
        this.signals.removed(member, 'heartbeat expired')
        this.coordinator.remove(member, `member ${this.signals.memberName(member)} has failed: no heartbeat`)
      }
    }
    this.members = this.members.filter(({ state, inGroup }) => state !== 'gone' || inGroup)
    this.world.schedule(this.spec.heartbeat, this.index, groupEvent.heartbeat)
  }

  private start(replica: number, slot: number, epoch: number, first: boolean): void {
    const before = this.members.find((member) => member.replica === replica && member.slot === slot && (member.state !== 'gone' || this.spec.static))
    if (before !== undefined && before.state !== 'gone') return
    if (before !== undefined && before.inGroup) {
      Object.assign(before, { epoch, state: 'idle', heartbeatUs: this.world.nowUs, pollUs: this.world.nowUs })
      for (const partition of before.partitions) this.offsets.give(partition, before.id)
      this.wakeSoon(before)
      return
    }
    this.ids += 1
    const member = newMember(this.ids, replica, slot, epoch, this.world.nowUs)
    this.members.push(member)
    this.world.schedule(this.settings.maxPollUs, this.index, groupEvent.pollLate, member.id)
    if (first) member.inGroup = true
    else this.coordinator.join(member, `member ${this.signals.memberName(member)} joins`)
  }

  /** The client's own watch: a consumer that has not polled for too long leaves the group, and goes on with its batch. */
  private checkPoll(member: Member): void {
    const { nowUs } = this.world
    const { maxPollUs } = this.settings
    const late = member.state === 'handling' && nowUs - member.pollUs >= maxPollUs
    if (late && member.inGroup) {
      this.signals.pollExpired(member)
      this.coordinator.remove(member, `member ${this.signals.memberName(member)} leaves: max.poll.interval exceeded`)
    }
    const busy = member.state === 'handling' && !late
    this.world.schedule(busy ? member.pollUs + maxPollUs - nowUs : maxPollUs, this.index, groupEvent.pollLate, member.id)
  }

  /** The process of a consumer is dead. The coordinator misses it when its heartbeats have been away for too long. */
  die(member: Member): void {
    Object.assign(member, { state: 'gone', call: none, batch: [], wait: this.nextWait() })
  }
}
