import { isAsNew, memberRole, sharedEntries } from './member.ts'
import type { Member } from './member.ts'
import type { ReplicatedStoreSpec } from './schema.ts'

/** Messages between nodes, and events of a node. */
export const message = { askVote: 0, vote: 1, append: 2, acknowledge: 3 } as const

/** What consensus needs of the part around it. */
export interface ConsensusHost {
  readonly spec: ReplicatedStoreSpec
  readonly members: readonly Member[]
  readonly nowUs: number
  /** Entries before those that the members keep. */
  readonly base: number
  electionTimeoutUs(): number
  /** Sends a message, which may be lost. `length` counts entries from the first ever. */
  send(from: number, to: number, kind: number, term: number, length: number): void
  /** A new entry's number. */
  nextEntry(): number
  /** The node has become a leader, or is none any more. */
  leads(node: number): void
  resigned(node: number, why: string): void
  /** Entries of the leader up to here are on a majority. */
  committed(node: number): void
  /** Entries that a node had are taken back. */
  rolledBack(node: number, entries: readonly number[]): void
  standsForElection(node: number): void
}

/**
 * Raft without its refinements (Ongaro and Ousterhout, 2014): terms, votes, one log that followers copy. Where the
 * store has no quorum, a candidate takes the lead with whoever it reaches, which is what makes two leaders.
 */
export class Consensus {
  private readonly host: ConsensusHost

  constructor(host: ConsensusHost) {
    this.host = host
  }

  get majority(): number {
    return Math.floor(this.host.members.length / 2) + 1
  }

  /** The node stands for election. */
  stand(node: number): void {
    const member = this.member(node)
    member.term += 1
    member.role = memberRole.candidate
    member.vote = node
    member.leader = -1
    member.votes = 1 << node
    this.postpone(node)
    this.host.standsForElection(node)
    for (const to of this.others(node)) this.host.send(node, to, message.askVote, member.term, 0)
    if (this.majority === 1) this.lead(node)
  }

  /** Without a quorum a candidate leads when nobody has told it of another leader by now. */
  endElection(node: number, term: number): void {
    const member = this.member(node)
    if (member.role === memberRole.candidate && member.term === term) this.lead(node)
  }

  /** A message has arrived. */
  receive(from: number, node: number, kind: number, term: number, length: number): void {
    const member = this.member(node)
    if (kind === message.askVote) this.askedForVote(from, node, term)
    else if (kind === message.append) this.appended(from, node, term, length)
    else if (term > member.term) this.follow(node, term, -1, 'a higher term')
    else if (kind === message.vote) {
      if (member.role !== memberRole.candidate || member.term !== term) return
      member.votes |= 1 << from
      if (this.host.spec.quorum && bits(member.votes) >= this.majority) this.lead(node)
    } else if (member.role === memberRole.leader && member.term === term) this.acknowledged(from, node, length)
  }

  /** A leader tells the others that it is there, and gives up when too few answer. */
  beat(node: number): void {
    const member = this.member(node)
    const { nowUs, spec } = this.host
    const heard = member.ackedUs.filter((us, other) => other === node || us > nowUs - this.patienceUs).length
    if (spec.quorum && heard < this.majority && nowUs > member.heardUs + this.patienceUs) {
      this.follow(node, member.term, -1, 'quorum is not active')
      return
    }
    this.replicate(node)
  }

  /** Sends what a leader has to the others. */
  replicate(node: number): void {
    const member = this.member(node)
    for (const to of this.others(node)) this.host.send(node, to, message.append, member.term, this.host.base + member.entries.length)
  }

  /** Appends an entry to a leader's log; returns its number. */
  append(node: number): number {
    const member = this.member(node)
    const entry = this.host.nextEntry()
    member.entries.push(entry)
    member.terms.push(member.term)
    return entry
  }

  /** The node leads no more, or hears of a newer term. */
  follow(node: number, term: number, leader: number, why: string): void {
    const member = this.member(node)
    const led = member.role === memberRole.leader
    if (term > member.term) member.vote = -1
    member.term = term
    member.role = memberRole.follower
    if (leader !== -1 && leader !== member.leader) member.leaderChanges += 1
    member.leader = leader
    this.postpone(node)
    if (led) this.host.resigned(node, why)
  }

