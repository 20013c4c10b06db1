export interface LeaseEvent {
  atS: number
  who: 'A' | 'B' | 'lock' | 'storage'
  text: string
  /** `bad`: data is lost; `good`: the check held. */
  kind: 'plain' | 'good' | 'bad'
}
export interface LeaseRun {
  events: LeaseEvent[]
  leaseEndS: number
  pauseFromS: number
  resumeS: number
  /** When B gets the lease; null while A's is never lost. */
  takenS: number | null
  writtenS: number | null
  lostWrites: number
  refused: number
  endS: number
}

const firstToken = 33
const pauseFromS = 2
/** From lease to write, for B. */
const workS = 3

/**
 * Client A takes a lease with token 33, checks it, and pauses before its write. B asks all the time and takes the lease
 * with token 34 when it has expired. A writes as soon as it runs again: it checked before the pause. Storage that checks
 * tokens refuses one lower than the highest that it has seen. M. Kleppmann, "Designing Data-Intensive Applications"
 * (2017), chapter 8, fencing tokens.
 */
export function runLease({ leaseS, pauseS, fencing }: { leaseS: number; pauseS: number; fencing: boolean }): LeaseRun {
  const resumeS = pauseFromS + pauseS
  const inTime = resumeS <= leaseS
  const takenS = leaseS
  const writtenS = takenS + workS
  const events: LeaseEvent[] = [
    { atS: 0, who: 'lock', text: `A gets the lease for ${leaseS} s, token ${firstToken}`, kind: 'plain' },
    { atS: pauseFromS, who: 'A', text: 'checks its lease, then is paused before it writes', kind: 'plain' },
  ]
  if (inTime) {
    events.push({ atS: resumeS, who: 'A', text: `writes with token ${firstToken}: its lease still runs`, kind: 'good' })
    return { events, leaseEndS: leaseS, pauseFromS, resumeS, takenS: null, writtenS: null, lostWrites: 0, refused: 0, endS: leaseS + 2 }
  }
  events.push({ atS: takenS, who: 'lock', text: `the lease of A has expired; B gets it, token ${firstToken + 1}`, kind: 'plain' })
  const lateA = resumeS > writtenS
  const writeB: LeaseEvent = { atS: writtenS, who: 'B', text: `writes with token ${firstToken + 1}: accepted`, kind: 'plain' }
  const writeA: LeaseEvent = !lateA
    ? { atS: resumeS, who: 'A', text: `writes with token ${firstToken}, without a lease: accepted, no higher token has been seen yet`, kind: 'plain' }
    : fencing
      ? { atS: resumeS, who: 'storage', text: `refuses the write of A: token ${firstToken} after ${firstToken + 1}`, kind: 'good' }
      : { atS: resumeS, who: 'A', text: `writes with token ${firstToken}: accepted, and what B wrote is gone`, kind: 'bad' }
  events.push(...(lateA ? [writeB, writeA] : [writeA, writeB]))
  return { events, leaseEndS: leaseS, pauseFromS, resumeS, takenS, writtenS, lostWrites: lateA && !fencing ? 1 : 0, refused: lateA && fencing ? 1 : 0, endS: Math.max(resumeS, writtenS) + 3 }
}
