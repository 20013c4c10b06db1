import { copyState, Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { none, role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import type { Broker, TopicReader } from '../broker/broker.ts'
import { messageFlag } from '../broker/message-log.ts'
import type { MessageLog } from '../broker/message-log.ts'
import { podPhase } from '../service/replica.ts'
import type { Service } from '../service/service.ts'
import { Coordinator } from './coordinator.ts'
import type { CoordinatorState } from './coordinator.ts'
import { GroupSignals } from './group-signals.ts'
import { currentRange, newMember } from './member.ts'
import type { BatchRange, Member } from './member.ts'
import { Offsets } from './offsets.ts'
import type { OffsetsState } from './offsets.ts'
import type { ConsumersSpec } from './schema.ts'
import { settingsOf } from './settings.ts'
import type { GroupSettings } from './settings.ts'

const event = { heartbeat: 0, fetched: 1, retry: 2, pollLate: 3, handlerLate: 4, complete: 5, joinTimeout: 6, wake: 7 } as const
/** A message older than this begins a trace of its own: the producer's has long been told. */
const sameTraceUs = 30_000_000

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
  private wiring: GroupWiring | null = null
  private fetch: Sampler | null = null
  private readonly times: RandomStream
  private ids = 0
  private waits = 0
  /** Member whose messages a loop hands out: an answer that comes at once must not begin another loop. */
  private looping = none

  constructor(world: World, name: string, spec: ConsumersSpec) {
    super(world, name)
    this.spec = spec
    this.settings = settingsOf(spec)
    this.times = world.stream(`${name}/fetch`)
    this.coordinator = new Coordinator(this)
    this.signals = new GroupSignals(world, this)
  }

  /** Second pass: what it reads, and its first consumers, which have been running for long. */
  begin(wiring: GroupWiring): void {
    this.wiring = wiring
    this.fetch = new Sampler(wiring.broker.spec.fetch)
    this.offsets.grow(wiring.broker.topics[wiring.topic]?.known ?? 0)
    wiring.broker.read(wiring.topic, this)
    this.world.schedule(0, this.index, event.heartbeat, 1)
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
    this.world.schedule(us, this.index, event[kind], sequence)
  }

  /** A member that got nothing has partitions now: it polls as soon as the present event is over. */
  wakeSoon(member: Member): void {
    this.world.schedule(0, this.index, event.wake, member.id)
  }

  appended(_topic: number, partition: number): void {
    const member = this.find(this.offsets.owner[partition] ?? none)
    if (member?.state === 'idle' && !this.paused) this.poll(member)
  }

  partitionsKnown(topic: number): void {
    this.offsets.grow(this.parts.broker.topics[topic]?.known ?? 0)
    this.coordinator.prepare('the topic has more partitions')
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === event.heartbeat) this.heartbeat(a === 1)
    else if (kind === event.complete) this.coordinator.complete(a)
    else if (kind === event.joinTimeout) this.coordinator.joinTimeout(a)
    else {
      const member = this.find(a)
      if (member === undefined) return
      if (kind === event.pollLate) this.checkPoll(member)
      else if (kind === event.wake) {
        if (member.state === 'idle') this.poll(member)
      } else if (member.wait === b) this.waited(kind, member)
    }
  }

  override reply(call: number): void {
    const member = this.find(this.world.calls.parent[call] as number)
    if (member !== undefined && member.call === call) this.answered(member, this.world.calls.outcome[call] as number)
  }

  /** A consumer asks for messages: here it learns of everything that has happened to the group. */
  poll(member: Member): void {
    const { nowUs } = this.world
    const { coordinator } = this
    member.pollUs = nowUs
    member.batch = []
    if (this.isLeaving(member)) return
    if (!member.inGroup) {
      coordinator.join(member, `member ${this.signals.memberName(member)} joins again`)
      return
    }
    if (coordinator.preparing && !member.joined) coordinator.rejoin(member)
    if (member.state === 'parked' && coordinator.preparing) return
    coordinator.release(member)
    member.state = 'idle'
    if (this.paused) return
    this.collect(member)
    if (member.batch.length === 0) return
    member.state = 'fetching'
    this.waits += 1
    member.wait = this.waits
    this.world.schedule(Math.round((this.fetch?.sampleUs(this.times) ?? 0) * this.parts.broker.factor), this.index, event.fetched, member.id, member.wait)
  }

  /** All consumers start anew, after `change` has moved offsets or settings: what they were handling they forget. */
  restart(reason: string, change: () => void): void {
    const alive = this.members.filter(({ state }) => state !== 'gone')
    for (const member of alive) {
      if (member.call !== none) this.world.wire.detach(member.call)
      this.waits += 1
      Object.assign(member, { call: none, batch: [], wait: this.waits, state: 'parked' })
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
    if (!paused) for (const member of this.members) if (member.state === 'idle') this.poll(member)
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

  private find(id: number): Member | undefined {
    for (const member of this.members) if (member.id === id) return member
    return undefined
  }

  private isLeaving(member: Member): boolean {
    const replica = this.parts.service.replicas[member.replica]
    if (replica === undefined || replica.epoch !== member.epoch || replica.gone === 1 || replica.phase === podPhase.dead) {
      this.die(member)
      return true
    }
    if (replica.phase !== podPhase.draining) return false
    this.commit(member)
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
      if (member.state !== 'gone' && replica !== undefined && replica.frozenUntilUs <= nowUs) {
        if (member.inGroup) member.heartbeatUs = nowUs
        if (member.state === 'idle' && this.coordinator.preparing && !member.joined) this.coordinator.rejoin(member)
      } else if (member.inGroup && nowUs - member.heartbeatUs > this.settings.sessionUs) {
        this.signals.removed(member, 'heartbeat expired')
        this.coordinator.remove(member, `member ${this.signals.memberName(member)} has failed: no heartbeat`)
      }
    }
    this.members = this.members.filter(({ state, inGroup }) => state !== 'gone' || inGroup)
    this.world.schedule(this.spec.heartbeat, this.index, event.heartbeat)
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
    this.world.schedule(this.settings.maxPollUs, this.index, event.pollLate, member.id)
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
    this.world.schedule(busy ? member.pollUs + maxPollUs - nowUs : maxPollUs, this.index, event.pollLate, member.id)
  }

  private waited(kind: number, member: Member): void {
    if (kind === event.fetched) {
      member.state = 'handling'
      this.advance(member)
    } else if (kind === event.handlerLate) {
      if (member.call !== none) this.answered(member, outcomeCode.timeout)
    } else {
      // The failed message is fetched again, and with it what came in other partitions: only its own partition waits.
      this.commit(member)
      for (const { partition, at } of member.batch) if (this.offsets.owner[partition] === member.id) this.offsets.position[partition] = at
      this.poll(member)
    }
  }

  /** The next batch: what there is in the member's partitions, beginning with another one each time. */
  private collect(member: Member): void {
    const { offsets } = this
    const { broker, topic } = this.parts
    let left = this.settings.batch
    const { partitions } = member
    for (let step = 0; step < partitions.length && left > 0; step += 1) {
      const partition = partitions[(member.turn + step) % partitions.length] as number
      if (!broker.isOnline(topic, partition)) continue
      const log = this.log(partition)
      const wanted = offsets.position[partition] as number
      if (wanted < log.start) this.signals.outOfRange(partition, wanted, log.start)
      const from = Math.min(Math.max(wanted, log.start), log.end)
      const to = Math.min(log.end, from + left)
      offsets.position[partition] = to
      if (to === from) continue
      left -= to - from
      member.batch.push({ partition, from, at: from, to })
      if (this.spec.commit === 'before') offsets.committed[partition] = to
    }
    member.turn += 1
  }

  private advance(member: Member): void {
    const before = this.looping
    this.looping = member.id
    while (member.state === 'handling' && member.call === none) {
      const range = currentRange(member)
      if (range === undefined) {
        this.commit(member)
        this.poll(member)
        break
      }
      const { start } = this.log(range.partition)
      if (start > range.at) {
        this.signals.outOfRange(range.partition, range.at, Math.min(start, range.to))
        range.at = Math.min(start, range.to)
      } else if (this.isLeaving(member)) break
      else if (!this.hand(member, range)) break
    }
    this.looping = before
  }

  /** Hands a message to the pod. True when it has been dealt with already. */
  private hand(member: Member, range: BatchRange): boolean {
    const { world } = this
    const { calls, nowUs } = world
    const { service, endpoint } = this.parts
    const log = this.log(range.partition)
    const call = calls.take(this.index, member.id, service.index, endpoint)
    log.fill(calls, call, range.at)
    if (nowUs - log.producedAtUs(range.at) > sameTraceUs) {
      world.traces += 1
      calls.traceHi[call] = Math.floor(world.traces / 2 ** 32)
      calls.traceLo[call] = world.traces >>> 0
      calls.parentSpan[call] = 0
    }
    member.parentSpan = calls.parentSpan[call] as number
    member.span = calls.nextSpan()
    calls.parentSpan[call] = member.span
    calls.replica[call] = member.replica
    calls.role[call] = role.placed | ((log.flagsAt(range.at) & messageFlag.poison) === 0 ? 0 : role.poison)
    calls.stage[call] = stage.transit
    member.call = call
    member.startedUs = nowUs
    this.waits += 1
    const wait = this.waits
    member.wait = wait
    world.wire.send(call)
    if (member.call === call && this.spec.timeout !== undefined) world.schedule(this.spec.timeout, this.index, event.handlerLate, member.id, wait)
    return member.call === none && member.wait === wait
  }

  /** The pod has dealt with a message, or the consumer no longer waits for it. */
  private answered(member: Member, outcome: number): void {
    const { call } = member
    const range = currentRange(member)
    member.call = none
    if (range === undefined) return
    this.signals.handled(member, call, range, outcome)
    if (outcome === outcomeCode.timeout) this.world.wire.detach(call)
    const replica = this.parts.service.replicas[member.replica]
    if (replica === undefined || replica.phase === podPhase.dead || replica.epoch !== member.epoch) {
      this.die(member)
      return
    }
    if (!this.settleMessage(member, range, outcome)) return
    if (this.looping !== member.id) this.advance(member)
  }

  /** What becomes of a message. False when it is to be tried again. */
  private settleMessage(member: Member, range: BatchRange, outcome: number): boolean {
    const { offsets, settings } = this
    const { broker, topic, deadLetters } = this.parts
    const { partition, at } = range
    const log = this.log(partition)
    const gone = at < log.start
    if (outcome !== 0 && !gone) {
      const tries = offsets.tries[partition] as number
      if (tries < settings.retries) {
        offsets.tries[partition] = tries + 1
        this.waits += 1
        member.wait = this.waits
        this.world.schedule(Math.max(1000, this.spec.failures.backoff), this.index, event.retry, member.id, member.wait)
        return false
      }
      this.signals.givenUp(member, range, deadLetters >= 0)
      if (deadLetters >= 0) broker.copy(topic, partition, at, deadLetters, 0)
    }
    if (!gone) this.signals.finished(offsets.handled(partition, at, log.keyAt(at), log.producedAtUs(at)))
    offsets.tries[partition] = 0
    range.at += 1
    if (this.spec.commit === 'message') this.commit(member)
    return true
  }

  private commit(member: Member): void {
    if (member.batch.length === 0 || this.spec.commit === 'before') return
    if (!member.inGroup) {
      this.signals.commitFailed(member)
      return
    }
    const { committed, owner } = this.offsets
    for (const { partition, at } of member.batch) if (owner[partition] === member.id) committed[partition] = Math.max(committed[partition] ?? 0, at)
  }

  /** The process of a consumer is dead. The coordinator misses it when its heartbeats have been away for too long. */
  private die(member: Member): void {
    this.waits += 1
    Object.assign(member, { state: 'gone', call: none, batch: [], wait: this.waits })
  }
}
