import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { podPhase } from '../service/replica.ts'
import type { Service } from '../service/service.ts'
import type { AutoscalerSpec } from './schema.ts'

/** What the autoscaler goes by, in microseconds, shares and pods. */
export interface AutoscalerSettings {
  min: number
  max: number
  target: number
  upUs: number
  downUs: number
  isSuspended: boolean
  /** Measurements cannot be had. */
  isBlind: boolean
}

export interface AutoscalerState {
  readonly settings: AutoscalerSettings
  readonly cpu: readonly number[]
  readonly epochs: readonly number[]
  readonly measured: readonly number[]
  readonly wanted: readonly number[]
  readonly desired: number
  readonly changedUs: number
}

/**
 * Changes the number of pods as Kubernetes' HorizontalPodAutoscaler does: by the ratio of use to target, with a
 * tolerance, a look back before it acts, and pods that are not ready counted as idle.
 */
export class Autoscaler extends BasePart<AutoscalerState> {
  readonly spec: AutoscalerSpec
  readonly settings: AutoscalerSettings
  /** Pods that it wants now. */
  desired = 0
  private service: Service | null = null
  /** Time on cores of each pod at the last look, and which process that was. */
  private cpu: number[] = []
  private epochs: number[] = []
  /** Demands that were measured and are not old enough to be known. */
  private measured: number[] = []
  /** What it would have done, as pairs of time and pods. */
  private wanted: number[] = []
  private changedUs = Number.NEGATIVE_INFINITY

  constructor(world: World, name: string, spec: AutoscalerSpec) {
    super(world, name)
    this.spec = spec
    this.settings = { min: spec.min ?? 1, max: spec.max ?? 10, target: spec.target ?? 0.6, upUs: spec['stabilise-up'] ?? 0, downUs: spec['stabilise-down'] ?? 300_000_000, isSuspended: false, isBlind: false }
    world.schedule(spec.every, this.index, 0)
  }

  /** Second pass. */
  use(service: Service): void {
    this.service = service
    this.desired = service.spec.replicas
  }

  /** Pods that there are or that start. */
  get pods(): number {
    return this.service?.replicas.filter(({ gone, phase }) => gone === 0 && phase !== podPhase.draining).length ?? 0
  }

  override handle(): void {
    this.world.schedule(this.spec.every, this.index, 0)
    this.measured.push(this.demand())
    const age = Math.round(this.spec.delay / this.spec.every)
    if (this.measured.length <= age) return
    const known = this.measured.splice(0, this.measured.length - age).at(-1) ?? 0
    if (!this.settings.isSuspended && !this.settings.isBlind) this.decide(known)
  }

  override measure(): void {
    const target = this.world.telemetry.target({ job: 'kube-state-metrics', horizontalpodautoscaler: this.name }, 0)
    target.gauge('kube_horizontalpodautoscaler_spec_min_replicas', 'Fewest pods.', {}).set(this.settings.min)
    target.gauge('kube_horizontalpodautoscaler_spec_max_replicas', 'Most pods.', {}).set(this.settings.max)
    target.gauge('kube_horizontalpodautoscaler_status_current_replicas', 'Pods that there are.', {}).set(this.pods)
    target.gauge('kube_horizontalpodautoscaler_status_desired_replicas', 'Pods that it wants.', {}).set(this.desired)
    target.gauge('kube_horizontalpodautoscaler_status_condition', '1 where the condition holds.', { condition: 'ScalingActive', status: 'true' }).set(this.settings.isBlind || this.settings.isSuspended ? 0 : 1)
    target.gauge('kube_horizontalpodautoscaler_status_condition', '1 where the condition holds.', { condition: 'ScalingLimited', status: 'true' }).set(this.desired >= this.settings.max ? 1 : 0)
  }

  save(): AutoscalerState {
    return {
      settings: { ...this.settings }, cpu: this.cpu.slice(), epochs: this.epochs.slice(), measured: this.measured.slice(), wanted: this.wanted.slice(), desired: this.desired, changedUs: this.changedUs,
    }
  }

