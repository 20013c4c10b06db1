import type { Counter, Gauge, Histogram, LogTemplate } from '../../../telemetry/index.ts'
import { breakerState, breakerWords } from '../../policy/breaker.ts'
import type { CallSite } from '../../policy/call-site.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from './pod-signals.ts'
import { podPhase } from './replica.ts'
import type { Service } from './service.ts'

interface GroupGauges {
  readonly busy: Gauge | null
  readonly idle: Gauge | null
  readonly waiting: Gauge | null
  readonly most: Gauge | null
  readonly wait: Histogram | null
  readonly timeouts: Counter | null
  readonly breaker: Gauge | null
  readonly timeWait: Gauge | null
}

interface PodGauges {
  readonly pod: string
  readonly active: Gauge
  readonly threadsBusy: Gauge
  readonly threadsMost: Gauge
  readonly queue: Gauge
  readonly cpu: Counter
  readonly memory: Gauge
  readonly limit: Gauge
  readonly restarts: Gauge
  /** Of programs that collect garbage. */
  readonly live: Gauge | null
  readonly pauses: readonly [Counter, Counter]
  readonly pauseSeconds: readonly [Counter, Counter]
  readonly groups: readonly GroupGauges[]
  readonly collections: LogTemplate
  readonly breakers: LogTemplate
}

/** A pause longer than this is worth a line in the log. */
const loggedPauseUs = 20_000

/** What pods show of themselves beside their requests: saturation of threads, cores, memory and pools. */
export class ServiceGauges {
  private readonly service: Service
  private readonly world: World
  private pods: (PodGauges | undefined)[] = []

  constructor(service: Service, world: World) {
    this.service = service
    this.world = world
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.pods = []
  }

  measure(): void {
    const { replicas, settings, memory } = this.service
    for (const [index, replica] of replicas.entries()) {
      if (replica.phase === podPhase.dead) continue
      const pod = this.pod(index)
      if (pod === null) continue
      pod.active.set(replica.inFlight)
      if (settings.threads !== Number.POSITIVE_INFINITY) {
        pod.threadsBusy.set(replica.threadsBusy)
        pod.threadsMost.set(settings.threads)
      }
      pod.queue.set(replica.queue.length)
      pod.cpu.add(replica.cpuUs / 1e6 - pod.cpu.value)
      pod.memory.set(memory.resident(replica))
      pod.limit.set(replica.memoryBytes)
      pod.restarts.set(replica.restarts)
      for (const [group, gate] of this.service.gatesOf(index).entries()) {
        const gauges = pod.groups[group]
        if (gauges === undefined) continue
        gauges.breaker?.set(gate.breaker?.state ?? 0)
        if (gate.ports !== null) {
          gate.ports.wake(this.world.nowUs)
          gauges.timeWait?.set(gate.ports.timeWait)
        }
        if (gate.pool === null) continue
        gauges.busy?.set(gate.pool.busy + gate.pool.leaked)
        gauges.idle?.set(Math.max(0, gate.pool.size - gate.pool.busy - gate.pool.leaked))
        gauges.waiting?.set(gate.pool.waiting.length)
        gauges.most?.set(gate.pool.size)
      }
    }
  }

  /** A frame got a connection after a wait; a negative wait is one that ended without. */
  waitedForPool(index: number, group: number, waitUs: number): void {
    const gauges = this.pod(index)?.groups[group]
    if (waitUs < 0) gauges?.timeouts?.add(1)
    else gauges?.wait?.observe(waitUs / 1e6)
  }

  /** The process stood still. */
  paused(index: number, us: number, full: boolean, aliveBytes: number): void {
    const pod = this.pod(index)
    if (pod === null) return
    pod.pauses[full ? 1 : 0].add(1)
    pod.pauseSeconds[full ? 1 : 0].add(us / 1e6)
    pod.live?.set(aliveBytes)
    if (us >= loggedPauseUs) pod.collections.write(this.world.nowUs, 0, 0, 0, this.world.telemetry.intern(full ? 'Full' : 'Young'), us, Math.round(aliveBytes / 2 ** 20))
  }

  /** A circuit breaker opened, closed or went half-open. */
  breakerTurned(index: number, site: CallSite): void {
    const { telemetry, parts, nowUs } = this.world
    const state = this.service.gatesOf(index)[site.group]?.breaker?.state ?? breakerState.closed
    this.pod(index)?.breakers.write(nowUs, 0, 0, 0, telemetry.intern(parts[site.target]?.name ?? ''), telemetry.intern(breakerWords[state] ?? ''))
  }

