import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { attribute } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { none, stage } from '../../calls.ts'
import { LiveCalls } from '../../live-calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import { Processor } from '../../processor.ts'
import { borrowed } from '../../program/calling-part.ts'
import type { World } from '../../world.ts'
import { RowLocks } from './locks.ts'
import { DatabaseOperations } from './operations.ts'
import { Replication } from './replication.ts'
import type { DatabaseSpec, QuerySpec } from './schema.ts'
import { DatabaseSignals } from './signals.ts'
import type { DatabaseSettings, DatabaseState, Table } from './state.ts'

const event = { worked: 0, replicaWorked: 1, reopen: 2, built: 3, unlock: 4, replicated: 5 } as const

/** A replica writes a change to its disk, and says so, within this time; applying it is another matter. */
const flushUs = 1_000

/** A database: queries that read rows on shared cores, lock rows, fill the disk and trail to replicas. */
export class Database extends BasePart<DatabaseState> {
  readonly spec: DatabaseSpec
  readonly settings: DatabaseSettings
  readonly tables: Map<string, Table>
  readonly processor: Processor
  readonly replicaProcessor: Processor
  readonly locks: RowLocks
  readonly replication: Replication
  readonly live: LiveCalls
  readonly signals: DatabaseSignals
  readonly operations: DatabaseOperations
  private readonly names: readonly string[]
  private readonly queries: readonly QuerySpec[]
  private readonly samplers: readonly Sampler[]
  private readonly tableNumbers: readonly number[]
  private readonly times: RandomStream
  private readonly failures: RandomStream
  /** Queries that wait for a table that is locked as a whole. */
  private blocked: number[] = []

  constructor(world: World, name: string, spec: DatabaseSpec) {
    super(world, name)
    this.spec = spec
    this.names = Object.keys(spec.queries)
    this.queries = Object.values(spec.queries)
    this.samplers = this.queries.map(({ time }) => new Sampler(time))
    this.tables = new Map(Object.entries(spec.tables).map(([table, { rows, row, indexes }]) => [table, { rows, rowBytes: row, indexes: [...indexes] }]))
    this.tableNumbers = this.queries.map(({ table }) => (table === undefined ? -1 : [...this.tables.keys()].indexOf(table)))
    this.settings = { connections: spec.connections, disk: spec.disk, extraBytes: 0, fillRate: 0, fillSinceUs: 0, down: false, readOnly: false, flipped: [], locked: [], errors: spec.errors, building: [], synchrony: spec['synchronous-commit'] }
    this.processor = new Processor(world, this.index, event.worked, spec.cores)
    this.replicaProcessor = new Processor(world, this.index, event.replicaWorked, spec.cores * Math.max(1, spec.replicas))
    this.locks = new RowLocks(world.calls)
    this.replication = new Replication(spec['apply-rate'])
    this.live = new LiveCalls(world.calls)
    this.times = world.stream(`${name}/time`)
    this.failures = world.stream(`${name}/failures`)
    this.operations = new DatabaseOperations(this, world)
    this.signals = new DatabaseSignals(world, this)
    this.signals.begin()
  }