  load(state: AutoscalerState): void {
    Object.assign(this.settings, state.settings)
    this.cpu = state.cpu.slice()
    this.epochs = state.epochs.slice()
    this.measured = state.measured.slice()
    this.wanted = state.wanted.slice()
    this.desired = state.desired
    this.changedUs = state.changedUs
  }

  /** Demand since the last look, as pods at their target: 3 means that three pods would do. */
  private demand(): number {
    const { service, spec } = this
    if (service === null) return 0
    let busyUs = 0
    let inFlight = 0
    const cores = service.releases[service.lifecycle.current]?.cores ?? service.spec.cores
    for (const [index, replica] of service.replicas.entries()) {
      const before = this.epochs[index] === replica.epoch ? (this.cpu[index] ?? 0) : 0
      busyUs += Math.max(0, replica.cpuUs - before)
      inFlight += replica.inFlight
      this.cpu[index] = replica.cpuUs
      this.epochs[index] = replica.epoch
    }
    return spec.inflight === undefined ? busyUs / (spec.every * cores * this.settings.target) : inFlight / spec.inflight
  }

  private decide(needed: number): void {
    const { service, settings, spec } = this
    if (service === null) return
    const { nowUs } = this.world
    const current = this.pods
    const ready = service.replicas.filter((replica) => replica.ready === 1 && replica.gone === 0).length
    // The ratio is that of ready pods; those that start count as idle where that makes for fewer new ones.
    const ratio = ready === 0 ? 1 : needed / ready
    const counted = ratio > 1 ? Math.max(current, ready) : ready
    const damped = counted === 0 ? 1 : needed / counted
    const isClose = Math.abs(ratio - 1) <= spec.tolerance || (ratio > 1 && damped <= 1 + spec.tolerance)
    const wish = isClose ? current : Math.ceil(needed - 1e-9)
    const limited = Math.max(settings.min, Math.min(settings.max, wish, current + Math.max(spec.burst, current)))
    const keepUs = Math.max(settings.upUs, settings.downUs)
    this.wanted.push(nowUs, limited)
    while ((this.wanted[0] ?? nowUs) < nowUs - keepUs) this.wanted.splice(0, 2)
    const least = this.extreme(nowUs - settings.upUs, Math.min, limited)
    const most = this.extreme(nowUs - settings.downUs, Math.max, limited)
    const next = limited > current ? Math.max(current, least) : Math.min(current, most)
    this.desired = next
    if (next === current || nowUs < this.changedUs + spec.cooldown) return
    this.changedUs = nowUs
    service.lifecycle.rollout.scale(next)
    this.tell(current, next)
  }

  private extreme(fromUs: number, better: (one: number, other: number) => number, limited: number): number {
    let best = limited
    for (let at = 0; at < this.wanted.length; at += 2) if ((this.wanted[at] ?? 0) >= fromUs) best = better(best, this.wanted[at + 1] ?? best)
    return best
  }

  private tell(before: number, after: number): void {
    const { telemetry, nowUs } = this.world
    const service = this.service?.name ?? ''
    const what = this.spec.inflight === undefined ? 'cpu resource utilization (percentage of request)' : 'requests in flight'
    telemetry.change({
      timeUs: nowUs, kind: 'scale', target: service, summary: `New size: ${after}; reason: ${what} ${after > before ? 'above' : 'below'} target`, actor: this.name, before: { replicas: before }, after: { replicas: after },
    })
    const template = telemetry.logTemplate({
      labels: { service: 'horizontal-pod-autoscaler' },
      level: 'info',
      message: `SuccessfulRescale: New size: {size}; reason: ${what} ${after > before ? 'above' : 'below'} target`,
      fields: [{ name: 'name', kind: 'text' }, { name: 'size', kind: 'number' }, { name: 'before', kind: 'number' }],
    })
    template.write(nowUs, 0, 0, 0, telemetry.intern(service), after, before)
  }
}
