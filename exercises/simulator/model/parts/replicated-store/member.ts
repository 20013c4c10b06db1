/** What a node is to the others. */
export const memberRole = { follower: 0, candidate: 1, leader: 2 } as const

/** A node of a replicated store. Plain data. */
export interface Member {
  readonly name: string
  role: number
  /** Epoch of the leadership that it knows of. */
  term: number
  /** Node that it voted for in this term, and the leader that it follows; -1 for none. */
  vote: number
  leader: number
  isUp: boolean
  isFenced: boolean
  /** A leader serves from here on. */
  servesFromUs: number
  /** It stands still until here. */
  pausedUntilUs: number
  /** Nodes of one group reach each other. */
  group: number
  /** When it stands for election, unless it hears of a leader. */
  electionUs: number
  /** When it last heard of its leader. */
  heardUs: number
  /** Nodes that voted for it, as bits. */
  votes: number
  /** Entries that it knows to be on enough nodes, counted from the first ever. */
  committed: number
  /** Entries that each node has acknowledged, and when: of leaders. */
  matched: number[]
  ackedUs: number[]
  /** Numbers and terms of the entries that not all nodes share yet. */
  entries: number[]
  terms: number[]
  /** Writes that wait for a majority: place in the log, call, token. */
  pending: number[]
  leaderChanges: number
  failed: number
  rolledBack: number
}

/** A node that has just started. */
export function newMember(name: string, nodes: number): Member {
  return {
    name, role: memberRole.follower, term: 0, vote: -1, leader: -1, isUp: true, isFenced: false, servesFromUs: 0, pausedUntilUs: 0, group: 0, electionUs: 0, heardUs: 0, votes: 0, committed: 0,
    matched: Array.from({ length: nodes }, () => 0), ackedUs: Array.from({ length: nodes }, () => 0), entries: [], terms: [], pending: [], leaderChanges: 0, failed: 0, rolledBack: 0,
  }
}

/** A copy that shares nothing. */
export function copyOfMember(member: Member): Member {
  return { ...member, matched: member.matched.slice(), ackedUs: member.ackedUs.slice(), entries: member.entries.slice(), terms: member.terms.slice(), pending: member.pending.slice() }
}

/** Entries at the start of both logs that are the same. Numbers of entries are unique, so the last one decides for all before it. */
export function sharedEntries(one: readonly number[], other: readonly number[]): number {
  let shared = Math.min(one.length, other.length)
  while (shared > 0 && one[shared - 1] !== other[shared - 1]) shared -= 1
  return shared
}

/** Whether the first log is at least as new as the second: by term of the last entry, then by length. */
export function isAsNew(one: Member, other: Member): boolean {
  const [term = 0, otherTerm = 0] = [one.terms.at(-1), other.terms.at(-1)]
  return term > otherTerm || (term === otherTerm && one.entries.length >= other.entries.length)
}

/** Node that clients who reach a group of nodes take for the leader; -1 when they know of none. */
export function leaderFor(members: readonly Member[], reached: number): number {
  let best = -1
  for (const [node, { group, role, isUp, term }] of members.entries()) {
    if (group === reached && role === memberRole.leader && isUp && term > (members[best]?.term ?? -1)) best = node
  }
  return best
}
