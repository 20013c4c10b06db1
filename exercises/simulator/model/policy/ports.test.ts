import { describe, expect, it } from 'vitest'
import { linesWith, newest, survivesSnapshot, worldOf } from '../testing/observe.ts'
import { ephemeralPorts, EphemeralPorts } from './ports.ts'

const second = 1_000_000
const minute = 60 * second

const shop = (options: string, rate = '600/s'): string => `
telemetry: { traces: 0 }
services:
  web:
    replicas: 1
    cores: 4
    dependencies: { payments: { ${options} } }
    endpoints:
      POST /: [ { call: payments charge } ]
externals:
  payments: { latency: 2ms }
clients:
  shoppers: { rate: ${rate}, call: web POST / }
`

describe('ephemeral ports', () => {
  it('rest for a minute after use', () => {
    const ports = new EphemeralPorts()
    expect(ports.take(0)).toBe(true)
    ports.close(second)
    ports.wake(61 * second)
    expect(ports.timeWait).toBe(1)
    ports.wake(61.25 * second)
    expect(ports.timeWait).toBe(0)
  })

  it('run out for a caller without keep-alive above 470 calls a second, and not below', () => {
    const busy = worldOf(shop('keep-alive: false'))
    busy.runUntil(40 * second)
    expect(newest(busy, 'user_requests_total', { outcome: 'ok' })).toBe(newest(busy, 'user_requests_total'))
    // The first port is free again after a minute; 600 a second need 28,232 in 47 seconds.
    busy.runUntil(3 * minute)
    const refused = newest(busy, 'client_requests_total', { outcome: 'no-free-port' }) || newest(busy, 'user_requests_total', { outcome: 'error' })
    expect(refused).toBeGreaterThan(10_000)
    expect(newest(busy, 'node_sockstat_TCP_tw')).toBeGreaterThan(ephemeralPorts - 100)
    expect(linesWith(busy, 'web').some((line) => line.includes('cannot assign requested address'))).toBe(true)
    const calm = worldOf(shop('keep-alive: false', '400/s'))
    calm.runUntil(3 * minute)
    expect(newest(calm, 'user_requests_total', { outcome: 'ok' })).toBe(newest(calm, 'user_requests_total'))
    expect(newest(calm, 'node_sockstat_TCP_tw')).toBeCloseTo(24_000, -3)
  })

  it('are no matter for a caller that keeps its connections, as it can be told to', () => {
    const kept = worldOf(shop('timeout: 1s'))
    kept.runUntil(2 * minute)
    expect(newest(kept, 'user_requests_total', { outcome: 'ok' })).toBe(newest(kept, 'user_requests_total'))
    const world = worldOf(shop('keep-alive: false'))
    world.runUntil(2 * minute)
    expect(world.act({ action: 'configure', target: 'web', dependency: 'payments', 'keep-alive': true })).toMatchObject({ ok: true })
    world.runUntil(2 * minute + 25 * second)
    const failed = (): number => newest(world, 'user_requests_total') - newest(world, 'user_requests_total', { outcome: 'ok' })
    const settled = failed()
    world.runUntil(3 * minute)
    expect(settled).toBeGreaterThan(1000)
    expect(failed()).toBe(settled)
  })

  it('are the same after a snapshot', () => {
    expect(survivesSnapshot(shop('keep-alive: false'), 50_123_456, 70 * second)).toBe(true)
  })
})
