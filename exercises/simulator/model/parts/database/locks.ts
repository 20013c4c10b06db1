import { CallList } from '../../call-list.ts'
import type { CallListState } from '../../call-list.ts'
import { none, stage } from '../../calls.ts'
import type { Calls } from '../../calls.ts'

interface Lock {
  readonly unit: number
  readonly key: number
  /** Frame or query that holds it. */
  owner: number
  readonly waiting: CallList
}

/** Saved locks. */
export interface LockState {
  readonly locks: readonly { readonly unit: number; readonly key: number; readonly owner: number; readonly waiting: CallListState }[]
  readonly units: number
}

/** Row locks, first come first served. A lock exists while somebody holds it. */
export class RowLocks {
  /** Queries that wait for a lock. */
  waiting = 0
  private byKey = new Map<number, Lock>()
  private byUnit = new Map<number, Lock>()
  private units = 0
  private readonly calls: Calls

  constructor(calls: Calls) {
    this.calls = calls
  }

  /** Number of the lock when `owner` has it now, or negative: minus the number of the lock whose line the query has joined, minus 1. */
  take(key: number, owner: number, query: number): number {
    const known = this.byKey.get(key)
    if (known === undefined) {
      this.units += 1
      const lock: Lock = { unit: this.units, key, owner, waiting: new CallList(this.calls) }
      this.byKey.set(key, lock)
      this.byUnit.set(lock.unit, lock)
      return lock.unit
    }
    if (known.owner === owner) return known.unit
    known.waiting.push(query)
    this.waiting += 1
    return -known.unit - 1
  }

  /** Who holds a lock, or none. */
  owner(unit: number): number {
    return this.byUnit.get(unit)?.owner ?? none
  }

  /** Gives a lock back. Returns the query that gets it next, or none. The caller then says who owns it. */
  release(unit: number): number {
    const lock = this.byUnit.get(unit)
    if (lock === undefined) return none
    const next = lock.waiting.shift()
    if (next === none) {
      this.byKey.delete(lock.key)
      this.byUnit.delete(unit)
      return none
    }
    this.waiting -= 1
    return next
  }

  /** Names the new owner of a lock that `release` has handed on. */
  own(unit: number, owner: number): void {
    const lock = this.byUnit.get(unit)
    if (lock !== undefined) lock.owner = owner
  }

  /** Takes a query out of the line of a lock. */
  leave(unit: number, query: number): void {
    const lock = this.byUnit.get(unit)
    if (lock === undefined) return
    lock.waiting.remove(query)
    this.waiting -= 1
  }

  /** Whether the owner of a lock waits, over however many others, for a lock of this frame. */
  closesCircle(part: number, owner: number, unit: number): boolean {
    const { calls } = this
    let waitsFor = unit
    for (let turn = 0; turn < 32; turn += 1) {
      const holder = this.owner(waitsFor)
      if (holder === owner) return turn > 0
      const query = holder === none ? none : (calls.child[holder] as number)
      if (query === none || calls.callee[query] !== part || calls.stage[query] !== stage.part) return false
      waitsFor = calls.pending[query] as number
    }
    return false
  }

  /** Locks held. */
  get held(): number {
    return this.byKey.size
  }

  save(): LockState {
    return { locks: [...this.byKey.values()].map(({ unit, key, owner, waiting }) => ({ unit, key, owner, waiting: waiting.save() })), units: this.units }
  }

  load(state: LockState): void {
    this.byKey = new Map()
    this.byUnit = new Map()
    this.waiting = 0
    for (const saved of state.locks) {
      const lock: Lock = { unit: saved.unit, key: saved.key, owner: saved.owner, waiting: new CallList(this.calls) }
      lock.waiting.load(saved.waiting)
      this.waiting += lock.waiting.length
      this.byKey.set(lock.key, lock)
      this.byUnit.set(lock.unit, lock)
    }
    this.units = state.units
  }
}
