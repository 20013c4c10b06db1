import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { none, role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import { messageFlag } from '../broker/message-log.ts'
import { podPhase } from '../service/replica.ts'
import { groupEvent } from './group-events.ts'
import type { ConsumerGroup } from './group.ts'
import { currentRange } from './member.ts'
import type { BatchRange, Member } from './member.ts'

/** TCP's first retransmission timeout. */
const resendUs = 200_000
/** A message older than this begins a trace of its own: the producer's has long been told. */
const sameTraceUs = 30_000_000

/** What each consumer of a group does: poll, handle the batch one message after the other, commit, poll again. */
export class ConsumerLoop {
  private readonly world: World
  private readonly group: ConsumerGroup
  private readonly times: RandomStream
  private fetch: Sampler | null = null
  /** Member whose messages a loop hands out: an answer that comes at once must not begin another loop. */
  private looping = none

  constructor(group: ConsumerGroup, world: World) {
    this.group = group
    this.world = world
    this.times = world.stream(`${group.name}/fetch`)
  }

  /** A consumer asks for messages: here it learns of everything that has happened to the group. */
  poll(member: Member): void {
    const { nowUs } = this.world
    const { coordinator } = this.group
    member.pollUs = nowUs
    member.batch = []
    if (this.group.isLeaving(member)) return
    const tripUs = this.tripUs(member)
    if (tripUs < 0) {
      if (member.state !== 'parked') member.state = 'idle'
      this.world.schedule(resendUs, this.group.index, groupEvent.wake, member.id)
      return
    }
    if (!member.inGroup) {
      coordinator.join(member, `member ${this.group.signals.memberName(member)} joins again`)
      return
    }
    if (coordinator.preparing && !member.joined) coordinator.rejoin(member)
    if (member.state === 'parked' && coordinator.preparing) return
    coordinator.release(member)
    member.state = 'idle'
    if (this.group.paused) return
    this.collect(member)
    if (member.batch.length === 0) return
    member.state = 'fetching'
    member.wait = this.group.nextWait()
    this.world.schedule(this.fetchUs() + tripUs, this.group.index, groupEvent.fetched, member.id, member.wait)
  }

  /** A wait of a member is over: for a batch, for its handler, or until a failed message is tried again. */
  waited(kind: number, member: Member): void {
    if (kind === groupEvent.fetched) {
      member.state = 'handling'
      this.advance(member)
    } else if (kind === groupEvent.handlerLate) {
      if (member.call !== none) this.answered(member, outcomeCode.timeout)
    } else if (this.tripUs(member) < 0) this.commitLater(member)
    else {
      // The failed message is fetched again, and with it what came in other partitions: only its own partition waits.
      this.commit(member)
      for (const { partition, at } of member.batch) if (this.group.offsets.owner[partition] === member.id) this.group.offsets.position[partition] = at
      this.poll(member)
    }
  }

  /** The next batch: what there is in the member's partitions, beginning with another one each time. */
  private collect(member: Member): void {
    const { offsets } = this.group
    const { broker, topic } = this.group.parts
    let left = this.group.settings.batch
    const { partitions } = member
    for (let step = 0; step < partitions.length && left > 0; step += 1) {
      const partition = partitions[(member.turn + step) % partitions.length] as number
      if (!broker.isOnline(topic, partition)) continue
      const log = this.group.log(partition)
      const wanted = offsets.position[partition] as number
      if (wanted < log.start) this.group.signals.outOfRange(partition, wanted, log.start)
      const from = Math.min(Math.max(wanted, log.start), log.end)
      const to = Math.min(log.end, from + left)
      offsets.position[partition] = to
      if (to === from) continue
      left -= to - from
      member.batch.push({ partition, from, at: from, to })
      if (this.group.spec.commit === 'before') offsets.committed[partition] = to
    }
    member.turn += 1
  }

  private advance(member: Member): void {
    const before = this.looping
    this.looping = member.id
    while (member.state === 'handling' && member.call === none) {
      const range = currentRange(member)
      if (range === undefined) {
        if (this.tripUs(member) < 0) this.commitLater(member)
        else {
          this.commit(member)
          this.poll(member)
        }
        break
      }
      const { start } = this.group.log(range.partition)
      if (start > range.at) {
        this.group.signals.outOfRange(range.partition, range.at, Math.min(start, range.to))
        range.at = Math.min(start, range.to)
      } else if (this.group.isLeaving(member)) break
      else if (!this.hand(member, range)) break
    }
    this.looping = before
  }

  /** Hands a message to the pod. True when it has been dealt with already. */
  private hand(member: Member, range: BatchRange): boolean {
    const { world } = this
    const { calls, nowUs } = world
    const { service, endpoint } = this.group.parts
    const log = this.group.log(range.partition)
    const call = calls.take(this.group.index, member.id, service.index, endpoint)
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
    member.call = call
    member.startedUs = nowUs
    const wait = this.group.nextWait()
    member.wait = wait
    calls.sentUs[call] = nowUs
    calls.stage[call] = stage.running
    service.arrive(call)
    if (member.call === call && this.group.spec.timeout !== undefined) world.schedule(this.group.spec.timeout, this.group.index, groupEvent.handlerLate, member.id, wait)
    return member.call === none && member.wait === wait
  }

  /** The pod has dealt with a message, or the consumer no longer waits for it. */
  answered(member: Member, outcome: number): void {
    const { call } = member
    const range = currentRange(member)
    member.call = none
    if (range === undefined) return
    this.group.signals.handled(member, call, range, outcome)
    if (outcome === outcomeCode.timeout) this.world.wire.detach(call)
    const replica = this.group.parts.service.replicas[member.replica]
    if (replica === undefined || replica.phase === podPhase.dead || replica.epoch !== member.epoch) {
      this.group.die(member)
      return
    }
    if (!this.settleMessage(member, range, outcome)) return
    if (this.looping !== member.id) this.advance(member)
  }

  /** What becomes of a message. False when it is to be tried again. */
  private settleMessage(member: Member, range: BatchRange, outcome: number): boolean {
    const { offsets, settings } = this.group
    const { broker, topic, deadLetters } = this.group.parts
    const { partition, at } = range
    const log = this.group.log(partition)
    const gone = at < log.start
    if (outcome !== 0 && !gone) {
      const tries = offsets.tries[partition] as number
      if (tries < settings.retries) {
        offsets.tries[partition] = tries + 1
        member.wait = this.group.nextWait()
        this.world.schedule(Math.max(1000, this.group.spec.failures.backoff), this.group.index, groupEvent.retry, member.id, member.wait)
        return false
      }
      this.group.signals.givenUp(member, range, deadLetters >= 0)
      if (deadLetters >= 0) broker.copy(topic, partition, at, deadLetters, 0)
    }
    if (!gone) this.group.signals.finished(offsets.handled(partition, at, log.keyAt(at), log.producedAtUs(at)))
    offsets.tries[partition] = 0
    range.at += 1
    if (this.group.spec.commit === 'message') this.commit(member)
    return true
  }

  /** Commits what a member has handled of its batch; refused when the group no longer has it. */
  commit(member: Member): void {
    if (member.batch.length === 0 || this.group.spec.commit === 'before') return
    if (!member.inGroup) {
      this.group.signals.commitFailed(member)
      return
    }
    const { committed, owner } = this.group.offsets
    for (const { partition, at } of member.batch) if (owner[partition] === member.id) committed[partition] = Math.max(committed[partition] ?? 0, at)
  }

  /** Time to the broker and back, in microseconds; -1 when a message on the way is lost now, 0 where there is no network. */
  tripUs(member: Member): number {
    const { calls, wire } = this.world
    const { broker, service } = this.group.parts
    const there = wire.route(service.index, broker.index)
    const back = wire.route(broker.index, service.index)
    if (there === null || back === null) return 0
    // Ways can depend on the pod: they learn it from the frame that makes a call.
    const frame = calls.take(none, none, service.index, 0)
    calls.replica[frame] = member.replica
    const call = calls.take(service.index, frame, broker.index, 0)
    const thereUs = there.transitUs(call, false)
    const backUs = back.transitUs(call, true)
    calls.release(call)
    calls.release(frame)
    return thereUs < 0 || backUs < 0 ? -1 : thereUs + backUs
  }

  private commitLater(member: Member): void {
    member.wait = this.group.nextWait()
    this.world.schedule(resendUs, this.group.index, groupEvent.retry, member.id, member.wait)
  }

  private fetchUs(): number {
    const { broker } = this.group.parts
    this.fetch ??= new Sampler(broker.spec.fetch)
    return Math.round(this.fetch.sampleUs(this.times) * broker.factor)
  }
}
