/** What recording costs: nanoseconds per operation of the simulator's telemetry, and what an hour of history weighs. */
import { spanStatus, Telemetry } from '../../exercises/simulator/telemetry/index.ts'

/** Costs per operation, and the weight and speed of reading of one synthetic hour. */
export interface TelemetryMeasurement {
  readonly counterAddNs: number
  readonly histogramObserveNs: number
  readonly histogramObserveTracedNs: number
  readonly logWriteNs: number
  readonly spanRecordNs: number
  readonly spanRecordUnsampledNs: number
  readonly scrapeSeries: number
  readonly scrapeUs: number
  readonly hourMegabytes: number
  readonly hourSaveMs: number
  readonly hourFingerprintMs: number
  readonly hourSelectUs: number
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** CPU time of the cheapest of five runs, which other load disturbs least, divided by the number of operations. */
function nanoseconds(operations: number, run: () => void): number {
  let best = Infinity
  for (let turn = 0; turn < 5; turn += 1) {
    const start = process.cpuUsage()
    run()
    const spent = process.cpuUsage(start)
    best = Math.min(best, (spent.user + spent.system) * 1000)
  }
  return Math.round((best / operations) * 10) / 10
}

function metricCosts(): Pick<TelemetryMeasurement, 'counterAddNs' | 'histogramObserveNs' | 'histogramObserveTracedNs'> {
  const telemetry = new Telemetry({ traceSampleRate: 0.1 })
  const counters = Array.from({ length: 64 }, (_, at) => telemetry.counter('requests_total', 'Requests.', { at: String(at) }))
  const histograms = Array.from({ length: 64 }, (_, at) => telemetry.histogram('request_seconds', 'Times.', { at: String(at) }, bounds))
  const values = Float64Array.from({ length: 1024 }, (_, at) => 0.002 * 1.008 ** at)
  const operations = 5_000_000
  return {
    counterAddNs: nanoseconds(operations, () => { for (let at = 0; at < operations; at += 1) counters[at & 63]!.add(1) }),
    histogramObserveNs: nanoseconds(operations, () => { for (let at = 0; at < operations; at += 1) histograms[at & 63]!.observe(values[(at * 37) & 1023]!) }),
    histogramObserveTracedNs: nanoseconds(operations, () => { for (let at = 0; at < operations; at += 1) histograms[at & 63]!.observeTraced(values[(at * 37) & 1023]!, 0, at) }),
  }
}

function logCost(): number {
  const operations = 2_000_000
  let timeUs = 0
  const telemetry = new Telemetry({ limits: { logBytesMax: 16 * 1024 * 1024 } })
  const templates = Array.from({ length: 16 }, (_, at) => telemetry.logTemplate({
    labels: { pod: `pod-${at}` }, level: 'info', message: 'request served',
    fields: [{ name: 'route', kind: 'text' }, { name: 'status', kind: 'number' }, { name: 'duration_ms', kind: 'milliseconds' }],
  }))
  const route = telemetry.intern('/orders')
  return nanoseconds(operations, () => {
    for (let at = 0; at < operations; at += 1) templates[at & 15]!.write((timeUs += 300), 0, at >>> 3, at & 7, route, 200, 12_345)
  })
}

function spanCost(rate: number): number {
  const traces = 200_000
  let trace = 0
  const telemetry = new Telemetry({ traceSampleRate: rate, limits: { spanBytesMax: 16 * 1024 * 1024 } })
  const operations = Array.from({ length: 8 }, (_, at) => telemetry.operation({
    service: `service-${at}`, name: 'GET /orders', kind: 'server', attributes: { 'http.request.method': 'GET' },
    variables: [{ name: 'http.response.status_code', kind: 'number' }, { name: 'error.type', kind: 'text' }],
  }))
  return nanoseconds(traces * 8, () => {
    for (const last = trace + traces; trace < last; trace += 1) {
      for (let span = 8; span >= 1; span -= 1) operations[span - 1]!.record(0, trace + 1, span, span - 1, trace * 3000 + span * 100, 20_000 - span * 200, spanStatus.unset, 0, 200, 0)
    }
  })
}

function scrapeCost(): { readonly scrapeSeries: number; readonly scrapeUs: number } {
  const telemetry = new Telemetry()
  for (let pod = 0; pod < 24; pod += 1) {
    const target = telemetry.target({ job: 'app', pod: `pod-${pod}` }, 0)
    for (let at = 0; at < 20; at += 1) target.counter('requests_total', 'Requests.', { at: String(at) }).add(at)
    for (let at = 0; at < 10; at += 1) target.gauge('threads', 'Threads.', { at: String(at) }).set(at)
    for (let at = 0; at < 4; at += 1) target.histogram('request_seconds', 'Times.', { at: String(at) }, bounds).observe(0.2)
  }
  let timeUs = 0
  const scrapes = 200
  const cost = nanoseconds(scrapes, () => { for (let at = 0; at < scrapes; at += 1) telemetry.scrape((timeUs += 15_000_000)) })
  return { scrapeSeries: telemetry.series.select([], -Infinity, Infinity).length, scrapeUs: Math.round(cost / 100) / 10 }
}

/**
 * One hour of six services with four pods each at 300 requests/s: for each request six spans of which a tenth of the
 * traces is kept, two log lines, counters and histograms; scrapes every 5 s of about 2,000 series.
 */
export function recordHour(telemetry: Telemetry, requests: number): void {
  const services = ['gateway', 'orders', 'payments', 'inventory', 'users', 'search']
  const pods = services.flatMap((service) => Array.from({ length: 4 }, (_, replica) => {
    const pod = `${service}-${replica}`
    const target = telemetry.target({ job: service, pod }, 0)
    return {
      counters: Array.from({ length: 24 }, (_, at) => target.counter('http_requests_total', 'Requests.', { code: at % 8 === 7 ? '500' : '200', route: `/route-${at}` })),
      histograms: Array.from({ length: 4 }, (_, at) => target.histogram('http_request_duration_seconds', 'Times.', { route: `/route-${at}` }, bounds)),
      line: telemetry.logTemplate({ labels: { service, pod }, level: 'info', message: 'request served', fields: [{ name: 'route', kind: 'text' }, { name: 'status', kind: 'number' }, { name: 'duration_ms', kind: 'milliseconds' }] }),
      operation: telemetry.operation({ service, name: 'GET /route', kind: 'server', resource: { 'k8s.pod.name': pod }, variables: [{ name: 'http.response.status_code', kind: 'number' }, { name: 'error.type', kind: 'text' }] }),
    }
  }))
  const route = telemetry.intern('/route')
  let nextScrapeUs = 5_000_000
  for (let request = 1; request <= requests; request += 1) {
    const timeUs = Math.round((request * 1_000_000) / 300)
    if (timeUs >= nextScrapeUs) {
      telemetry.scrape(nextScrapeUs)
      nextScrapeUs += 5_000_000
    }
    const status = request % 200 === 0 ? 500 : 200
    for (let service = 5; service >= 0; service -= 1) {
      const pod = pods[service * 4 + (request & 3)]!
      const durationUs = 40_000 - service * 5_000 + ((request * 7919) % 9973)
      pod.counters[request % 24]!.add(1)
      pod.histograms[request & 3]!.observeTraced(durationUs / 1e6, 0, request)
      if (service < 2) pod.line.write(timeUs, 0, request, service + 1, route, status, durationUs)
      pod.operation.record(0, request, service + 1, service, timeUs + service * 1000, durationUs, status === 500 ? spanStatus.error : spanStatus.unset, 0, status, 0)
    }
  }
}

function hourCosts(): Pick<TelemetryMeasurement, 'hourMegabytes' | 'hourSaveMs' | 'hourFingerprintMs' | 'hourSelectUs'> {
  const telemetry = new Telemetry({ traceSampleRate: 0.1 })
  recordHour(telemetry, 300 * 3600)
  const matchers = [{ name: '__name__', op: '=', value: 'http_request_duration_seconds_bucket' }, { name: 'job', op: '=~', value: 'orders|users' }] as const
  return {
    hourMegabytes: Math.round(telemetry.bytes().total / 1e5) / 10,
    hourSaveMs: nanoseconds(1, () => void telemetry.save()) / 1e6,
    hourFingerprintMs: nanoseconds(1, () => void telemetry.fingerprint()) / 1e6,
    hourSelectUs: nanoseconds(100, () => { for (let at = 0; at < 100; at += 1) telemetry.series.select(matchers, -Infinity, Infinity) }) / 1000,
  }
}

/** Measures everything once; takes a few seconds. */
export function measureTelemetry(): TelemetryMeasurement {
  return { ...metricCosts(), logWriteNs: logCost(), spanRecordNs: spanCost(1), spanRecordUnsampledNs: spanCost(0), ...scrapeCost(), ...hourCosts() }
}
