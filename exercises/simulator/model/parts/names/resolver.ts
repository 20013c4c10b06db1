import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import type { Counter, Histogram } from '../../../telemetry/index.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import type { ResolverSpec } from './schema.ts'

/** How a lookup ends. `dropped`: after all tries there is no answer. */
export const answerKind = { found: 0, servfail: 1, dropped: 2 } as const

/** Bounds of CoreDNS's histogram, in seconds. */
const bounds: readonly number[] = [0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192]
/** Told at most once in this time. */
const quietUs = 1_000_000

/** What a client gets from a lookup. */
export interface Answer {
  /** From the first question to the answer, or to the end of patience. Microseconds. */
  readonly tookUs: number
  readonly kind: number
}

interface ResolverState {
  readonly factor: number
  readonly servfail: number
  readonly drop: number
  readonly freeUs: readonly number[]
  readonly toldUs: number
}

/** A resolver that names are looked up with: a few workers, and what happens when they are slow or fail. */
export class Resolver extends BasePart<ResolverState> {
  readonly spec: ResolverSpec
  factor = 1
  servfail: number
  drop: number
  /** When each worker is free. */
  private freeUs: number[]
  private toldUs = -quietUs
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly failures: RandomStream
  private requests: Counter
  private responses: Counter[]
  private durations: Histogram

  constructor(world: World, name: string, spec: ResolverSpec) {
    super(world, name)
    this.spec = spec
    this.servfail = spec.servfail
    this.drop = spec.drop
    this.freeUs = Array.from({ length: spec.workers }, () => 0)
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.failures = world.stream(`${name}/failures`)
    this.requests = this.counter('coredns_dns_requests_total', 'Lookups that arrived.', { type: 'A' })
    this.responses = this.responseCounters()
    this.durations = this.histogram()
  }

  /** Looks a name up. @param name for the log */
  look(name: string): Answer {
    const { attempts, timeout } = this.spec
    let tookUs = 0
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      this.requests.add(1)
      if (this.drop > 0 && this.failures.chance(this.drop)) {
        tookUs += timeout
        continue
      }
      const answerUs = this.serve()
      // An answer that comes too late is to a question that nobody asks any more.
      if (answerUs > timeout) {
        tookUs += timeout
        continue
      }
      if (this.servfail > 0 && this.failures.chance(this.servfail)) {
        this.responses[1]?.add(1)
        this.tell(name)
        return { tookUs: tookUs + answerUs, kind: answerKind.servfail }
      }
      this.responses[0]?.add(1)
      return { tookUs: tookUs + answerUs, kind: answerKind.found }
    }
    return { tookUs, kind: answerKind.dropped }
  }

  save(): ResolverState {
    return { factor: this.factor, servfail: this.servfail, drop: this.drop, freeUs: this.freeUs.slice(), toldUs: this.toldUs }
  }

  load(state: ResolverState): void {
    this.factor = state.factor
    this.servfail = state.servfail
    this.drop = state.drop
    this.freeUs = state.freeUs.slice()
    this.toldUs = state.toldUs
    this.requests = this.counter('coredns_dns_requests_total', 'Lookups that arrived.', { type: 'A' })
    this.responses = this.responseCounters()
    this.durations = this.histogram()
  }

  /** Time in line and of the work. A question that is asked again later is put in the line of now: booked ahead of its time, it would keep a worker from all others until then. */
  private serve(): number {
    const { nowUs } = this.world
    let first = 0
    for (let worker = 1; worker < this.freeUs.length; worker += 1) if ((this.freeUs[worker] ?? 0) < (this.freeUs[first] ?? 0)) first = worker
    const endUs = Math.max(nowUs, this.freeUs[first] ?? 0) + Math.round(this.latency.sampleUs(this.times) * this.factor)
    this.freeUs[first] = endUs
    this.durations.observe((endUs - nowUs) / 1e6)
    return endUs - nowUs
  }

  private tell(name: string): void {
    const { telemetry, nowUs } = this.world
    if (nowUs < this.toldUs + quietUs) return
    this.toldUs = nowUs
    const template = telemetry.logTemplate({
      labels: { service: this.name },
      level: 'error',
      format: 'text',
      message: '[ERROR] plugin/errors: 2 {name}. A: SERVFAIL: read udp 10.42.0.7:53812->10.0.0.2:53: i/o timeout',
      fields: [{ name: 'name', kind: 'text' }],
    })
    template.write(nowUs, 0, 0, 0, telemetry.intern(name))
  }

  private responseCounters(): Counter[] {
    return ['NOERROR', 'SERVFAIL'].map((rcode) => this.counter('coredns_dns_responses_total', 'Lookups that were answered.', { rcode }))
  }

  private counter(name: string, help: string, labels: Readonly<Record<string, string>>): Counter {
    return this.world.telemetry.target({ job: 'coredns', resolver: this.name }, 0).counter(name, help, labels)
  }

  private histogram(): Histogram {
    return this.world.telemetry.target({ job: 'coredns', resolver: this.name }, 0).histogram('coredns_dns_request_duration_seconds', 'Time to answer a lookup.', {}, bounds)
  }
}
