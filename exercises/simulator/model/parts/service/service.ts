import type { RandomStream } from '../../../engine/index.ts'
import { Sampler } from '../../../engine/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { none, role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import type { CallSite } from '../../policy/call-site.ts'
import type { ConnectionPool } from '../../policy/pool.ts'
import { hostEvent } from '../../program/calling-part.ts'
import type { Program } from '../../program/compiler.ts'
import { ProgramPart } from '../../program/program-part.ts'
import type { World } from '../../world.ts'
import { Admission } from './admission.ts'
import { Balancer } from './balancer.ts'
import { Cores } from './cores.ts'
import { Dependencies } from './dependencies.ts'
import { Lifecycle } from './lifecycle.ts'
import { Memory } from './memory.ts'
import { endpointName, httpSpanOf } from './pod-signals.ts'
import type { EndpointName, PodSignals } from './pod-signals.ts'
import { firstRelease } from './release.ts'
import type { Release } from './release.ts'
import { podPhase, Replica } from './replica.ts'
import type { ReplicaState } from './replica.ts'
import { serviceEvent } from './service-events.ts'
import { ServiceGauges } from './service-gauges.ts'
import type { ServiceSpec } from './schema.ts'
import { firstSettings } from './settings.ts'
import type { ServiceSettings, ServiceState } from './settings.ts'

/**
 * A service: replicas with threads, cores and memory, that run the programs of its endpoints. A request holds its
 * thread until it is answered, also while it waits for a call, unless the service is asynchronous.
 */
export class Service extends ProgramPart<ServiceState> {
  readonly spec: ServiceSpec
  readonly endpoints: readonly EndpointName[]
  readonly replicas: Replica[] = []
  readonly signals: (PodSignals | null)[] = []
  readonly balancer: Balancer
  readonly admission: Admission
  readonly lifecycle: Lifecycle
  readonly cores: Cores
  readonly memory: Memory
  readonly dependencies: Dependencies
  readonly settings: ServiceSettings
  releases: Release[]
  readonly gauges: ServiceGauges
  private readonly faults: RandomStream
  private entries: readonly number[] = []

  constructor(world: World, name: string, spec: ServiceSpec) {
    super(world, name)
    this.spec = spec
    this.endpoints = Object.keys(spec.endpoints).map(endpointName)
    this.faults = world.stream(`${name}/faults`)
    this.settings = firstSettings(spec)
    this.releases = [firstRelease(spec.version)]
    this.balancer = new Balancer(spec.balance, this.replicas, world.stream(`${name}/balance`))
    this.admission = new Admission(this, world)
    this.cores = new Cores(this, world)
    this.memory = new Memory(this, world)
    this.lifecycle = new Lifecycle(this, world, new Sampler(spec.start))
    this.dependencies = new Dependencies(this, world)
    this.gauges = new ServiceGauges(this, world)
  }

  /** Second pass: the program, and the first pods, which have been running for long. */
  begin(program: Program, entries: readonly number[]): void {
    this.entries = entries
    this.setProgram(program, 0)
    for (let index = 0; index < this.spec.replicas; index += 1) this.addReplica()
    this.lifecycle.begin()
  }

  /** A replica that has not started. */
  addReplica(): Replica {
    const replica = new Replica(this.world.calls)
    replica.zone = this.replicas.length % Math.max(1, this.spec.zones?.length ?? 1)
    replica.cores = this.spec.cores
    replica.memoryBytes = this.spec.memory.limit
    this.replicas.push(replica)
    this.signals.push(null)
    this.addGates()
    return replica
  }

  get clock(): World {
    return this.world
  }

  /** Changes the size of a pool; requests that wait get the new connections. */
  resizePool(pool: ConnectionPool, group: number, size: number): void {
    pool.size = size
    for (let call = pool.next(); call !== none; call = pool.next()) this.connect(call, group)
  }

  get sites(): readonly CallSite[] {
    return this.program.sites
  }

  get groups(): Program['groups'] {
    return this.program.groups
  }

  gatesOf(replica: number): readonly (typeof this.gates)[number][number][] {
    return this.gates[replica] ?? []
  }

  override arrive(call: number): void {
    this.admission.arrive(call)
  }

  override handle(event: number, a: number, b: number): void {
    if (event === serviceEvent.workDone) this.cores.done(a, b)
    else if (event < hostEvent.ownEvents) super.handle(event, a, b)
    else this.lifecycle.handle(event - serviceEvent.lifecycle, a, b)
  }

  override reply(child: number): void {
    if ((this.world.calls.role[child] as number) & role.probe) this.lifecycle.probed(child)
    else super.reply(child)
  }

  override abandoned(call: number): void {
    if (this.spec.cancel) this.cut(call, outcomeCode.cancelled)
  }

  /** Stops a frame wherever it is and ends it. */
  cut(call: number, outcome: number): void {
    const { calls } = this.world
    this.abort(call)
    calls.token[call] = 0
    if (((calls.role[call] as number) & (role.branch | role.detached)) === 0) {
      calls.cause[call] = outcome
      this.ended(call, outcome)
    } else this.dropBranch(call)
  }

  override operation(name: string): number {
    return this.endpoints.findIndex((endpoint) => endpoint.name === name)
  }

  override operationNames(): readonly string[] {
    return this.endpoints.map(({ name }) => name)
  }

