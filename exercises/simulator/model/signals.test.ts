import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Span } from '../traces/source.ts'
import { complaints, latest, linesWith, seconds, worldOf } from './testing/observe.ts'

const shop = readFileSync(join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'topologies', 'shop.yaml'), 'utf8')
const text = `${shop.replace('rate: 300/s', 'rate: 50/s').replace('access-logs: 1%', 'access-logs: 100%')}
faults:
  - { at: 20s, errors: card-network, share: 30% }
  - { at: 30s, slow: orders-db, factor: 40, for: 20s }
`

describe('one request', () => {
  const world = worldOf(text, { seed: 8, traceSampleRate: 1 })
  world.runUntil(seconds(60))
  // No more arrivals, so that everything in flight ends before it is counted.
  world.act({ action: 'traffic', target: 'shoppers', factor: 0 })
  world.runUntil(seconds(240))
  const spans: Span[] = [...world.telemetry.traces.traces(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)].flatMap((trace) => trace.spans)
  const lines = [...world.telemetry.logs.select([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)]

  it('leaves the same count in counters, histograms and spans of its servers', () => {
    for (const service of ['gateway', 'catalog', 'orders', 'inventory', 'payments', 'mailer']) {
      const served = latest(world, 'http_requests_total', { service })
      expect(served).toBeGreaterThan(100)
      expect(latest(world, 'http_request_duration_seconds_count', { service })).toBe(served)
      expect(spans.filter((span) => span.service === service && span.kind === 'server')).toHaveLength(served)
    }
  })
  it('and of its clients', () => {
    const attempts = latest(world, 'client_requests_total')
    expect(latest(world, 'client_request_duration_seconds_count')).toBe(attempts)
    expect(spans.filter(({ kind }) => kind === 'client')).toHaveLength(attempts)
    expect(latest(world, 'user_attempts_total')).toBe(latest(world, 'http_requests_total', { service: 'gateway' }))
  })
  it('leaves a line in the log for each failure, with its trace', () => {
    const failed = spans.filter(({ kind, attributes }) => kind === 'server' && Number(attributes['http.response.status_code']) >= 500)
    const told = lines.filter(({ line }) => line.includes('"msg":"request failed'))
    expect(failed.length).toBeGreaterThan(50)
    expect(told).toHaveLength(failed.length)
    const errors = ['500', '502', '503', '504'].reduce((sum, code) => sum + latest(world, 'http_requests_total', { code }), 0)
    expect(errors).toBe(failed.length)
    const bySpan = new Map(failed.map((span) => [span.spanId, span]))
    for (const { line } of told) {
      const fields = JSON.parse(line) as { span_id: string; trace_id: string; duration_ms: number; status: number; error: string }
      const span = bySpan.get(fields.span_id)
      expect(span).toMatchObject({ traceId: fields.trace_id, statusMessage: fields.error })
      expect(span?.durationUs).toBe(Math.round(fields.duration_ms * 1000))
    }
  })
  it('sums to the same time in histogram and spans', () => {
    const sum = spans.filter((span) => span.service === 'orders' && span.kind === 'server').reduce((total, span) => total + span.durationUs, 0)
    expect(latest(world, 'http_request_duration_seconds_sum', { service: 'orders' })).toBeCloseTo(sum / 1e6, 3)
  })
  it('has every span inside of its parent, unless nobody waited for it', () => {
    const byId = new Map(spans.map((span) => [span.spanId, span]))
    for (const span of spans) {
      const parent = span.parentSpanId === null ? undefined : byId.get(span.parentSpanId)
      if (parent === undefined) continue
      expect(span.startUs).toBeGreaterThanOrEqual(parent.startUs)
      if (span.service === 'mailer' || parent.service === 'mailer' || span.attributes['server.address'] === 'mailer' || parent.status === 'error') continue
      expect(span.startUs + span.durationUs).toBeLessThanOrEqual(parent.startUs + parent.durationUs)
    }
  })
  it('carries the attributes of its user', () => {
    const tiers = spans.filter(({ kind, service }) => kind === 'server' && service === 'gateway').map(({ attributes }) => attributes['tier'])
    const vips = tiers.filter((tier) => tier === 'vip').length
    expect(vips / tiers.length).toBeGreaterThan(0.02)
    expect(vips / tiers.length).toBeLessThan(0.09)
    expect(tiers.every((tier) => tier === 'vip' || tier === 'normal')).toBe(true)
  })
})

describe('a service whose lines tell of users', () => {
  const tells = (names: string): string => `
telemetry: { access-logs: 100% }
services: { api: { log-attributes: ${names}, endpoints: { GET /: [{ cpu: 1ms }, { fail: 50% }] } } }
clients:
  users: { rate: 20/s, call: api GET /, attributes: { tier: { vip: 50%, normal: 50% }, region: { eu: 100% } } }
  probes: { rate: 20/s, call: api GET / }`

  it('names the attributes that it was told to, in each line', () => {
    const world = worldOf(tells('[tier]'))
    world.runUntil(seconds(20))
    const lines = linesWith(world, 'api').map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const tier of ['vip', 'normal', undefined]) for (const status of [200, 500]) expect(lines.filter((line) => line['tier'] === tier && line['status'] === status).length).toBeGreaterThan(20)
    expect(lines.some((line) => 'region' in line)).toBe(false)
  })
  it('complains about one that nobody has', () => {
    expect(complaints(tells('[teir]'))[0]).toContain('No client gives its users an attribute "teir". Did you mean "tier"?')
  })
})
