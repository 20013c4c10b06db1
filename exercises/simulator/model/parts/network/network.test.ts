import { describe, expect, it } from 'vitest'
import { complaints, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'

const minute = 60_000_000

const shop = (faults: string, network = ''): string => `
networks:
  backbone:
    zones:
      eu-1a: { region: eu, parts: [shoppers] }
      eu-1b: { region: eu }
      us-1a: { region: us, parts: [ledger] }
${network}
services:
  web:
    replicas: 4
    zones: [eu-1a, eu-1b]
    endpoints:
      GET /: [ { cpu: 1ms }, { call: orders GET /orders, timeout: 2s } ]
  orders:
    replicas: 4
    zones: [eu-1a, eu-1b]
    endpoints:
      GET /orders: [ { cpu: 1ms } ]
externals:
  ledger: { latency: 1ms }
clients:
  shoppers: { rate: 50/s, call: web GET / }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

const served = (text: string, seed = 1): { ok: number; slow: number; zoneB: number; all: number } => {
  const world = worldOf(text, { seed })
  world.runUntil(5 * minute)
  const all = newest(world, 'client_request_duration_seconds_count', { job: 'web' })
  const quick = newest(world, 'client_request_duration_seconds_bucket', { job: 'web', le: '0.1' })
  return { ok: newest(world, 'user_requests_total', { outcome: 'ok' }), slow: (all - quick) / all, zoneB: newest(world, 'http_requests_total', { job: 'orders', zone: 'eu-1b' }), all }
}

describe('a network of zones', () => {
  it('adds its latency to calls, more between regions', () => {
    const near = worldOf(shop(''))
    near.runUntil(minute)
    const mean = newest(near, 'user_request_duration_seconds_sum') / newest(near, 'user_request_duration_seconds_count')
    // Two calls, each there and back, at about 0.27 ms a trip on average, and 2 ms of work.
    expect(mean).toBeGreaterThan(0.0025)
    expect(mean).toBeLessThan(0.005)
    const far = worldOf(shop('').replace('GET /orders, timeout: 2s', 'GET /orders').replace('[ { cpu: 1ms } ]', '[ { call: ledger post } ]'))
    far.runUntil(minute)
    expect(newest(far, 'user_request_duration_seconds_sum') / newest(far, 'user_request_duration_seconds_count')).toBeGreaterThan(0.08)
  })

  it('loses packets of one zone alone: its pods are slow, in steps of the retransmission timeout', () => {
    const well = served(shop(''))
    const lossy = served(shop('{ at: 0s, loss: backbone, zone: eu-1b, share: 5% }'))
    expect(well.slow).toBe(0)
    // Between a pod in each zone a call has two trips that can lose their last packet; inside eu-1b too; inside eu-1a none can.
    expect(lossy.slow).toBeGreaterThan(0.05)
    expect(lossy.slow).toBeLessThan(0.12)
  })

  it('shows the loss between zones to those who measure it', () => {
    const world = worldOf(shop('{ at: 0s, loss: backbone, zone: eu-1b, share: 20% }'))
    world.runUntil(10 * minute)
    const share = (from: string, to: string): number => newest(world, 'smokeping_response_failures_total', { zone: from, target_zone: to }) / newest(world, 'smokeping_requests_total', { zone: from, target_zone: to })
    expect(share('eu-1a', 'eu-1a')).toBe(0)
    expect(share('eu-1a', 'eu-1b')).toBeGreaterThan(0.25)
    expect(newest(world, 'node_netstat_Tcp_RetransSegs', { zone: 'eu-1b' })).toBeGreaterThan(100)
  })

  it('shifts traffic away from a zone, which ends what its loss did', () => {
    const world = worldOf(shop('{ at: 0s, partition: backbone, between: [eu-1a, eu-1b] }').replace('replicas: 4\n    zones: [eu-1a, eu-1b]\n    endpoints:\n      GET /:', 'replicas: 4\n    zones: [eu-1a]\n    endpoints:\n      GET /:'))
    world.runUntil(2 * minute)
    const failedBefore = newest(world, 'client_requests_total', { job: 'web', outcome: 'timeout' })
    expect(failedBefore).toBeGreaterThan(1000)
    expect(world.act({ action: 'shift-traffic', target: 'backbone', zone: 'eu-1b' })).toMatchObject({ ok: true, effectUs: 3 * minute })
    world.runUntil(3 * minute + 10_000_000)
    const settled = newest(world, 'client_requests_total', { job: 'web', outcome: 'timeout' })
    world.runUntil(6 * minute)
    expect(newest(world, 'client_requests_total', { job: 'web', outcome: 'timeout' })).toBe(settled)
    expect(world.act({ action: 'shift-traffic', target: 'backbone', zone: 'eu-1c' })).toMatchObject({ ok: false })
  })

  it('queues messages for a narrow line', () => {
    const network = '    message: 64KB\n    paths: [ { between: [eu-1a, eu-1b], bandwidth: 20MB } ]'
    const well = served(shop('', network))
    const busy = served(shop('{ at: 0s, congestion: backbone, between: [eu-1a, eu-1b], share: 90% }', network))
    expect(well.slow).toBeLessThan(0.01)
    expect(busy.slow).toBeGreaterThan(0.3)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(shop('{ at: 30s, loss: backbone, zone: eu-1b, share: 10% }'), minute + 12_345, 2 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(shop('{ at: 0s, loss: backbone, zone: eu-1c, share: 5% }'))[0]).toMatch(/^\d+: backbone has no zone "eu-1c"\. Did you mean "eu-1/)
    expect(complaints(shop('{ at: 0s, loss: backbone, share: 5% }'))[0]).toContain('needs one of zone and between')
    expect(complaints(shop('').replace('parts: [ledger]', 'parts: [legder]'))[0]).toContain('Did you mean "ledger"')
  })
})