  override spanOf(operation: string): { name: string; attributes: Record<string, AttributeValue> } {
    return httpSpanOf(this.name, operation)
  }

  override measure(): void {
    this.gauges.measure()
  }

  /** Goes on with a frame whose work is done. */
  worked(call: number): void {
    this.world.calls.wake(call)
    this.run(call)
  }

  /** A probe has its thread. @param us of work */
  beginProbe(call: number, us: number): void {
    // The last word of a program is an end.
    this.world.calls.pc[call] = this.program.words.length - 1
    this.cores.begin(call, us)
  }

  /** A request has its thread. */
  beginRequest(call: number): void {
    const { calls } = this.world
    calls.pc[call] = this.entries[calls.operation[call] as number] as number
    const release = this.releaseOf(call)
    const isPoison = ((calls.role[call] as number) & role.poison) !== 0 && !release.handlesPoison
    if (isPoison && this.spec['on-poison'] === 'crash') {
      this.lifecycle.crash(calls.replica[call] as number, 'Error')
      return
    }
    const errors = isPoison ? 1 : this.settings.errors + release.errors
    if (errors > 0 && this.faults.chance(errors)) this.failFrame(call, outcomeCode.error)
    else this.run(call)
  }

  /** A request ends without having been worked on. */
  endRequest(call: number, outcome: number): void {
    this.ended(call, outcome)
  }

  save(): ServiceState {
    return {
      host: this.saveHost(), replicas: this.replicas.map((replica) => replica.save()), balancer: this.balancer.save(),
      lifecycle: this.lifecycle.save(), releases: this.releases.slice(), settings: { ...this.settings },
    }
  }

  load(state: ServiceState): void {
    while (this.replicas.length < state.replicas.length) this.addReplica()
    this.replicas.length = state.replicas.length
    this.signals.length = state.replicas.length
    this.releases = state.releases.slice()
    Object.assign(this.settings, state.settings)
    this.loadHost(state.host)
    this.balancer.restore(state.balancer)
    this.lifecycle.load(state.lifecycle)
    for (const [index, replica] of this.replicas.entries()) {
      replica.load(state.replicas[index] as ReplicaState)
      this.signals[index] = this.lifecycle.isGone(index) ? null : this.lifecycle.signalsOf(index)
    }
    this.gauges.clear()
  }

  protected override abort(call: number): void {
    const { calls } = this.world
    const replica = this.replicas[calls.replica[call] as number] as Replica
    const at = calls.stage[call] as number
    if (at === stage.queued) replica.queue.remove(call)
    else if (at === stage.work) this.cores.stop(call, replica)
    super.abort(call)
  }

  protected beginWork(call: number, us: number): boolean {
    this.cores.begin(call, us)
    return false
  }

  protected ended(call: number, outcome: number): void {
    const { world } = this
    const { calls } = world
    const index = calls.replica[call] as number
    const replica = this.replicas[index] as Replica
    const roles = calls.role[call] as number
    replica.leave(call)
    replica.inFlight -= 1
    if ((roles & role.threaded) !== 0) replica.threadsBusy -= 1
    if ((roles & role.probe) === 0 && replica.phase !== podPhase.dead) this.signals[index]?.served(call, outcome, world.accessLog.isSampled(calls.traceHi[call] as number, calls.traceLo[call] as number))
    world.wire.finish(call, outcome)
    if (replica.queue.length > 0) this.admission.drain(index)
  }

  protected prepare(call: number, child: number): void {
    const { calls } = this.world
    calls.traceHi[child] = calls.traceHi[call] as number
    calls.traceLo[child] = calls.traceLo[call] as number
    const span = calls.nextSpan()
    calls.clientSpan[child] = span
    calls.parentSpan[child] = span
  }

  protected observe(call: number, child: number, _site: CallSite, outcome: number): void {
    const { calls } = this.world
    const siteIndex = this.program.words[(calls.pc[call] as number) + 1] as number
    this.signals[calls.replica[call] as number]?.called(call, child, siteIndex, outcome)
  }

  protected waitedForPool(call: number, site: CallSite, waitUs: number): void {
    this.gauges.waitedForPool(this.world.calls.replica[call] as number, site.group, waitUs)
  }

  protected waitedForLoan(call: number, group: number, waitUs: number): void {
    this.gauges.waitedForPool(this.world.calls.replica[call] as number, group, waitUs)
  }

  protected breakerTurned(replica: number, site: CallSite): void {
    this.gauges.breakerTurned(replica, site)
  }

  protected leaks(group: number): boolean {
    const share = this.settings.leaks[group]
    return share !== undefined && share > 0 && this.faults.chance(share)
  }

  protected branchBegan(_parent: number, branch: number): void {
    this.replicas[this.world.calls.replica[branch] as number]?.join(branch)
  }

  protected branchEnded(branch: number): void {
    this.replicas[this.world.calls.replica[branch] as number]?.leave(branch)
  }

  protected extraCalls(call: number, site: CallSite): number {
    return this.releaseOf(call).extra[site.target] ?? 0
  }

  protected override runsVersion(call: number, version: string): boolean {
    return this.releaseOf(call).version === version
  }

  /** The code that the frame's replica runs. */
  releaseOf(call: number): Release {
    return this.releases[this.replicas[this.world.calls.replica[call] as number]?.release ?? 0] as Release
  }
}