  private pod(index: number): PodGauges | null {
    const signals = this.service.signals[index]
    const name = this.service.replicas[index]?.pod ?? ''
    if (signals === null || signals === undefined) return null
    const known = this.pods[index]
    if (known?.pod === name) return known
    const labels = { service: this.service.name, pod: name }
    const collection = (kind: string): { count: Counter; sum: Counter } => ({
      count: signals.target.counter('jvm_gc_pause_seconds_count', 'Pauses for collections of garbage.', { gc: kind }),
      sum: signals.target.counter('jvm_gc_pause_seconds_sum', 'Time in such pauses.', { gc: kind }),
    })
    const young = collection('young')
    const full = collection('full')
    const made: PodGauges = {
      pod: name,
      active: signals.gauge('http_server_active_requests', 'Requests that have arrived and are not answered.'),
      threadsBusy: signals.gauge('http_server_threads_busy', 'Threads that work on a request.'),
      threadsMost: signals.gauge('http_server_threads_max', 'Threads that there are.'),
      queue: signals.gauge('http_server_queue_requests', 'Requests that wait for a thread.'),
      cpu: signals.target.counter('container_cpu_usage_seconds_total', 'Time on cores.', {}),
      memory: signals.gauge('process_resident_memory_bytes', 'Memory that the process has.'),
      limit: signals.gauge('container_spec_memory_limit_bytes', 'Memory above which the container is killed.'),
      restarts: signals.gauge('kube_pod_container_status_restarts', 'Restarts of the container.'),
      live: this.service.spec.gc === false ? null : signals.gauge('jvm_gc_live_bytes', 'Memory that was alive after the last collection of garbage.'),
      pauses: [young.count, full.count],
      pauseSeconds: [young.sum, full.sum],
      groups: this.service.groups.map(({ policy, target }) => this.groupGauges(index, policy.pool !== undefined, policy.breaker !== undefined, policy['keep-alive'] === false, this.world.parts[target]?.name ?? '')),
      collections: this.world.telemetry.logTemplate({ labels, level: 'warn', message: 'Pause {kind} (G1 Evacuation Pause) {pause_ms}ms, {alive_mb}M alive', fields: [{ name: 'kind', kind: 'text' }, { name: 'pause_ms', kind: 'milliseconds' }, { name: 'alive_mb', kind: 'number' }] }),
      breakers: this.world.telemetry.logTemplate({ labels, level: 'warn', message: 'CircuitBreaker {peer} changed state to {state}', fields: [{ name: 'peer', kind: 'text' }, { name: 'state', kind: 'text' }] }),
    }
    this.pods[index] = made
    return made
  }

  private groupGauges(index: number, pooled: boolean, broken: boolean, closes: boolean, peer: string): GroupGauges {
    const signals = this.service.signals[index]
    if (signals === null || signals === undefined) return { busy: null, idle: null, waiting: null, most: null, wait: null, timeouts: null, breaker: null, timeWait: null }
    const gauge = (name: string, help: string, labels: Record<string, string> = {}): Gauge => signals.gauge(name, help, { pool: peer, ...labels })
    return {
      busy: pooled ? gauge('db_pool_connections', 'Connections of the pool, by state.', { state: 'used' }) : null,
      idle: pooled ? gauge('db_pool_connections', 'Connections of the pool, by state.', { state: 'idle' }) : null,
      waiting: pooled ? gauge('db_pool_pending_requests', 'Requests that wait for a connection.') : null,
      most: pooled ? gauge('db_pool_connections_max', 'Connections that the pool may have.') : null,
      wait: pooled ? signals.target.histogram('db_pool_wait_seconds', 'Time until a request had its connection.', { pool: peer }, latencyBounds) : null,
      timeouts: pooled ? signals.target.counter('db_pool_timeouts_total', 'Requests that got no connection in time.', { pool: peer }) : null,
      timeWait: closes ? signals.gauge('node_sockstat_TCP_tw', 'Sockets in TIME_WAIT.', { peer }) : null,
      breaker: broken ? signals.gauge('circuit_breaker_state', '0 closed, 1 open, 2 half-open.', { peer }) : null,
    }
  }
}
