import { attribute, spanStatus } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Histogram, LogTemplate, MetricTarget, Operation } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { outcomeCode, outcomes, statusOf } from '../../outcome.ts'
import type { CallSite } from '../../policy/call-site.ts'
import type { World } from '../../world.ts'

/** Bounds of request durations, in seconds. */
export const latencyBounds: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const codes = outcomes.length

/** `POST /orders` as metrics and spans name it. */
export interface EndpointName {
  readonly name: string
  readonly method: string
  readonly route: string
}

/** `POST /orders` into its parts; a name without a method is a route alone. */
export function endpointName(name: string): EndpointName {
  const match = /^([A-Z]+)\s+(\S.*)$/.exec(name)
  return { name, method: match?.[1] ?? '', route: match?.[2] ?? name }
}

/** The span of a call to an endpoint of a service, as OpenTelemetry names it. */
export function httpSpanOf(service: string, operation: string): { name: string; attributes: Record<string, AttributeValue> } {
  const { method, route } = endpointName(operation)
  if (method === '') return { name: operation, attributes: { [attribute.rpcMethod]: operation, [attribute.serverAddress]: service } }
  return { name: method, attributes: { [attribute.httpRequestMethod]: method, [attribute.urlPath]: route, [attribute.serverAddress]: service } }
}

/** All telemetry of one pod: what its requests leave in metrics, logs and spans. */
export class PodSignals {
  readonly target: MetricTarget
  private readonly world: World
  private readonly endpoints: readonly EndpointName[]
  private readonly sites: readonly CallSite[]
  private readonly requests: (Counter | undefined)[] = []
  private readonly durations: Histogram[]
  private readonly servers: Operation[]
  private readonly clientRequests: (Counter | undefined)[] = []
  private readonly clientDurations: Histogram[]
  private readonly clients: Operation[]
  private readonly failures: LogTemplate
  private readonly accesses: LogTemplate
  private readonly routes: readonly number[]
  private readonly methods: readonly number[]
  private readonly attributeTexts: readonly (readonly number[])[]
  /** Places of the attributes that lines tell. */
  private readonly told: readonly number[]

  constructor(world: World, service: string, pod: string, version: string, zone: string, endpoints: readonly EndpointName[], sites: readonly CallSite[], told: readonly string[], startedUs: number) {
    const { telemetry } = world
    this.world = world
    this.endpoints = endpoints
    this.sites = sites
    this.target = telemetry.target({ job: service, service, pod, ...(zone === '' ? {} : { zone }) }, startedUs)
    this.attributeTexts = world.attributes.texts(telemetry)
    this.told = told.map((name) => world.attributes.names.indexOf(name))
    const resource = { [attribute.serviceVersion]: version, [attribute.k8sPodName]: pod, ...(zone === '' ? {} : { [attribute.cloudAvailabilityZone]: zone }) }
    const users = world.attributes.names.map((name) => ({ name, kind: 'text' as const }))
    this.routes = endpoints.map(({ route }) => telemetry.intern(route))
    this.methods = endpoints.map(({ method }) => telemetry.intern(method))
    this.durations = endpoints.map(({ method, route }) => this.target.histogram('http_request_duration_seconds', 'Time to answer a request, from its arrival.', { method, route }, latencyBounds))
    this.servers = endpoints.map(({ name, method, route }) =>
      telemetry.operation({
        service,
        name,
        kind: 'server',
        resource,
        attributes: { ...(method === '' ? {} : { [attribute.httpRequestMethod]: method }), [attribute.httpRoute]: route },
        variables: [{ name: attribute.httpResponseStatusCode, kind: 'number' }, { name: attribute.errorType, kind: 'text' }, ...users],
      }),
    )
    const peers = sites.map(({ target }) => world.parts[target]?.name ?? '')
    this.clientDurations = sites.map((site, index) => this.target.histogram('client_request_duration_seconds', 'Time of one attempt of a call to another part.', { peer: peers[index] ?? '', operation: site.operationName }, latencyBounds))
    this.clients = sites.map((site) => {
      const { name, kind = 'client', attributes } = world.parts[site.target]?.spanOf(site.operationName) ?? { name: site.operationName, attributes: {} }
      return telemetry.operation({ service, name, kind, resource, attributes, variables: [{ name: attribute.httpRequestResendCount, kind: 'number' }, { name: attribute.errorType, kind: 'text' }] })
    })
    const labels = { service, pod }
    const toldFields = told.map((name) => ({ name, kind: 'text' as const }))
    this.failures = telemetry.logTemplate({
      labels,
      level: 'error',
      message: 'request failed: {error}',
      fields: [{ name: 'method', kind: 'text' }, { name: 'route', kind: 'text' }, { name: 'status', kind: 'number' }, { name: 'duration_ms', kind: 'milliseconds' }, { name: 'error', kind: 'text' }, ...toldFields],
    })
    this.accesses = telemetry.logTemplate({
      labels,
      level: 'info',
      message: 'request served',
      fields: [{ name: 'method', kind: 'text' }, { name: 'route', kind: 'text' }, { name: 'status', kind: 'number' }, { name: 'duration_ms', kind: 'milliseconds' }, ...toldFields],
    })
  }

