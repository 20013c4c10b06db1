/** Sagas: business transactions over several services, each at one of its steps until it is complete or compensated. */
import { z } from 'zod'
import type { Counter, Gauge, Histogram } from '../../../telemetry/index.ts'
import { partName, positiveDuration } from '../../../topology/quantity.ts'
import { outcomes } from '../../outcome.ts'
import type { Program } from '../../program/compiler.ts'
import type { HostState } from '../../program/calling-part.ts'
import type { World } from '../../world.ts'
import { BackgroundPart } from '../background/background-part.ts'

export const sagaSchema = z.strictObject({
  /** Steps in their order, as the log of the saga keeps them. */
  steps: z.array(partName).min(1).max(32),
  /** A saga that has not moved for so long counts as stuck. */
  'stuck-after': positiveDuration.default(300_000_000),
  /** What to call for a saga that is stuck at a step, to go on with it: `pay: kafka payment-commands`. */
  recover: z.record(z.string(), z.string()).default({}),
})
export type SagaSpec = z.output<typeof sagaSchema>

/** Codes of the step that programs have: from `reached` on, the steps of the saga. */
export const sagaCode = { begin: 0, complete: 1, compensate: 2, reached: 3 } as const

interface Instance {
  readonly startedUs: number
  readonly step: number
  readonly sinceUs: number
  /** The steps that it has reached, in their order, and when. */
  readonly passed: readonly { readonly step: number; readonly atUs: number }[]
}

export interface SagaState {
  readonly host: HostState
  readonly instances: ReadonlyMap<number, Instance>
  readonly ids: number
}

const ageBounds: readonly number[] = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600]

interface SagaInstruments {
  readonly at: readonly Gauge[]
  readonly stuck: Gauge
  readonly oldest: Gauge
  readonly begun: Counter
  readonly complete: Counter
  readonly compensated: Counter
  readonly seconds: Histogram
}

/** The log of all sagas of one kind. A saga's number is the key of the requests and messages that belong to it. */
export class Saga extends BackgroundPart<SagaState> {
  readonly spec: SagaSpec
  private instances = new Map<number, Instance>()
  private ids = 0
  private entries: ReadonlyMap<number, number> = new Map()
  private instruments: SagaInstruments | null = null

  constructor(world: World, name: string, spec: SagaSpec) {
    super(world, name)
    this.spec = spec
  }

  /** Second pass: programs that recover sagas, by step. */
  begin(program: Program, entries: ReadonlyMap<number, number>): void {
    this.entries = entries
    this.setProgram(program, 1)
  }

  override step(call: number, code: number): boolean {
    const { calls, nowUs } = this.world
    const made = this.made()
    if (code === sagaCode.begin) {
      this.ids += 1
      calls.key[call] = this.ids
      this.instances.set(this.ids, { startedUs: nowUs, step: -1, sinceUs: nowUs, passed: [] })
      made.begun.add(1)
      return true
    }
    const id = calls.key[call] as number
    const instance = this.instances.get(id)
    // Once complete or compensated, a saga does not move any more: the message came twice.
    if (instance === undefined) return true
    if (code >= sagaCode.reached) {
      const step = code - sagaCode.reached
      if (step > instance.step) this.instances.set(id, { startedUs: instance.startedUs, step, sinceUs: nowUs, passed: [...instance.passed, { step, atUs: nowUs }] })
      return true
    }
    this.instances.delete(id)
    if (code === sagaCode.complete) made.complete.add(1)
    else made.compensated.add(1)
    made.seconds.observe((nowUs - instance.startedUs) / 1e6)
    return true
  }

  /** Numbers of the sagas that have not moved for long; at one step, or at any. */
  stuck(step?: number): readonly number[] {
    const beforeUs = this.world.nowUs - this.spec['stuck-after']
    return [...this.instances].filter(([, { sinceUs, step: at }]) => sinceUs <= beforeUs && (step === undefined || at === step)).map(([id]) => id)
  }

  /** Where an open saga is; null for one that has ended or never began. A step below 0: it has only begun. */
  openAt(id: number): Instance | null {
    return this.instances.get(id) ?? null
  }

  /** Whether sagas at a step can be recovered. */
  canRecover(step: number): boolean {
    return this.entries.has(step)
  }

  /** Makes the recovering call for each saga that is stuck at a step, or for one of them. */
  recover(step: number, only?: number): number {
    const entry = this.entries.get(step)
    const stuck = this.stuck(step).filter((id) => only === undefined || id === only)
    for (const id of entry === undefined ? [] : stuck) {
      const call = this.beginFrame(entry ?? 0, 0)
      this.world.calls.key[call] = id
      this.run(call)
    }
    return stuck.length
  }

  /** Closes sagas by hand, as compensated. */
  close(step?: number): number {
    const stuck = this.stuck(step)
    for (const id of stuck) this.instances.delete(id)
    this.made().compensated.add(stuck.length)
    return stuck.length
  }

  override measure(): void {
    const made = this.made()
    const counts = this.spec.steps.map(() => 0)
    let begun = 0
    let oldestUs = this.world.nowUs
    for (const { step, startedUs } of this.instances.values()) {
      if (step < 0) begun += 1
      else counts[step] = (counts[step] ?? 0) + 1
      oldestUs = Math.min(oldestUs, startedUs)
    }
    made.at[0]?.set(begun)
    for (const [step, count] of counts.entries()) made.at[step + 1]?.set(count)
    made.stuck.set(this.stuck().length)
    made.oldest.set((this.world.nowUs - oldestUs) / 1e6)
  }

  save(): SagaState {
    return { host: this.saveHost(), instances: new Map(this.instances), ids: this.ids }
  }

  load(state: SagaState): void {
    this.loadHost(state.host)
    this.instances = new Map(state.instances)
    this.ids = state.ids
    this.instruments = null
  }

  protected ended(call: number, outcome: number): void {
    const { telemetry } = this.world
    telemetry.target({ job: 'saga', saga: this.name }, 0).counter('saga_recoveries_total', 'Calls that were made to go on with stuck sagas, by how they ended.', { outcome: outcomes[outcome]?.name ?? '' }).add(1)
    this.world.calls.release(call)
  }

  private made(): SagaInstruments {
    if (this.instruments !== null) return this.instruments
    const target = this.world.telemetry.target({ job: 'saga', saga: this.name }, 0)
    const made = {
      at: ['begun', ...this.spec.steps].map((state) => target.gauge('saga_instances', 'Sagas that are not complete, by the step that they have reached.', { state })),
      stuck: target.gauge('saga_stuck_instances', 'Sagas that have not moved for long.', {}),
      oldest: target.gauge('saga_oldest_age_seconds', 'Age of the oldest saga that is not complete.', {}),
      begun: target.counter('saga_begun_total', 'Sagas that began.', {}),
      complete: target.counter('saga_completed_total', 'Sagas that ended well.', {}),
      compensated: target.counter('saga_compensated_total', 'Sagas whose steps were undone.', {}),
      seconds: target.histogram('saga_duration_seconds', 'From the beginning of a saga to its end.', {}, ageBounds),
    }
    this.instruments = made
    return made
  }
}
