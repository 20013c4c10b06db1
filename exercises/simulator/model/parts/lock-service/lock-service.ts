import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { podPhase } from '../service/replica.ts'
import type { Replica } from '../service/replica.ts'
import { Service } from '../service/service.ts'
import { LockSignals } from './lock-signals.ts'
import type { LockServiceSpec } from './schema.ts'

/** Steps of programs. */
export const lockStep = { acquire: 0, release: 1, write: 2 } as const
const event = { acquire: 0, expiry: 1, renewal: 2 } as const

/** A lock: who has it until when, and who waits, as pairs of call and token. */
interface Lock {
  /** Number of the lease, which is its fencing token; 0 when nobody has it. */
  readonly lease: number
  readonly untilUs: number
  readonly waiting: readonly number[]
}

/** What an owner thinks that it has. */
interface Lease {
  readonly lease: number
  readonly key: number
}

export interface LockServiceState {
  readonly locks: ReadonlyMap<number, Lock>
  readonly owners: ReadonlyMap<number, Lease>
  readonly seen: ReadonlyMap<number, number>
  readonly leases: number
  readonly leaseUs: number
  readonly isFencing: boolean
  readonly isRenewing: boolean
  readonly isUp: boolean
  readonly overlaps: number
  readonly staleWrites: number
}

/**
 * Locks with leases. An owner that stands still does not renew, and does not know that its lease is over: it goes on
 * beside the next owner. What is protected can tell them apart by the number of the lease, if it looks.
 */
export class LockService extends BasePart<LockServiceState> {
  readonly spec: LockServiceSpec
  leaseUs: number
  isFencing: boolean
  /** Whether owners renew the leases that are given from now on. */
  isRenewing: boolean
  isUp = true
  /** Times that a lock had two owners who both thought that it was theirs. */
  overlaps = 0
  /** Writes of owners whose lease was over, after a later owner had written. */
  staleWrites = 0
  private locks = new Map<number, Lock>()
  /** By call. */
  private owners = new Map<number, Lease>()
  /** Highest number that the protected thing has seen, by key. */
  private seen = new Map<number, number>()
  private leases = 0
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly signals: LockSignals

  constructor(world: World, name: string, spec: LockServiceSpec) {
    super(world, name)
    this.spec = spec
    this.leaseUs = spec.lease
    this.isFencing = spec.fencing
    this.isRenewing = spec.renew
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.signals = new LockSignals(world, name)
  }