  /** A request has been answered. */
  served(call: number, outcome: number, logs: boolean): void {
    const { calls, nowUs, causes } = this.world
    const endpoint = calls.operation[call] as number
    const tookUs = nowUs - (calls.arrivedUs[call] as number)
    const status = statusOf(outcome)
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const span = calls.span[call] as number
    const slot = endpoint * codes + outcome
    const counter = this.requests[slot] ?? this.requestCounter(slot, endpoint, status)
    counter.add(1)
    const histogram = this.durations[endpoint] as Histogram
    histogram.observeTraced(tookUs / 1e6, hi, lo)
    const attributes = calls.attributes[call] as number
    const failed = status >= 500
    let message = 0
    if (failed) {
      message = causes.of(calls.causePart[call] as number, (calls.cause[call] as number) || outcome)
      this.failures.write(nowUs, hi, lo, span, this.methods[endpoint], this.routes[endpoint], status, tookUs, message, ...this.toldOf(attributes))
    } else if (logs) this.accesses.write(nowUs, hi, lo, span, this.methods[endpoint], this.routes[endpoint], status, tookUs, ...this.toldOf(attributes))
    const texts = this.attributeTexts
    const operation = this.servers[endpoint] as Operation
    operation.record(
      hi, lo, span, calls.parentSpan[call] as number, calls.arrivedUs[call] as number, tookUs, failed ? spanStatus.error : spanStatus.unset, message,
      status, outcome === 0 ? 0 : causes.type(outcome), texts[0]?.[attributes & 0xff], texts[1]?.[(attributes >>> 8) & 0xff], texts[2]?.[(attributes >>> 16) & 0xff], texts[3]?.[attributes >>> 24],
    )
  }

  /** An attempt of a call to another part has ended. */
  called(call: number, child: number, siteIndex: number, outcome: number): void {
    const { calls, nowUs, causes } = this.world
    const site = this.sites[siteIndex] as CallSite
    const startUs = calls.sentUs[child] as number
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const slot = siteIndex * codes + outcome
    const counter = this.clientRequests[slot] ?? this.clientCounter(slot, siteIndex, outcome)
    counter.add(1)
    const histogram = this.clientDurations[siteIndex] as Histogram
    histogram.observeTraced((nowUs - startUs) / 1e6, hi, lo)
    const failed = outcome !== outcomeCode.ok
    const operation = this.clients[siteIndex] as Operation
    operation.record(
      hi, lo, calls.clientSpan[child] as number, calls.span[call] as number, startUs, nowUs - startUs, failed ? spanStatus.error : spanStatus.unset, failed ? causes.of(site.target, outcome) : 0,
      (calls.attempt[call] as number) || Number.NaN, failed ? causes.type(outcome) : 0,
    )
  }

  /** A gauge of the pod. */
  gauge(name: string, help: string, labels: Readonly<Record<string, string>> = {}): Gauge {
    return this.target.gauge(name, help, labels)
  }

  private toldOf(attributes: number): readonly number[] {
    return this.told.length === 0 ? this.told : this.told.map((at) => this.attributeTexts[at]?.[(attributes >>> (8 * at)) & 0xff] ?? 0)
  }

  private requestCounter(slot: number, endpoint: number, status: number): Counter {
    const { method = '', route = '' } = this.endpoints[endpoint] ?? {}
    const counter = this.target.counter('http_requests_total', 'Requests answered.', { method, route, code: String(status) })
    this.requests[slot] = counter
    return counter
  }

  private clientCounter(slot: number, siteIndex: number, outcome: number): Counter {
    const site = this.sites[siteIndex]
    const peer = this.world.parts[site?.target ?? -1]?.name ?? ''
    const counter = this.target.counter('client_requests_total', 'Attempts of calls to other parts, by how they ended.', { peer, operation: site?.operationName ?? '', outcome: outcomes[outcome]?.name ?? '' })
    this.clientRequests[slot] = counter
    return counter
  }
}
