import { none } from '../../calls.ts'
import { rangeAssignment, stickyAssignment } from './assignment.ts'
import type { ConsumerGroup } from './group.ts'
import type { Member } from './member.ts'

/** Saved coordinator. */
export interface CoordinatorState {
  readonly preparing: boolean
  readonly generation: number
  readonly sequence: number
  readonly startedUs: number
  readonly completing: boolean
}

/**
 * The broker's side of a consumer group: who is in it, and who reads what. Whenever somebody comes or goes, all members
 * must join again, which each does at its next poll; those who do not within max.poll.interval are thrown out. Then
 * partitions are shared out anew. Until then an eager group reads nothing.
 */
export class Coordinator {
  /** A rebalance is under way. */
  preparing = false
  generation = 0
  private sequence = 0
  private startedUs = 0
  private completing = false
  private readonly group: ConsumerGroup

  constructor(group: ConsumerGroup) {
    this.group = group
  }

  /** A member asks to join, for the first time or again. */
  join(member: Member, reason: string): void {
    const { nowUs } = this.group.clock
    this.prepare(reason)
    member.inGroup = true
    member.heartbeatUs = nowUs
    this.rejoin(member)
  }

  /** A member joins the rebalance that is under way. In an eager group it gives up its partitions first. */
  rejoin(member: Member): void {
    member.joined = true
    if (this.group.settings.assignment === 'eager' || member.partitions.length === 0) {
      this.free(member)
      member.state = 'parked'
    }
    this.check()
  }

  /** A member leaves, or is no longer taken for one. */
  remove(member: Member, reason: string): void {
    if (!member.inGroup) return
    member.inGroup = false
    this.free(member)
    member.target = []
    this.prepare(reason)
    this.check()
  }

  /** Begins a rebalance, unless one is under way. */
  prepare(reason: string): void {
    if (this.preparing) return
    const { group } = this
    this.preparing = true
    this.completing = false
    this.sequence += 1
    this.startedUs = group.clock.nowUs
    for (const member of group.members) member.joined = false
    group.signals.rebalancing(this.generation, reason)
    group.after(group.settings.maxPollUs, 'joinTimeout', this.sequence)
  }

  /** The time in which members had to join is over. */
  joinTimeout(sequence: number): void {
    if (!this.preparing || this.sequence !== sequence) return
    for (const member of this.group.members) {
      if (!member.inGroup || member.joined) continue
      this.group.signals.removed(member, 'did not join the rebalance in time')
      member.inGroup = false
      this.free(member)
      member.target = []
    }
    this.check()
  }

  /** Ends the rebalance: shares the partitions out. */
  complete(sequence: number): void {
    const { group } = this
    if (!this.preparing || this.sequence !== sequence) return
    this.preparing = false
    this.completing = false
    this.generation += 1
    const members = this.members()
    const assignment = group.settings.assignment === 'eager' ? rangeAssignment(members.length, group.offsets.partitions) : stickyAssignment(members.map(({ partitions }) => partitions), group.offsets.partitions)
    for (const [index, member] of members.entries()) member.target = [...(assignment[index] ?? [])]
    group.signals.stabilized(this.generation, members.length, group.clock.nowUs - this.startedUs)
    this.settle()
    for (const member of members) if (member.state === 'parked') group.loop.poll(member)
  }

  /** Gives free partitions to the members that are to read them. */
  settle(): void {
    const { offsets, members } = this.group
    for (const member of members) {
      for (const partition of member.target) {
        if (offsets.owner[partition] !== none) continue
        offsets.give(partition, member.id)
        member.partitions.push(partition)
        if (member.state === 'idle') this.group.wakeSoon(member)
      }
    }
  }

  /** A member lets go of partitions that it is no longer to read. */
  release(member: Member): void {
    const { offsets } = this.group
    const over = member.partitions.filter((partition) => !member.target.includes(partition))
    if (over.length === 0) return
    for (const partition of over) offsets.owner[partition] = none
    member.partitions = member.partitions.filter((partition) => member.target.includes(partition))
    this.settle()
  }

  /** At time 0 the group has been stable for long. */
  begin(): void {
    this.generation = 1
    const members = this.members()
    const assignment = rangeAssignment(members.length, this.group.offsets.partitions)
    for (const [index, member] of members.entries()) member.target = [...(assignment[index] ?? [])]
    this.settle()
  }

  /** Members that the coordinator knows, in the order in which they came. */
  members(): readonly Member[] {
    return this.group.members.filter(({ inGroup }) => inGroup)
  }

  save(): CoordinatorState {
    const { preparing, generation, sequence, startedUs, completing } = this
    return { preparing, generation, sequence, startedUs, completing }
  }

  load(state: CoordinatorState): void {
    Object.assign(this, state)
  }

  private free(member: Member): void {
    const { offsets } = this.group
    for (const partition of member.partitions) if (offsets.owner[partition] === member.id) offsets.owner[partition] = none
    member.partitions = []
  }

  private check(): void {
    if (!this.preparing || this.completing || this.members().some(({ joined }) => !joined)) return
    this.completing = true
    this.group.after(this.group.spec['rebalance-time'], 'complete', this.sequence)
  }
}
