import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import type { Member } from './member.ts'

/** Saved writes. */
export interface WritesState {
  readonly entries: number
  readonly lost: number
  readonly acknowledged: ReadonlySet<number>
}

/** What writers of a replicated store have been told: which entries they think are safe, and which of those are gone. */
export class Writes {
  /** Writes that were acknowledged and are in no leader's log any more. */
  lost = 0
  private entries = 0
  private acknowledged = new Set<number>()
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  /** A new entry's number. */
  next(): number {
    this.entries += 1
    return this.entries
  }

  /** Tells a writer that its entry is safe. */
  acknowledge(entry: number, call: number, token: number): void {
    if (this.world.calls.token[call] !== token) return
    this.acknowledged.add(entry)
    this.world.wire.finish(call, outcomeCode.ok)
  }

  /** Tells the writers whose entries are on enough nodes now. */
  committed(member: Member, base: number): void {
    const { pending } = member
    let done = 0
    while (done < pending.length && (pending[done] as number) <= member.committed) {
      const [place = 0, call = 0, token = 0] = pending.slice(done, done + 3)
      this.acknowledge(member.entries[place - base - 1] ?? 0, call, token)
      done += 3
    }
    if (done > 0) pending.splice(0, done)
  }

  /** Tells the writers who wait for a node that leads no more. */
  fail(member: Member): void {
    const pending = member.pending.splice(0)
    for (let at = 0; at < pending.length; at += 3) {
      const [call = 0, token = 0] = pending.slice(at + 1, at + 3)
      member.failed += 1
      if (this.world.calls.token[call] === token) this.world.wire.finish(call, outcomeCode['no-leader'])
    }
  }

  /** Entries were taken back; returns how many of them their writers think are safe. */
  takenBack(entries: readonly number[]): number {
    const lost = entries.filter((entry) => this.acknowledged.delete(entry)).length
    this.lost += lost
    return lost
  }

  /** Entries that all nodes have need not be remembered. */
  forget(entries: readonly number[]): void {
    for (const entry of entries) this.acknowledged.delete(entry)
  }

  save(): WritesState {
    return { entries: this.entries, lost: this.lost, acknowledged: new Set(this.acknowledged) }
  }

  load(state: WritesState): void {
    this.entries = state.entries
    this.lost = state.lost
    this.acknowledged = new Set(state.acknowledged)
  }
}