  /** Sets anew when the node stands for election. */
  postpone(node: number): void {
    this.member(node).electionUs = this.host.nowUs + this.host.electionTimeoutUs()
  }

  private get patienceUs(): number {
    return 10 * this.host.spec.heartbeat
  }

  private lead(node: number): void {
    const member = this.member(node)
    member.role = memberRole.leader
    member.leader = node
    member.leaderChanges += 1
    member.heardUs = this.host.nowUs
    member.matched.fill(0)
    member.ackedUs.fill(this.host.nowUs)
    // An entry of its own term: what the log holds from earlier ones becomes final with it.
    this.append(node)
    this.host.leads(node)
    this.commit(node)
    this.replicate(node)
  }

  private askedForVote(from: number, node: number, term: number): void {
    const member = this.member(node)
    if (term < member.term) return
    if (term > member.term) this.follow(node, term, -1, 'a higher term')
    if ((member.vote !== -1 && member.vote !== from) || !isAsNew(this.member(from), member)) return
    member.vote = from
    this.postpone(node)
    this.host.send(node, from, message.vote, term, 0)
  }

  private appended(from: number, node: number, term: number, length: number): void {
    const member = this.member(node)
    const leader = this.member(from)
    if (term < member.term) {
      this.host.send(node, from, message.acknowledge, member.term, 0)
      return
    }
    if (term === member.term && member.role === memberRole.leader) {
      // Two leaders of one term, as there are without a quorum: the shorter log gives in.
      const [mine, theirs] = [member.entries.length, leader.entries.length]
      if (mine > theirs || (mine === theirs && node < from)) return
    }
    if (term > member.term || member.role !== memberRole.follower || member.leader !== from) this.follow(node, term, from, 'another leader')
    member.isFenced = false
    member.heardUs = this.host.nowUs
    this.postpone(node)
    if (leader.term === term) this.copy(leader, node, length - this.host.base)
    this.host.send(node, from, message.acknowledge, term, length)
  }

  /** Makes a follower's log that of its leader, up to a length. */
  private copy(leader: Member, node: number, length: number): void {
    const member = this.member(node)
    const wanted = Math.min(Math.max(0, length), leader.entries.length)
    const { entries } = member
    // Nearly always the follower has all that it needs, or lacks the last entries alone.
    let shared = Math.min(entries.length, wanted)
    while (shared > 0 && entries[shared - 1] !== leader.entries[shared - 1]) shared -= 1
    if (shared < entries.length && shared < wanted) {
      const taken = entries.splice(shared)
      member.terms.splice(shared)
      member.rolledBack += taken.length
      this.host.rolledBack(node, taken)
    }
    for (let at = shared; at < wanted; at += 1) {
      entries[at] = leader.entries[at] as number
      member.terms[at] = leader.terms[at] as number
    }
    member.committed = Math.max(member.committed, Math.min(leader.committed, this.host.base + wanted))
  }

  private acknowledged(from: number, node: number, length: number): void {
    const member = this.member(node)
    member.ackedUs[from] = this.host.nowUs
    if (length <= (member.matched[from] ?? 0)) return
    member.matched[from] = length
    this.commit(node)
  }

  /** Moves on what is on a majority of nodes. */
  private commit(node: number): void {
    const member = this.member(node)
    const { base, spec } = this.host
    member.matched[node] = base + member.entries.length
    const least = member.matched.toSorted((left, right) => right - left)[this.majority - 1] ?? 0
    const length = spec.commit === 'leader' ? base + member.entries.length : least
    if (length <= member.committed || member.terms[length - base - 1] !== member.term) return
    member.committed = length
    this.host.committed(node)
  }

  private others(node: number): number[] {
    return this.host.members.flatMap((_member, other) => (other === node ? [] : [other]))
  }

  private member(node: number): Member {
    return this.host.members[node] as Member
  }
}

/** Entries that a node has and the leader with the highest term has not. */
export function divergedEntries(members: readonly Member[]): number {
  const [first] = members.filter(({ role }) => role === memberRole.leader).toSorted((left, right) => right.term - left.term)
  if (first === undefined) return 0
  return members.reduce((sum, member) => sum + member.entries.length - sharedEntries(member.entries, first.entries), 0)
}

function bits(mask: number): number {
  let count = 0
  for (let left = mask; left > 0; left &= left - 1) count += 1
  return count
}