  override step(call: number, code: number): boolean {
    const { calls } = this.world
    if (code === lockStep.release) {
      const owned = this.owners.get(call)
      if (owned !== undefined && this.world.holds.remove(call, this.index, owned.lease)) this.release(call)
      return true
    }
    if (code === lockStep.write) return this.write(call)
    this.world.schedule(this.latency.sampleUs(this.times), this.index, event.acquire, call, calls.wait(call, stage.part))
    return false
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === event.acquire) {
      if (this.world.calls.token[a] === b) this.acquire(a, b)
    } else if (kind === event.expiry) this.expire(a, b)
    else this.renew(a, b)
  }

  /** A request has waited too long for a lock. */
  override expired(call: number): void {
    const key = this.world.calls.key[call] as number
    const lock = this.locks.get(key)
    if (lock !== undefined) this.locks.set(key, { ...lock, waiting: without(lock.waiting, call) })
    this.fail(call, outcomeCode['lock-timeout'])
  }

  /** The frame has ended, or its process has: then nobody tells the lock service, and the lease runs out by itself. */
  override giveBack(call: number): void {
    if (this.replicaOf(call)?.phase === podPhase.dead) this.owners.delete(call)
    else this.release(call)
  }

  /** Takes all locks from their owners. */
  breakLocks(): number {
    let broken = 0
    for (const [key, lock] of this.locks) {
      if (lock.lease === 0) continue
      broken += 1
      this.locks.set(key, { ...lock, lease: 0 })
      this.next(key)
    }
    return broken
  }

  override measure(): void {
    let held = 0
    let waiting = 0
    for (const lock of this.locks.values()) {
      if (lock.lease !== 0) held += 1
      waiting += lock.waiting.length / 2
    }
    this.signals.measure(held, waiting, this.staleWrites)
  }

  save(): LockServiceState {
    return {
      locks: new Map([...this.locks].map(([key, lock]) => [key, { ...lock }])), owners: new Map([...this.owners].map(([call, owned]) => [call, { ...owned }])), seen: new Map(this.seen),
      leases: this.leases, leaseUs: this.leaseUs, isFencing: this.isFencing, isRenewing: this.isRenewing, isUp: this.isUp, overlaps: this.overlaps, staleWrites: this.staleWrites,
    }
  }

  load({ locks, owners, seen, ...rest }: LockServiceState): void {
    this.locks = new Map(locks)
    this.owners = new Map(owners)
    this.seen = new Map(seen)
    Object.assign(this, rest)
    this.signals.clear()
  }

  private acquire(call: number, token: number): void {
    if (!this.isUp) {
      this.fail(call, outcomeCode.unavailable)
      return
    }
    const key = this.world.calls.key[call] as number
    const lock = this.locks.get(key)
    if (lock === undefined || lock.lease === 0) {
      this.grant(key, call, lock?.waiting ?? [])
      return
    }
    this.locks.set(key, { ...lock, waiting: [...lock.waiting, call, token] })
    this.world.calls.waitUs[call] = this.world.nowUs
    this.world.deadlines.set(this.index, call, token, this.spec.acquire)
  }

  private grant(key: number, call: number, waiting: readonly number[]): void {
    const { world } = this
    for (const owned of this.owners.values()) if (owned.key === key) this.overlaps += 1
    this.leases += 1
    const lease = this.leases
    this.locks.set(key, { lease, untilUs: world.nowUs + this.leaseUs, waiting })
    this.owners.set(call, { lease, key })
    world.holds.add(call, this.index, lease)
    world.schedule(this.leaseUs, this.index, event.expiry, key, lease)
    if (this.isRenewing) world.schedule(Math.round(this.leaseUs / 3), this.index, event.renewal, call, lease)
    this.signals.granted(world.nowUs - (world.calls.waitUs[call] as number))
    world.parts[world.calls.callee[call] as number]?.resume(call, outcomeCode.ok)
  }

  private expire(key: number, lease: number): void {
    const lock = this.locks.get(key)
    if (lock?.lease !== lease) return
    if (lock.untilUs > this.world.nowUs) {
      this.world.schedule(lock.untilUs - this.world.nowUs, this.index, event.expiry, key, lease)
      return
    }
    this.signals.expired(key, lease, lock.waiting.length / 2)
    this.locks.set(key, { ...lock, lease: 0 })
    this.next(key)
  }

  private renew(call: number, lease: number): void {
    const owned = this.owners.get(call)
    if (owned?.lease !== lease) return
    const frozenUs = (this.replicaOf(call)?.frozenUntilUs ?? 0) - this.world.nowUs
    if (frozenUs > 0) {
      this.world.schedule(frozenUs, this.index, event.renewal, call, lease)
      return
    }
    const lock = this.locks.get(owned.key)
    if (lock?.lease !== lease) {
      this.signals.renewedTooLate(owned.key, lease)
      return
    }
    if (this.isUp) this.locks.set(owned.key, { ...lock, untilUs: this.world.nowUs + this.leaseUs })
    this.world.schedule(Math.round(this.leaseUs / 3), this.index, event.renewal, call, lease)
  }

  private release(call: number): void {
    const owned = this.owners.get(call)
    if (owned === undefined) return
    this.owners.delete(call)
    const lock = this.locks.get(owned.key)
    if (lock?.lease !== owned.lease) return
    this.locks.set(owned.key, { ...lock, lease: 0 })
    this.next(owned.key)
  }

  /** Gives a free lock to the first who still waits for it. */
  private next(key: number): void {
    const { calls } = this.world
    const waiting = this.locks.get(key)?.waiting ?? []
    for (let at = 0; at < waiting.length; at += 2) {
      const [call = 0, token = 0] = waiting.slice(at, at + 2)
      if (calls.token[call] !== token) continue
      this.grant(key, call, waiting.slice(at + 2))
      return
    }
    this.locks.delete(key)
  }

  /** The write that the lock protects. */
  private write(call: number): boolean {
    const owned = this.owners.get(call)
    if (owned === undefined) return true
    const highest = this.seen.get(owned.key) ?? 0
    const isStale = owned.lease < highest
    if (isStale && this.isFencing) {
      this.signals.wrote('rejected')
      this.fail(call, outcomeCode['lease-lost'])
      return false
    }
    if (isStale) this.staleWrites += 1
    else this.seen.set(owned.key, owned.lease)
    this.signals.wrote('ok')
    return true
  }

  private fail(call: number, outcome: number): void {
    const { calls, parts } = this.world
    calls.causePart[call] = this.index
    calls.cause[call] = outcome
    parts[calls.callee[call] as number]?.resume(call, outcome)
  }

  /** Where the owner runs, if it is a service. */
  private replicaOf(call: number): Replica | undefined {
    const { calls, parts } = this.world
    const part = parts[calls.callee[call] as number]
    return part instanceof Service ? part.replicas[calls.replica[call] as number] : undefined
  }
}

function without(waiting: readonly number[], call: number): readonly number[] {
  const at = waiting.findIndex((value, index) => index % 2 === 0 && value === call)
  return at < 0 ? waiting : waiting.toSpliced(at, 2)
}