  override arrive(call: number): void {
    const { calls, wire } = this.world
    const { settings } = this
    const query = this.queries[calls.operation[call] as number] as QuerySpec
    if (settings.down && !(query.replica && this.spec.replicas > 0)) {
      wire.finish(call, outcomeCode.refused)
      return
    }
    calls.result[call] = 1
    this.live.add(call)
    if (this.live.length > settings.connections) this.end(call, outcomeCode['too-many-connections'])
    else if (query.writes && settings.readOnly) this.end(call, outcomeCode['read-only'])
    else if (query.writes && this.diskBytes() >= settings.disk) this.end(call, outcomeCode['disk-full'])
    else if (settings.errors > 0 && this.failures.chance(settings.errors)) this.end(call, outcomeCode.error)
    else if (query.table !== undefined && settings.locked.includes(query.table)) {
      calls.wait(call, stage.part)
      calls.pending[call] = 0
      this.blocked.push(call)
    } else if (query.locks) this.lock(call, query)
    else this.work(call, query)
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === event.worked) {
      if (this.processor.done(a, b)) this.complete(a)
    } else if (kind === event.replicaWorked) {
      if (this.replicaProcessor.done(a, b)) this.complete(a)
    } else if (kind === event.replicated) {
      if (this.world.calls.token[a] !== b) return
      this.world.calls.wake(a)
      this.end(a, 0)
    } else if (kind === event.reopen) {
      this.settings.down = false
      this.settings.readOnly = false
    } else if (kind === event.unlock) this.unlockTables()
    else this.operations.built()
  }

  /** A query waited too long for a lock. */
  override expired(call: number): void {
    this.stop(call, outcomeCode['lock-timeout'])
  }

  /** A lock is given back, by the frame of a transaction or by the query itself. */
  override giveBack(_call: number, unit: number): void {
    const next = this.locks.release(unit)
    if (next === none) return
    const owner = this.ownerOf(next)
    this.locks.own(unit, owner)
    this.world.holds.add(owner, this.index, unit)
    this.world.calls.wake(next)
    this.work(next, this.queries[this.world.calls.operation[next] as number] as QuerySpec)
  }

  override operation(name: string): number {
    return this.names.indexOf(name)
  }

  override operationNames(): readonly string[] {
    return this.names
  }

  override spanOf(operation: string): { name: string; attributes: Record<string, AttributeValue> } {
    const query = this.spec.queries[operation]
    return {
      name: operation,
      attributes: {
        [attribute.dbSystemName]: this.spec.system, [attribute.dbNamespace]: this.name, [attribute.dbOperationName]: operation, [attribute.serverAddress]: this.name,
        ...(query?.table === undefined ? {} : { [attribute.dbCollectionName]: query.table }), ...(query?.sql === undefined ? {} : { [attribute.dbQueryText]: query.sql }),
      },
    }
  }

  /** The statement of a query, for logs. */
  sqlOf(query: number): string {
    return this.queries[query]?.sql ?? this.names[query] ?? ''
  }

  /** Disk in use now. */
  diskBytes(): number {
    const { extraBytes, fillRate, fillSinceUs } = this.settings
    let bytes = extraBytes + (fillRate * (this.world.nowUs - fillSinceUs)) / 1e6
    for (const { rows, rowBytes } of this.tables.values()) bytes += rows * rowBytes
    return bytes
  }

  /** Rows that a query reads now, as its plan is. */
  rowsRead(name: string): number {
    const query = this.spec.queries[name]
    const table = this.tables.get(query?.table ?? '')
    if (query === undefined || table === undefined) return 0
    const indexed = query.index !== undefined && table.indexes.includes(query.index) && !this.settings.flipped.includes(name)
    return indexed ? Math.min(query.rows, table.rows) : table.rows
  }

  get clock(): World {
    return this.world
  }

  /** The primary comes back after a time. */
  reopenAfter(us: number): void {
    this.world.schedule(us, this.index, event.reopen)
  }

  /** The table that was locked first is free after a time. */
  unlockAfter(us: number): void {
    this.world.schedule(us, this.index, event.unlock)
  }

  /** The index whose building began first is ready after a time. */
  builtAfter(us: number): void {
    this.world.schedule(us, this.index, event.built)
  }

  override measure(): void {
    this.signals.measure()
  }

  save(): DatabaseState {
    return {
      settings: { ...this.settings },
      tables: [...this.tables.values()].map(({ rows, indexes }) => ({ rows, indexes: indexes.slice() })),
      processor: this.processor.save(), replica: this.replicaProcessor.save(), locks: this.locks.save(), replication: this.replication.save(), live: this.live.save(), blocked: this.blocked.slice(),
    }
  }

  load(state: DatabaseState): void {
    Object.assign(this.settings, state.settings)
    for (const [index, table] of [...this.tables.values()].entries()) {
      const saved = state.tables[index]
      table.rows = saved?.rows ?? table.rows
      table.indexes.splice(0, table.indexes.length, ...(saved?.indexes ?? []))
    }
    this.processor.load(state.processor)
    this.replicaProcessor.load(state.replica)
    this.locks.load(state.locks)
    this.replication.load(state.replication)
    this.live.load(state.live)
    this.blocked = state.blocked.slice()
    this.signals.begin()
  }

  private lock(call: number, query: QuerySpec): void {
    const { calls, deadlines, holds } = this.world
    const owner = this.ownerOf(call)
    const key = (calls.key[call] as number) * 64 + (this.tableNumbers[calls.operation[call] as number] ?? 0) + 1
    const unit = this.locks.take(key, owner, call)
    if (unit >= 0) {
      if (!holds.has(owner, this.index, unit)) holds.add(owner, this.index, unit)
      this.work(call, query)
      return
    }
    const waitsFor = -unit - 1
    calls.pending[call] = waitsFor
    const token = calls.wait(call, stage.part)
    if (this.locks.closesCircle(this.index, owner, waitsFor)) this.stop(call, outcomeCode.deadlock)
    else if (this.spec['lock-timeout'] !== undefined) deadlines.set(this.index, call, token, this.spec['lock-timeout'])
  }

  /** Who holds a query's locks: the frame of its transaction, or the query itself. */
  private ownerOf(call: number): number {
    const { calls, holds } = this.world
    const frame = calls.parent[call] as number
    const caller = calls.caller[call] as number
    const inTransaction = caller !== none && frame !== none && calls.callee[frame] === caller && holds.hasFrom(frame, caller, borrowed)
    return inTransaction ? frame : call
  }

  private work(call: number, query: QuerySpec): void {
    const { calls } = this.world
    const operation = calls.operation[call] as number
    const rows = query.table === undefined ? 0 : this.rowsRead(this.names[operation] ?? '')
    calls.attempt[call] = Math.min(rows, 2 ** 31 - 1)
    const us = (this.samplers[operation]?.sampleUs(this.times) ?? 0) + rows * this.spec['row-cost']
    const onReplica = query.replica && this.spec.replicas > 0
    calls.replica[call] = onReplica ? 1 : 0
    ;(onReplica ? this.replicaProcessor : this.processor).begin(call, us)
  }

  private complete(call: number): void {
    const { calls, nowUs } = this.world
    const query = this.queries[calls.operation[call] as number] as QuerySpec
    const table = query.table === undefined ? undefined : this.tables.get(query.table)
    if (table !== undefined) table.rows += query.inserts
    const key = calls.key[call] as number
    if (calls.replica[call] === 1 && query['by-key'] && !this.replication.shows(key, nowUs)) calls.result[call] = 0
    if (query.writes && this.spec.replicas > 0) {
      this.replication.wrote(Math.max(1, query.inserts), key, nowUs)
      if (this.settings.synchrony !== 'local') {
        this.waitForReplicas(call)
        return
      }
    }
    this.end(call, 0)
  }

  /** The writer is told later: when a replica has the change on its disk, or when replicas show it. */
  private waitForReplicas(call: number): void {
    const { calls, nowUs } = this.world
    const lagUs = this.settings.synchrony === 'remote-apply' ? Math.round(this.replication.lagSeconds(nowUs) * 1e6) : 0
    calls.pending[call] = 0
    this.world.schedule(flushUs + lagUs, this.index, event.replicated, call, calls.wait(call, stage.part))
  }

  /** Stops a query wherever it is. */
  stop(call: number, outcome: number): void {
    const { calls } = this.world
    if (calls.stage[call] === stage.work) (calls.replica[call] === 1 ? this.replicaProcessor : this.processor).stop(call)
    else if ((calls.pending[call] as number) > 0) this.locks.leave(calls.pending[call] as number, call)
    else this.blocked = this.blocked.filter((other) => other !== call)
    this.end(call, outcome)
  }

  private end(call: number, outcome: number): void {
    const { calls, holds } = this.world
    this.live.remove(call)
    this.signals.ended(call, calls.operation[call] as number, outcome, calls.attempt[call] as number)
    for (let entry = holds.pop(call); entry !== none; entry = holds.pop(call)) this.giveBack(call, holds.unit[entry] as number)
    this.world.wire.finish(call, outcome)
  }

  private unlockTables(): void {
    this.settings.locked = this.settings.locked.slice(1)
    const waiting = this.blocked
    this.blocked = []
    for (const call of waiting) {
      const query = this.queries[this.world.calls.operation[call] as number] as QuerySpec
      if (query.table !== undefined && this.settings.locked.includes(query.table)) this.blocked.push(call)
      else if (query.locks) this.lock(call, query)
      else this.work(call, query)
    }
  }
}
