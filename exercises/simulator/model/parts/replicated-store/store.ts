import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { Consensus, divergedEntries } from './consensus.ts'
import type { ConsensusHost } from './consensus.ts'
import { copyOfMember, leaderFor, memberRole, newMember, sharedEntries } from './member.ts'
import type { Member } from './member.ts'
import type { ReplicatedStoreSpec } from './schema.ts'
import { StoreSignals } from './signals.ts'
import { Writes } from './writes.ts'
import type { WritesState } from './writes.ts'

const event = { message: 0, beat: 8, election: 9, endOfElection: 10, serve: 11, fence: 12, compact: 13 } as const
const operations = ['read', 'write'] as const
const write = 1
const compactUs = 10_000_000
const lengths = 2 ** 32

export interface ReplicatedStoreState {
  readonly members: readonly Member[]
  readonly base: number
  readonly writes: WritesState
  readonly clientsAway: number
}

/**
 * A store on several nodes of which one leads: writes go to the leader, the others copy its log, and elect another when
 * they no longer hear from it. What two leaders accept apart from each other cannot be kept: when they meet, the entries
 * of the one with the lower term are taken back, though their writers were told that all is well.
 */
export class ReplicatedStore extends BasePart<ReplicatedStoreState> implements ConsensusHost {
  readonly spec: ReplicatedStoreSpec
  readonly consensus: Consensus
  members: Member[]
  base = 0
  /** Share of clients that are with the second group of a partition. */
  clientsAway = 0
  private readonly writes: Writes
  private readonly latency: Sampler
  private readonly link: Sampler
  private readonly timeout: Sampler
  private readonly times: RandomStream
  private readonly links: RandomStream
  private readonly elections: RandomStream
  private readonly sides: RandomStream
  private readonly signals: StoreSignals

  constructor(world: World, name: string, spec: ReplicatedStoreSpec) {
    super(world, name)
    this.spec = spec
    this.writes = new Writes(world)
    this.members = spec.nodes.map((node) => newMember(node, spec.nodes.length))
    this.latency = new Sampler(spec.latency)
    this.link = new Sampler(spec.link)
    this.timeout = new Sampler(spec['election-timeout'])
    this.times = world.stream(`${name}/latency`)
    this.links = world.stream(`${name}/link`)
    this.elections = world.stream(`${name}/elections`)
    this.sides = world.stream(`${name}/sides`)
    this.signals = new StoreSignals(world, name)
    this.consensus = new Consensus(this)
  }

  get nowUs(): number {
    return this.world.nowUs
  }

  /** Writes that were acknowledged and are in no leader's log any more. */
  get lost(): number {
    return this.writes.lost
  }

  /** At time 0 the first node has led for long. */
  begin(): void {
    for (const [node, member] of this.members.entries()) {
      this.consensus.postpone(node)
      member.term = 1
      member.vote = 0
      member.leader = 0
      this.world.schedule(member.electionUs, this.index, event.election, node)
    }
    const [first] = this.members
    if (first === undefined) return
    first.role = memberRole.leader
    this.world.schedule(this.spec.heartbeat, this.index, event.beat, 0, first.term)
    this.world.schedule(compactUs, this.index, event.compact)
  }

  override arrive(call: number): void {
    const { calls } = this.world
    calls.replica[call] = leaderFor(this.members, this.clientsAway > 0 && this.sides.chance(this.clientsAway) ? 1 : 0)
    this.world.schedule(this.latency.sampleUs(this.times), this.index, event.serve, call, calls.wait(call, stage.part))
  }

  override handle(kind: number, a: number, b: number): void {
    const node = this.nodeOf(kind, a)
    const member = this.members[node]
    // A node that stands still does everything later, in the order in which it came.
    if (member !== undefined && member.pausedUntilUs > this.nowUs && kind !== event.fence) {
      this.world.schedule(member.pausedUntilUs - this.nowUs, this.index, kind, a, b)
      return
    }
    if (kind === event.serve) this.serve(a, b)
    else if (kind === event.compact) this.compact()
    else if (kind === event.fence) this.fence(node)
    else if (member === undefined || !member.isUp) {
      if (kind === event.election) this.world.schedule(this.electionTimeoutUs(), this.index, kind, a, b)
    } else if (kind < event.beat) this.consensus.receive(Math.floor(a / 16), node, kind, Math.floor(b / lengths), b % lengths)
    else if (kind === event.beat) this.beat(node, member, b)
    else if (kind === event.election) this.electionDue(node, member)
    else this.consensus.endElection(node, b)
  }

  override operation(name: string): number {
    return operations.indexOf(name as 'read')
  }

  override operationNames(): readonly string[] {
    return operations
  }

  override measure(): void {
    for (const member of this.members) this.signals.measure(member)
    this.signals.tellLost(this.lost)
  }

  /** Nodes that think they lead. */
  leaders(): readonly string[] {
    return this.members.filter(({ role, isUp }) => role === memberRole.leader && isUp).map(({ name }) => name)
  }

  /** Entries that nodes have and the newest leader has not. */
  diverged(): number {
    return divergedEntries(this.members)
  }

  /** Number of a node by its name; -1 when there is none. */
  node(name: string): number {
    return this.spec.nodes.indexOf(name)
  }

  /** Puts nodes and a share of clients apart from the others; no nodes: all are together again. */
  split(nodes: readonly string[], clients: number): void {
    for (const member of this.members) member.group = nodes.includes(member.name) ? 1 : 0
    this.clientsAway = nodes.length === 0 ? 0 : clients
  }

