import type { RandomStream, Sampler } from '../../../engine/index.ts'
import { none, role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import { PodSignals } from './pod-signals.ts'
import type { Release } from './release.ts'
import { podPhase } from './replica.ts'
import type { Replica } from './replica.ts'
import { Rollout } from './rollout.ts'
import type { RolloutState } from './rollout.ts'
import type { Service } from './service.ts'
import { serviceEvent } from './service-events.ts'

const event = { started: 0, restart: 1, probe: 2, probeLate: 3, leaveRotation: 4, drained: 5, unanswered: 6 } as const

/** How long other nodes still send requests to a pod that has died, and what a draining pod may take. */
const noticeUs = 1_000_000
export const graceUs = 30_000_000
const drainCheckUs = 250_000
/** Linux asks three times, a second apart, who has an address. */
const unansweredUs = 3_000_000
/** The kubelet's back-off: at once, then 10 s, doubled up to 5 min; forgotten after 10 min of good life. */
const firstBackoffUs = 10_000_000
const longestBackoffUs = 300_000_000
const forgivenUs = 600_000_000

const letters = 'bcdfghjklmnpqrstvwxz2456789'

/** Saved lifecycle. */
export interface LifecycleState {
  readonly rollout: RolloutState | null
  readonly probes: readonly number[]
}

/** Births and deaths of pods: starts, probes, crashes, restarts, drains. */
export class Lifecycle {
  readonly rollout: Rollout
  private readonly service: Service
  private readonly world: World
  private readonly startTime: Sampler
  private readonly names: RandomStream
  private readonly starts: RandomStream
  /** Probe call that each replica has not answered yet. */
  private probes: number[] = []

  constructor(service: Service, world: World, startTime: Sampler) {
    this.service = service
    this.world = world
    this.startTime = startTime
    this.names = world.stream(`${service.name}/pods`)
    this.starts = world.stream(`${service.name}/starts`)
    this.rollout = new Rollout(service)
  }

  /** At time 0 the first pods have been running for long. */
  begin(): void {
    for (const [index, replica] of this.service.replicas.entries()) {
      this.name(replica)
      this.service.signals[index] = this.signalsOf(index)
      replica.phase = podPhase.running
      replica.ready = 1
      replica.startedUs = -forgivenUs
      this.scheduleProbe(index, replica, Math.round((index / this.service.replicas.length) * this.service.spec.readiness.every))
    }
  }

  /** Telemetry of the pod that is in this place. */
  signalsOf(index: number): PodSignals {
    const { service } = this
    const replica = service.replicas[index] as Replica
    const version = service.releases[replica.release]?.version ?? ''
    const zone = service.spec.zones?.[replica.zone] ?? ''
    return new PodSignals(this.world, service.name, replica.pod, version, zone, service.endpoints, service.sites, service.spec['log-attributes'], this.world.nowUs)
  }

  isGone(index: number): boolean {
    return this.service.replicas[index]?.gone === 1
  }

  /** Puts a new pod in a place, which starts. The pod that was there must be dead. */
  create(index: number, release: number): void {
    const replica = this.service.replicas[index] as Replica
    this.service.signals[index]?.target.remove()
    this.name(replica)
    const { cores, memory } = this.service.releases[release] as Release
    replica.release = release
    replica.cores = cores ?? this.service.spec.cores
    replica.memoryBytes = memory ?? this.service.spec.memory.limit
    replica.restarts = 0
    replica.leaving = 0
    replica.gone = 0
    this.service.signals[index] = this.signalsOf(index)
    this.start(index)
  }

  /** Ends a pod for good. */
  remove(index: number): void {
    this.end(index, outcomeCode.reset)
    const replica = this.service.replicas[index] as Replica
    replica.ready = 0
    replica.gone = 1
    this.service.signals[index]?.target.remove()
    this.service.signals[index] = null
  }

  /** The node of a pod is gone: nobody starts its process again, and it stays in rotation until that has been noticed. */
  lose(index: number, noticedUs: number): void {
    const replica = this.service.replicas[index] as Replica
    if (replica.gone === 1) return
    this.end(index, outcomeCode.reset)
    replica.unreachable = 1
    this.service.signals[index]?.target.stop()
    this.schedule(noticedUs, event.leaveRotation, index, replica.epoch)
  }

  /** Takes a pod out of rotation and ends it when it has answered what it had. */
  drain(index: number): void {
    const replica = this.service.replicas[index] as Replica
    replica.ready = 0
    if (replica.phase === podPhase.running) replica.phase = podPhase.draining
    this.schedule(drainCheckUs, event.drained, index, replica.epoch, this.world.nowUs + graceUs)
  }

  outOfMemory(index: number): void {
    this.crash(index, 'OOMKilled')
  }

  /** The process of a pod dies, and the platform starts it again. */
  crash(index: number, reason: string): void {
    const replica = this.service.replicas[index] as Replica
    if (replica.phase === podPhase.dead) return
    const livedUs = this.world.nowUs - replica.startedUs
    this.end(index, outcomeCode.reset)
    this.service.signals[index]?.target.stop()
    this.schedule(noticeUs, event.leaveRotation, index, replica.epoch)
    if (livedUs > forgivenUs) replica.backoff = 0
    const delayUs = replica.backoff === 0 ? 0 : Math.min(longestBackoffUs, firstBackoffUs * 2 ** (replica.backoff - 1))
    replica.backoff += 1
    replica.restarts += 1
    this.tell(reason, replica.pod, delayUs)
    this.schedule(delayUs, event.restart, index, replica.epoch)
  }

  /** A request to a machine that is not there: its sender is told when nobody has answered for its address. */
  leaveUnanswered(call: number): void {
    this.world.schedule(unansweredUs, this.service.index, serviceEvent.lifecycle + event.unanswered, call, this.world.calls.wait(call, stage.transit))
  }

  handle(kind: number, packed: number, epoch: number): void {
    if (kind === event.unanswered) {
      if (this.world.calls.token[packed] === epoch) this.world.wire.finish(packed, outcomeCode.unreachable)
      return
    }
    const index = packed % 4096
    const replica = this.service.replicas[index]
    if (replica === undefined) return
    if (kind === event.probeLate) {
      if (this.probes[index] === epoch) this.probeLate(index, replica)
      return
    }
    if (replica.epoch !== epoch) return
    if (kind === event.started) this.started(index, replica)
    else if (kind === event.restart) this.start(index)
    else if (kind === event.probe) this.probe(index, replica)
    else if (kind === event.leaveRotation) replica.ready = 0
    else this.checkDrained(index, replica, Math.floor(packed / 4096))
  }

  /** A probe has been answered. */
  probed(call: number): void {
    const { calls } = this.world
    const index = calls.parent[call] as number
    const replica = this.service.replicas[index] as Replica
    this.probes[index] = none
    if (calls.outcome[call] !== 0) return
    replica.probeFailures = 0
    if (replica.phase === podPhase.running) replica.ready = 1
  }

  save(): LifecycleState {
    return { rollout: this.rollout.save(), probes: this.probes.slice() }
  }

  load(state: LifecycleState): void {
    this.rollout.load(state.rollout)
    this.probes = state.probes.slice()
  }

  private start(index: number): void {
    const replica = this.service.replicas[index] as Replica
    replica.phase = podPhase.starting
    replica.unreachable = 0
    replica.epoch += 1
    this.service.signals[index]?.target.start(this.world.nowUs)
    this.schedule(this.startTime.sampleUs(this.starts), event.started, index, replica.epoch)
  }

  private started(index: number, replica: Replica): void {
    replica.phase = podPhase.running
    replica.ready = 1
    replica.startedUs = this.world.nowUs
    this.scheduleProbe(index, replica, this.service.spec.readiness.every)
    this.rollout.becameReady(index)
  }

  /** Everything on the replica ends, and it is as a new process. */
  private end(index: number, outcome: number): void {
    const replica = this.service.replicas[index] as Replica
    replica.phase = podPhase.dead
    replica.epoch += 1
    while (replica.live !== none) this.service.cut(replica.live, outcome)
    for (const gate of this.service.gatesOf(index)) gate.clear()
    this.probes[index] = none
    Object.assign(replica, { threadsBusy: 0, coresBusy: 0, inFlight: 0, pausedUs: 0, frozenUntilUs: 0, cpuUs: 0, leakedBytes: 0, garbageBytes: 0, probeFailures: 0 })
  }

  private scheduleProbe(index: number, replica: Replica, delayUs: number): void {
    this.schedule(delayUs, event.probe, index, replica.epoch)
  }

  private probe(index: number, replica: Replica): void {
    const { calls } = this.world
    const { readiness, liveness } = this.service.spec
    const spec = liveness === false ? readiness : liveness
    this.scheduleProbe(index, replica, spec.every)
    if (replica.phase !== podPhase.running || (this.probes[index] ?? none) !== none) return
    const call = calls.take(this.service.index, index, this.service.index, 0)
    calls.role[call] = role.probe
    calls.stage[call] = stage.running
    this.probes[index] = call
    this.schedule(spec.timeout, event.probeLate, index, call)
    this.service.admission.accept(call, index)
  }

  private probeLate(index: number, replica: Replica): void {
    const { liveness, readiness } = this.service.spec
    this.world.wire.detach(this.probes[index] ?? none)
    this.probes[index] = none
    replica.probeFailures += 1
    if (replica.probeFailures >= readiness.failures) replica.ready = 0
    if (liveness !== false && replica.probeFailures >= liveness.failures) this.crash(index, 'Liveness probe failed')
  }

  private checkDrained(index: number, replica: Replica, untilSeconds: number): void {
    if (replica.inFlight > 0 && this.world.nowUs < untilSeconds * 1e6) this.schedule(drainCheckUs, event.drained, index, replica.epoch, untilSeconds * 1e6)
    else this.rollout.drained(index)
  }

  private schedule(delayUs: number, kind: number, index: number, epoch: number, untilUs = 0): void {
    this.world.schedule(delayUs, this.service.index, serviceEvent.lifecycle + kind, index + Math.round(untilUs / 1e6) * 4096, epoch)
  }

  private name(replica: Replica): void {
    const hash = (length: number): string => Array.from({ length }, () => letters[this.names.integer(letters.length)] ?? 'b').join('')
    replica.pod = `${this.service.name}-${hash(5)}`
  }

  private tell(reason: string, pod: string, delayUs: number): void {
    const { telemetry, nowUs } = this.world
    const template = telemetry.logTemplate({
      labels: { service: 'kubelet' },
      level: 'warn',
      message: 'Container of pod {pod} ended: {reason}; back-off {backoff_ms} ms',
      fields: [{ name: 'pod', kind: 'text' }, { name: 'reason', kind: 'text' }, { name: 'backoff_ms', kind: 'milliseconds' }],
    })
    template.write(nowUs, 0, 0, 0, telemetry.intern(pod), telemetry.intern(reason), delayUs)
  }

  /** The release that is current: what a new pod runs. */
  get current(): number {
    return this.service.releases.length - 1
  }

  /** Adds a release and returns its number. */
  addRelease(release: Release): number {
    this.service.releases.push(release)
    return this.current
  }
}
