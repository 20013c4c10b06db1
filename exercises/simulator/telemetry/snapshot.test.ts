import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanStatus, Telemetry, type TelemetryOptions } from './index.ts'

const options: TelemetryOptions = { traceSampleRate: 0.5, limits: { samplesPerSeriesMax: 8, logBytesMax: 100_000, spanBytesMax: 200_000, exemplarsMax: 16, pendingSpansMax: 50, decidedTracesMax: 20, pendingTraceUs: 40 } }

/** What a model does with telemetry, chosen by two numbers; registers what it needs each time, as after a restore. */
function act(telemetry: Telemetry, kind: number, size: number, timeUs: number): void {
  const pod = telemetry.target({ pod: `pod-${size % 3}` }, timeUs)
  const trace = (timeUs >> 3) + 1
  if (kind === 0) pod.counter('requests_total', 'Requests.', { code: String(size % 4) }).add(size)
  else if (kind === 1) pod.histogram('wait_seconds', 'Waits.', {}, [1, 5, 10]).observeTraced(size, 0, trace)
  else if (kind === 2) telemetry.scrape(timeUs * 1000)
  else if (kind === 3) {
    const template = telemetry.logTemplate({ labels: { pod: String(size % 3) }, level: 'info', message: `m${size % 2}`, fields: [{ name: 'why', kind: 'text' }, { name: 'n', kind: 'number' }] })
    for (let at = 0; at < size * 20; at += 1) template.write(timeUs, 0, trace, at, telemetry.intern(`text ${size % 5}`), at * 1.5)
  } else if (kind === 4) {
    const operation = telemetry.operation({ service: `s${size % 3}`, name: 'GET /', kind: 'server', variables: [{ name: 'status', kind: 'number' }] })
    for (let at = 0; at < size * 10; at += 1) operation.record(0, trace + at, at % 5, at % 4, timeUs, at, size === 7 ? spanStatus.error : spanStatus.ok, 0, at)
  } else if (kind === 5) [pod.stop.bind(pod), () => pod.start(timeUs), pod.remove.bind(pod)][size % 3]?.()
  else if (kind === 6) telemetry.change({ timeUs, kind: size % 2 === 0 ? 'deploy' : 'fault', target: 'orders', summary: 'A change.', actor: 'ci', before: { version: 1 }, after: { version: size } })
  else telemetry.alerts.evaluate(timeUs * 1000)
}

function build(): Telemetry {
  const telemetry = new Telemetry(options)
  const rule = { name: 'Busy', expr: 'busy', forMs: 20, keepFiringForMs: 0, labels: {}, annotations: { summary: '{{ $value }}' } }
  telemetry.setAlertRules([rule], (_, timeMs) => (timeMs % 3 === 0 ? [] : [{ labels: { pod: String(timeMs % 2) }, value: timeMs }]))
  return telemetry
}

const actions = fc.array(fc.tuple(fc.nat(7), fc.nat(8)), { maxLength: 120 })

describe('a snapshot', () => {
  it('continues byte for byte, in a new world, in the same world, and does not change afterwards', () => {
    fc.assert(fc.property(actions, actions, actions, (before, after, other) => {
      const straight = build()
      before.forEach(([kind, size], at) => act(straight, kind, size, at + 1))
      const saved = straight.save()
      const atSave = straight.fingerprint()
      const copy = structuredClone(saved)
      after.forEach(([kind, size], at) => act(straight, kind, size, before.length + at + 1))
      const atEnd = straight.fingerprint()

      const restored = build()
      restored.load(saved)
      expect(restored.fingerprint()).toBe(atSave)
      after.forEach(([kind, size], at) => act(restored, kind, size, before.length + at + 1))
      expect(restored.fingerprint()).toBe(atEnd)
      expect([...restored.exportOpenMetrics()]).toEqual([...straight.exportOpenMetrics()])

      // A world that went another way comes back, and goes on as if it never had.
      const rewound = build()
      other.forEach(([kind, size], at) => act(rewound, kind, size, at + 1))
      rewound.load(saved)
      after.forEach(([kind, size], at) => act(rewound, kind, size, before.length + at + 1))
      expect(rewound.fingerprint()).toBe(atEnd)
      straight.load(saved)
      expect(straight.fingerprint()).toBe(atSave)
      expect(saved).toEqual(copy)
    }), { numRuns: 60 })
  })

  it('keeps handles good that were there before it', () => {
    const telemetry = new Telemetry()
    const counter = telemetry.counter('requests_total', 'Requests.', {})
    const template = telemetry.logTemplate({ labels: {}, level: 'info', message: 'm', fields: [] })
    counter.add(2)
    const saved = telemetry.save()
    const later = telemetry.counter('later_total', 'Registered after the snapshot.', {})
    const laterTemplate = telemetry.logTemplate({ labels: {}, level: 'info', message: 'later', fields: [{ name: 'n', kind: 'number' }] })
    counter.add(5)
    telemetry.load(saved)
    later.add(1)
    laterTemplate.write(1, 0, 0, 0, 7)
    counter.add(1)
    template.write(2, 0, 0, 0)
    telemetry.scrape(1_000_000)
    expect(telemetry.series.select([], -Infinity, Infinity).map((samples) => [samples.labels['__name__'], samples.values[0]])).toEqual([['requests_total', 3]])
    expect([...telemetry.logs.select([], -Infinity, Infinity)]).toHaveLength(1)
  })
})

describe('the fingerprint', () => {
  it('sees a difference of one', () => {
    const one = new Telemetry()
    const two = new Telemetry()
    for (const telemetry of [one, two]) telemetry.counter('requests_total', 'Requests.', {}).add(1)
    expect(one.fingerprint()).toBe(two.fingerprint())
    one.counter('requests_total', 'Requests.', {}).add(1e-9)
    expect(one.fingerprint()).not.toBe(two.fingerprint())
  })
})
