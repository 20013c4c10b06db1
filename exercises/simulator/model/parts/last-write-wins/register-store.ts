import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import type { Counter } from '../../../telemetry/index.ts'
import { stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import type { ClockTable } from '../clocks/clock-table.ts'
import type { RegisterStoreSpec } from './index.ts'

const operations = ['read', 'write'] as const
const write = 1

/** Stamp of the value that counts, number of its write, and number of the write that came last. */
type Register = readonly [stampUs: number, written: number, last: number]

export interface RegisterStoreState {
  readonly order: 'clock' | 'hybrid'
  readonly registers: ReadonlyMap<number, Register>
  readonly writes: number
  readonly lost: number
}

/**
 * A store in which the write with the highest stamp wins. Stamps are of the clock of the node that a client happens to
 * write to, so where clocks differ, a later write can lose against an earlier one, and nobody is told.
 */
export class RegisterStore extends BasePart<RegisterStoreState> {
  readonly spec: RegisterStoreSpec
  /** By clock alone, or hybrid: never below what the node has seen. */
  order: 'clock' | 'hybrid'
  /** Acknowledged writes that later reads do not see. */
  lost = 0
  private writes = 0
  private registers = new Map<number, Register>()
  private clocks: ClockTable | null = null
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly choice: RandomStream
  private counters: Counter[]
  private discarded: (Counter | undefined)[] = []
  private outdated: Counter

  constructor(world: World, name: string, spec: RegisterStoreSpec) {
    super(world, name)
    this.spec = spec
    this.order = spec.order
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.choice = world.stream(`${name}/node`)
    this.counters = this.operationCounters()
    this.outdated = this.outdatedCounter()
  }

  /** Second pass. */
  use(clocks: ClockTable): void {
    this.clocks = clocks
  }

  override arrive(call: number): void {
    this.world.schedule(this.latency.sampleUs(this.times), this.index, 0, call, this.world.calls.wait(call, stage.part))
  }

  override handle(_kind: number, call: number, token: number): void {
    const { calls } = this.world
    if (calls.token[call] !== token) return
    const key = calls.key[call] as number
    const operation = calls.operation[call] as number
    this.counters[operation]?.add(1)
    const register = this.registers.get(key)
    if (operation === write) this.put(key, register)
    else {
      const isNewest = register === undefined || register[1] === register[2]
      if (!isNewest) this.outdated.add(1)
      calls.result[call] = isNewest ? 1 : 0
    }
    this.world.wire.finish(call, outcomeCode.ok)
  }

  override operation(name: string): number {
    return operations.indexOf(name as 'read')
  }

  override operationNames(): readonly string[] {
    return operations
  }

  save(): RegisterStoreState {
    return { order: this.order, registers: new Map(this.registers), writes: this.writes, lost: this.lost }
  }

  load(state: RegisterStoreState): void {
    this.order = state.order
    this.registers = new Map(state.registers)
    this.writes = state.writes
    this.lost = state.lost
    this.counters = this.operationCounters()
    this.discarded = []
    this.outdated = this.outdatedCounter()
  }

  private put(key: number, register: Register | undefined): void {
    const node = this.choice.integer(this.spec.nodes)
    const clockUs = this.world.nowUs + (this.clocks?.offsetUs(this.index, node) ?? 0)
    this.writes += 1
    const stampUs = this.order === 'hybrid' && register !== undefined ? Math.max(clockUs, register[0] + 1) : clockUs
    if (register === undefined || stampUs > register[0]) {
      this.registers.set(key, [stampUs, this.writes, this.writes])
      return
    }
    this.registers.set(key, [register[0], register[1], this.writes])
    this.lost += 1
    const counter = this.discarded[node] ?? this.world.telemetry.target({ job: this.name, instance: `${this.name}-${node}` }, 0).counter('store_mutations_discarded_total', 'Writes that had an older stamp than the value that was there.', {})
    this.discarded[node] = counter
    counter.add(1)
  }

  private operationCounters(): Counter[] {
    return operations.map((operation) => this.world.telemetry.target({ job: this.name }, 0).counter('store_operations_total', 'Reads and writes.', { operation }))
  }

  private outdatedCounter(): Counter {
    return this.world.telemetry.target({ job: this.name }, 0).counter('store_outdated_reads_total', 'Reads that did not see the newest write, as the audit of versions tells.', {})
  }
}