  /** A node dies, or comes back with its log. */
  setUp(node: number, isUp: boolean): void {
    const member = this.members[node] as Member
    if (member.isUp === isUp) return
    if (!isUp && member.role === memberRole.leader) this.consensus.follow(node, member.term, -1, 'the node is down')
    member.isUp = isUp
    member.role = memberRole.follower
    this.consensus.postpone(node)
    this.signals.turned(member, isUp)
  }

  /** A node stands still for a time. */
  pause(node: number, us: number): void {
    const member = this.members[node] as Member
    member.pausedUntilUs = Math.max(member.pausedUntilUs, this.nowUs + us)
  }

  /** Cuts a node off from writing, whatever it thinks of itself. */
  fence(node: number): void {
    const member = this.members[node] as Member
    member.isFenced = true
    if (member.role === memberRole.leader) this.consensus.follow(node, member.term, -1, 'it was fenced')
    this.signals.tell('warn', '{node} was fenced at term {term}', member)
  }

  electionTimeoutUs(): number {
    return Math.max(this.spec.heartbeat, this.timeout.sampleUs(this.elections))
  }

  send(from: number, to: number, kind: number, term: number, length: number): void {
    if (this.members[from]?.group !== this.members[to]?.group) return
    this.world.schedule(this.link.sampleUs(this.links), this.index, kind, from * 16 + to, term * lengths + length)
  }

  nextEntry(): number {
    return this.writes.next()
  }

  leads(node: number): void {
    const member = this.members[node] as Member
    this.signals.tell('info', '{node} became leader at term {term}', member)
    member.servesFromUs = this.nowUs
    if (this.spec.fencing) {
      for (const [other, { role }] of this.members.entries()) {
        if (other === node || role !== memberRole.leader) continue
        member.servesFromUs = this.nowUs + this.spec['fence-time']
        this.world.schedule(this.spec['fence-time'], this.index, event.fence, other)
      }
    }
    this.world.schedule(this.spec.heartbeat, this.index, event.beat, node, member.term)
  }

  resigned(node: number, why: string): void {
    const member = this.members[node] as Member
    this.signals.tell('warn', `{node} stepped down to follower at term {term} since ${why}`, member)
    this.writes.fail(member)
  }

  standsForElection(node: number): void {
    const member = this.members[node] as Member
    this.signals.tell('info', '{node} is starting a new election at term {term}', member)
    if (!this.spec.quorum) this.world.schedule(2 * this.spec.heartbeat, this.index, event.endOfElection, node, member.term)
  }

  committed(node: number): void {
    this.writes.committed(this.members[node] as Member, this.base)
  }

  rolledBack(node: number, entries: readonly number[]): void {
    if (this.writes.takenBack(entries) > 0) this.signals.tell('error', `{node} rolled back ${entries.length} entries of an earlier term at term {term}`, this.members[node] as Member)
  }

  save(): ReplicatedStoreState {
    return { members: this.members.map(copyOfMember), base: this.base, writes: this.writes.save(), clientsAway: this.clientsAway }
  }

  load(state: ReplicatedStoreState): void {
    this.members = state.members.map(copyOfMember)
    this.base = state.base
    this.writes.load(state.writes)
    this.clientsAway = state.clientsAway
  }

  private nodeOf(kind: number, a: number): number {
    if (kind === event.compact) return -1
    if (kind === event.serve) return this.world.calls.replica[a] as number
    return kind < event.beat ? a % 16 : a
  }

  private serve(call: number, token: number): void {
    const { calls, wire } = this.world
    if (calls.token[call] !== token) return
    const node = calls.replica[call] as number
    const member = this.members[node]
    if (member === undefined || member.role !== memberRole.leader || member.isFenced || this.nowUs < member.servesFromUs) {
      if (member !== undefined) member.failed += 1
      wire.finish(call, outcomeCode['no-leader'])
      return
    }
    if (calls.operation[call] !== write) {
      wire.finish(call, outcomeCode.ok)
      return
    }
    const entry = this.consensus.append(node)
    this.consensus.replicate(node)
    if (this.spec.commit === 'majority' && this.members.length > 1) {
      member.pending.push(this.base + member.entries.length, call, token)
      return
    }
    member.committed = this.base + member.entries.length
    this.writes.acknowledge(entry, call, token)
  }

  private beat(node: number, member: Member, term: number): void {
    if (member.role !== memberRole.leader || member.term !== term) return
    this.consensus.beat(node)
    this.world.schedule(this.spec.heartbeat, this.index, event.beat, node, term)
  }

  private electionDue(node: number, member: Member): void {
    if (member.role !== memberRole.leader && this.nowUs >= member.electionUs) {
      if (member.isFenced) this.consensus.postpone(node)
      else this.consensus.stand(node)
    }
    const waitUs = member.electionUs > this.nowUs ? member.electionUs - this.nowUs : this.electionTimeoutUs()
    this.world.schedule(waitUs, this.index, event.election, node)
  }

  /** Lets go of entries that all nodes share. */
  private compact(): void {
    this.world.schedule(compactUs, this.index, event.compact)
    const [first, ...others] = this.members
    if (first === undefined) return
    const committed = Math.min(...this.members.map((member) => member.committed)) - this.base
    const shared = Math.min(committed, ...others.map(({ entries }) => sharedEntries(first.entries, entries)), first.entries.length)
    if (shared < 2) return
    // The last shared entry stays: its term tells how new a log is.
    const gone = shared - 1
    this.writes.forget(first.entries.slice(0, gone))
    for (const member of this.members) {
      member.entries.splice(0, gone)
      member.terms.splice(0, gone)
    }
    this.base += gone
  }
}
