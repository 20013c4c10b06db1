import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { attribute } from '../../../telemetry/index.ts'
import type { Counter, Gauge } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { CallList } from '../../call-list.ts'
import type { CallListState } from '../../call-list.ts'
import { none, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { Entries } from './entries.ts'
import type { EntryState } from './entries.ts'
import type { CacheSpec } from './schema.ts'

const event = { served: 0, up: 1 } as const
const operations = ['get', 'set', 'delete'] as const

/** In-process copies of a key: at most this many pods. */
const mostPods = 1024

/** Somebody is fetching a key that is missing; others wait. */
interface Fill {
  readonly unit: number
  readonly key: number
  readonly waiting: CallList
}

export interface CacheSettings {
  ttlUs: number
  jitter: number
  singleFlight: boolean
  size: number
  factor: number
  down: boolean
}

export interface CacheState {
  readonly settings: CacheSettings
  readonly entries: EntryState
  readonly versions: ReadonlyMap<number, number>
  readonly fills: readonly { readonly unit: number; readonly key: number; readonly waiting: CallListState }[]
  readonly units: number
  readonly busyUntilUs: readonly number[]
  readonly workUs: readonly number[]
}

/** A cache with times to live: what is missing is the caller's to fetch, alone or with everybody else. */
export class Cache extends BasePart<CacheState> {
  readonly spec: CacheSpec
  readonly settings: CacheSettings
  private readonly entries = new Entries()
  /** Versions of the records that are stored, for keys whose version somebody follows. */
  private versions = new Map<number, number>()
  private fills = new Map<number, Fill>()
  private fillByUnit = new Map<number, Fill>()
  private units = 0
  private busyUntilUs: number[]
  /** Work that each shard was given so far. */
  private workUs: number[]
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly lives: RandomStream
  private counters: Record<'hit' | 'miss' | 'set' | 'evicted' | 'expired', Counter>
  private gauges: Record<'entries' | 'fills', Gauge>
  /** Time on the thread of each shard, where there are several. */
  private shardCounters: readonly Counter[]
  private readonly listeners: (() => void)[] = []

  constructor(world: World, name: string, spec: CacheSpec) {
    super(world, name)
    this.spec = spec
    this.settings = { ttlUs: spec.ttl, jitter: spec.jitter, singleFlight: spec['single-flight'], size: spec.size, factor: 1, down: false }
    this.busyUntilUs = Array.from({ length: spec.shards }, () => 0)
    this.workUs = this.busyUntilUs.slice()
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.lives = world.stream(`${name}/ttl`)
    this.counters = this.makeCounters()
    this.gauges = this.makeGauges()
    this.shardCounters = this.makeShardCounters()
    this.fillKeys(spec.warm)
  }

  override arrive(call: number): void {
    const { calls, nowUs, wire } = this.world
    if (this.settings.down) {
      wire.finish(call, outcomeCode.refused)
      return
    }
    if (this.spec['in-process']) {
      this.world.schedule(this.latency.sampleUs(this.times), this.index, event.served, call, calls.wait(call, stage.part))
      return
    }
    // One thread for each shard: operations on its keys, a hot key among them, wait in line.
    const shard = (calls.key[call] as number) % this.busyUntilUs.length
    const workUs = Math.round(this.spec.work * this.settings.factor)
    const doneUs = Math.max(nowUs, this.busyUntilUs[shard] ?? 0) + workUs
    this.busyUntilUs[shard] = doneUs
    this.workUs[shard] = (this.workUs[shard] ?? 0) + workUs
    this.world.schedule(doneUs - nowUs + this.latency.sampleUs(this.times), this.index, event.served, call, calls.wait(call, stage.part))
  }

  override handle(kind: number, call: number, token: number): void {
    const { calls, wire } = this.world
    if (kind === event.up) {
      this.settings.down = false
      return
    }
    if (calls.token[call] !== token) return
    const key = this.keyOf(call)
    const operation = calls.operation[call] as number
    if (operation === 0) {
      this.get(call, key)
      return
    }
    if (operation === 1) this.set(key, calls.version[call] as number)
    else this.entries.delete(key)
    wire.finish(call, 0)
  }

  /** A caller that waits for somebody else's fill has gone. */
  override abandoned(call: number): void {
    const { calls, wire } = this.world
    if (calls.pending[call] === 0) return
    this.fillByUnit.get(calls.pending[call] as number)?.waiting.remove(call)
    wire.finish(call, outcomeCode.cancelled)
  }

  /** The frame that was to fill a key has ended: the next in line tries, if the key is still missing. */
  override giveBack(_call: number, unit: number): void {
    const fill = this.fillByUnit.get(unit)
    if (fill !== undefined) this.handOn(fill)
  }

  /** Throws all keys away. */
  flush(): number {
    const { size } = this.entries
    this.entries.clear()
    this.versions.clear()
    for (const listener of this.listeners) listener()
    return size
  }

  /** Tells a part that keeps something else in this cache when all is gone. */
  onEmptied(listener: () => void): void {
    this.listeners.push(listener)
  }

  /** Throws one key away, in all pods where they have their own. False when it was not there. */
  deleteKey(key: number): boolean {
    return this.entries.deleteWhere((kept) => (this.spec['in-process'] ? Math.floor(kept / mostPods) : kept) === key) > 0
  }

  /** Fills keys from 0 up, all at this moment. */
  fillKeys(keys: number): void {
    for (let key = 0; key < Math.min(keys, this.settings.size); key += 1) this.store(key)
  }

  /** Changes the number of shards. Keys that now belong to another one are not found there. Returns how many. */
  reshard(shards: number): number {
    const before = this.busyUntilUs.length
    const { nowUs } = this.world
    this.busyUntilUs = Array.from({ length: shards }, (_, shard) => this.busyUntilUs[shard] ?? nowUs)
    this.workUs = Array.from({ length: shards }, (_, shard) => this.workUs[shard] ?? 0)
    this.shardCounters = this.makeShardCounters()
    return this.entries.deleteWhere((key) => key % before !== key % shards)
  }

  get shards(): number {
    return this.busyUntilUs.length
  }

  /** The cache is gone for a time, and comes back empty. */
  goDown(us: number): void {
    this.settings.down = true
    this.flush()
    for (const fill of this.fillByUnit.values()) for (let call = fill.waiting.shift(); call !== none; call = fill.waiting.shift()) this.answer(call, 0)
    this.world.schedule(us, this.index, event.up)
  }

  override operation(name: string): number {
    return (operations as readonly string[]).indexOf(name)
  }

  override operationNames(): readonly string[] {
    return operations
  }

  override spanOf(operation: string): { name: string; attributes: Record<string, AttributeValue> } {
    return { name: operation.toUpperCase(), attributes: { [attribute.dbSystemName]: this.spec.system, [attribute.dbOperationName]: operation.toUpperCase(), [attribute.serverAddress]: this.name } }
  }

  override measure(): void {
    this.gauges.entries.set(this.entries.size)
    this.gauges.fills.set(this.fills.size)
    const { nowUs } = this.world
    for (const [shard, counter] of this.shardCounters.entries()) {
      const doneUs = (this.workUs[shard] ?? 0) - Math.max(0, (this.busyUntilUs[shard] ?? 0) - nowUs)
      counter.add(Math.max(0, doneUs / 1e6 - counter.value))
    }
  }

  save(): CacheState {
    return {
      settings: { ...this.settings }, entries: this.entries.save(), versions: new Map(this.versions), units: this.units, busyUntilUs: this.busyUntilUs.slice(), workUs: this.workUs.slice(),
      fills: [...this.fills.values()].map(({ unit, key, waiting }) => ({ unit, key, waiting: waiting.save() })),
    }
  }

  load(state: CacheState): void {
    Object.assign(this.settings, state.settings)
    this.entries.load(state.entries)
    this.versions = new Map(state.versions)
    this.units = state.units
    this.busyUntilUs = state.busyUntilUs.slice()
    this.workUs = state.workUs.slice()
    this.fills = new Map()
    this.fillByUnit = new Map()
    for (const { unit, key, waiting } of state.fills) this.addFill(unit, key).waiting.load(waiting)
    this.counters = this.makeCounters()
    this.gauges = this.makeGauges()
    this.shardCounters = this.makeShardCounters()
  }

  /** The key as it is kept: where pods have their own copies, that of the pod which asks. */
  private keyOf(call: number): number {
    const { calls } = this.world
    const key = calls.key[call] as number
    const frame = calls.parent[call] as number
    if (!this.spec['in-process'] || frame === none) return key
    return key * mostPods + (calls.replica[frame] as number)
  }

  private get(call: number, key: number): void {
    const { calls, nowUs, holds } = this.world
    const expiresUs = this.entries.use(key)
    if (expiresUs > nowUs) {
      calls.version[call] = this.versions.get(key) ?? -1
      this.answer(call, 1)
      return
    }
    if (expiresUs >= 0) {
      this.entries.delete(key)
      this.counters.expired.add(1)
    }
    const fill = this.fills.get(key)
    const frame = calls.parent[call] as number
    if (!this.settings.singleFlight || calls.caller[call] === none || frame === none) this.answer(call, 0)
    else if (fill === undefined) {
      this.units += 1
      holds.add(frame, this.index, this.addFill(this.units, key).unit)
      this.answer(call, 0)
    } else {
      calls.pending[call] = fill.unit
      calls.wait(call, stage.part)
      fill.waiting.push(call)
    }
  }

  private set(key: number, version: number): void {
    this.store(key)
    if (version >= 0) this.versions.set(key, version)
    this.counters.set.add(1)
    const fill = this.fills.get(key)
    if (fill === undefined) return
    this.fills.delete(key)
    this.fillByUnit.delete(fill.unit)
    for (let call = fill.waiting.shift(); call !== none; call = fill.waiting.shift()) {
      this.world.calls.version[call] = version
      this.answer(call, 1)
    }
  }

  /** A fill ended without a value: the next in line is told that the key is missing, and is now the one to fill it. */
  private handOn(fill: Fill): void {
    const { calls, holds } = this.world
    const next = fill.waiting.shift()
    if (next === none) {
      this.fills.delete(fill.key)
      this.fillByUnit.delete(fill.unit)
      return
    }
    holds.add(calls.parent[next] as number, this.index, fill.unit)
    this.answer(next, 0)
  }

  private answer(call: number, hit: 0 | 1): void {
    const { calls, wire } = this.world
    calls.result[call] = hit
    calls.pending[call] = 0
    this.counters[hit === 1 ? 'hit' : 'miss'].add(1)
    wire.finish(call, 0)
  }

  private store(key: number): void {
    const { ttlUs, jitter, size } = this.settings
    const lifeUs = jitter === 0 ? ttlUs : Math.round(ttlUs * (1 - jitter * this.lives.uniform()))
    this.versions.delete(key)
    this.entries.set(key, this.world.nowUs + lifeUs)
    if (this.entries.size <= size) return
    this.entries.evict()
    this.counters.evicted.add(1)
  }

  private addFill(unit: number, key: number): Fill {
    const fill: Fill = { unit, key, waiting: new CallList(this.world.calls) }
    this.fills.set(key, fill)
    this.fillByUnit.set(unit, fill)
    return fill
  }

  private makeCounters(): Cache['counters'] {
    const target = this.target()
    const requests = (operation: string, result: string): Counter => target.counter('cache_requests_total', 'Operations on keys, by what came of them.', { operation, result })
    return {
      hit: requests('get', 'hit'),
      miss: requests('get', 'miss'),
      set: requests('set', 'ok'),
      evicted: target.counter('cache_evicted_keys_total', 'Keys that went for want of room.', {}),
      expired: target.counter('cache_expired_keys_total', 'Keys that were asked for after their time.', {}),
    }
  }

  private makeGauges(): Cache['gauges'] {
    const target = this.target()
    return { entries: target.gauge('cache_entries', 'Keys that are there.', {}), fills: target.gauge('cache_fills_in_flight', 'Keys that somebody is fetching.', {}) }
  }

  private makeShardCounters(): readonly Counter[] {
    const target = this.target()
    return this.shards === 1 ? [] : this.busyUntilUs.map((_, shard) => target.counter('cache_shard_cpu_seconds_total', 'Time on the thread of a shard.', { shard: String(shard) }))
  }

  private target(): ReturnType<World['telemetry']['target']> {
    return this.world.telemetry.target({ job: this.name, service: this.name, pod: `${this.name}-0` }, 0)
  }
}
