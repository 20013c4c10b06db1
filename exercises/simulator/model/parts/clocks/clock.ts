import type { RandomStream } from '../../../engine/index.ts'
import type { LogTemplate } from '../../../telemetry/index.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import type { ClockSpec } from './schema.ts'

/** Noise of a synchronised clock, in microseconds. */
const noiseUs = 40
/** chronyd tells of corrections above this. */
const toldUs = 100_000

export interface ClockState {
  readonly baseUs: number
  readonly sinceUs: number
  readonly rate: number
  readonly drift: number
  readonly isSynced: boolean
  readonly sourceUs: number
}

/** The clock of nodes: how far it is from true time, how it drifts, and what synchronisation does about it. */
export class Clock extends BasePart<ClockState> {
  readonly spec: ClockSpec
  /** Parts per million that the oscillator is fast. */
  drift: number
  isSynced: boolean
  /** How far the time source is from true time, in microseconds. */
  sourceUs = 0
  /** Offset at a time, and how it has changed since: parts per million. */
  private baseUs: number
  private sinceUs = 0
  private rate = 0
  private readonly noise: RandomStream

  constructor(world: World, name: string, spec: ClockSpec) {
    super(world, name)
    this.spec = spec
    this.drift = spec.drift
    this.isSynced = spec.sync
    this.baseUs = spec.offset
    this.noise = world.stream(`${name}/noise`)
    this.discipline()
    world.schedule(spec.poll, this.index, 0)
  }

  /** How far the clock is ahead of true time now, in microseconds. */
  offsetUs(): number {
    return this.baseUs + ((this.world.nowUs - this.sinceUs) * this.rate) / 1e6
  }

  /** Whether it is the clock of a replica of a part. */
  covers(part: string, replica: number): boolean {
    const { of, replicas } = this.spec
    return of.includes(part) && (replicas === undefined || replicas.includes(replica))
  }

  /** Sets the clock by hand or by a fault. */
  jump(byUs: number): void {
    this.settle(this.offsetUs() + byUs)
    this.tell(byUs)
  }

  /** Takes up a changed drift, source or synchronisation. */
  discipline(): void {
    this.settle(this.offsetUs())
    const { poll, slew } = this.spec
    if (!this.isSynced) this.rate = this.drift
    else this.rate = this.drift + clamp(-this.drift - ((this.baseUs - this.sourceUs) / poll) * 1e6, slew)
  }

  override handle(): void {
    if (this.isSynced) {
      const beforeUs = this.offsetUs()
      this.settle(beforeUs)
      if (Math.abs(beforeUs - this.sourceUs) > this.spec.step) {
        this.settle(this.sourceUs)
        this.tell(this.sourceUs - beforeUs)
      } else this.baseUs += this.noise.normal() * noiseUs
      this.discipline()
    }
    this.world.schedule(this.spec.poll, this.index, 0)
  }

  override measure(): void {
    const target = this.world.telemetry.target({ job: 'node', instance: this.name }, 0)
    // What the node knows is how far it is from its source, not from the truth.
    target.gauge('node_timex_offset_seconds', 'How far the clock is from its time source.', {}).set((this.offsetUs() - this.sourceUs) / 1e6)
    target.gauge('node_timex_sync_status', '1 when the clock is synchronised.', {}).set(this.isSynced ? 1 : 0)
    target.gauge('node_timex_maxerror_seconds', 'Largest error that the kernel thinks possible.', {}).set(this.isSynced ? 0.05 : Math.min(16, (this.world.nowUs - this.sinceUs) * 5e-10 + 0.05))
    target.gauge('node_time_seconds', 'Time of the node.', {}).set(this.world.telemetry.epochMs / 1e3 + (this.world.nowUs + this.offsetUs()) / 1e6)
  }

  save(): ClockState {
    return { baseUs: this.baseUs, sinceUs: this.sinceUs, rate: this.rate, drift: this.drift, isSynced: this.isSynced, sourceUs: this.sourceUs }
  }

  load(state: ClockState): void {
    Object.assign(this, state)
  }

  private settle(offsetUs: number): void {
    this.baseUs = offsetUs
    this.sinceUs = this.world.nowUs
  }

  private tell(byUs: number): void {
    if (Math.abs(byUs) < toldUs) return
    const { telemetry, nowUs } = this.world
    const template: LogTemplate = telemetry.logTemplate({
      labels: { service: 'chronyd', node: this.name },
      level: 'warn',
      format: 'text',
      message: 'chronyd[612]: System clock was stepped by {seconds} seconds',
      fields: [{ name: 'seconds', kind: 'number' }],
    })
    template.write(nowUs, 0, 0, 0, Math.round(byUs) / 1e6)
  }
}

function clamp(rate: number, most: number): number {
  return Math.max(-most, Math.min(most, rate))
}
