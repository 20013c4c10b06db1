import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'

const second = 1_000_000
const minute = 60 * second

const shop = ({ certificate = '', faults = '', more = '' } = {}): string => `
certificates:
  payments-tls: { of: payments${certificate} }
services:
  web:
    replicas: 2
    endpoints:
      GET /: [ { call: payments POST /pay } ]
  payments:
    start: 5s
    endpoints:
      POST /pay: [ { cpu: 1ms } ]
clients:
  shoppers: { rate: 20/s, call: web GET / }
${more}
${faults === '' ? '' : `faults:\n  - ${faults}`}`

const expired = (world: World): number => newest(world, 'client_requests_total', { job: 'web', outcome: 'certificate-expired' })

describe('TLS certificates', () => {
  it('fail all requests from the moment at which they expire, and tell when that will be', () => {
    const world = worldOf(shop({ certificate: ', expires: 5m' }))
    world.runUntil(4 * minute + 59 * second)
    expect(newest(world, 'probe_ssl_earliest_cert_expiry', { instance: 'payments' })).toBe(world.telemetry.epochMs / 1e3 + 300)
    expect(newest(world, 'user_requests_total', { outcome: 'ok' })).toBe(newest(world, 'user_requests_total'))
    world.runUntil(6 * minute)
    expect(expired(world)).toBeGreaterThan(1000)
    expect(newest(world, 'probe_success', { instance: 'payments' })).toBe(0)
    expect(linesWith(world, 'web').some((line) => line.includes('x509: certificate has expired or is not yet valid'))).toBe(true)
    expect(linesWith(world, 'payments').some((line) => line.includes('TLS handshake error'))).toBe(true)
    expect(world.act({ action: 'renew-certificate', target: 'payments-tls' })).toMatchObject({ ok: true, effectUs: 8 * minute })
    world.runUntil(8 * minute + 6 * second)
    const settled = expired(world)
    world.runUntil(12 * minute)
    expect(expired(world)).toBe(settled)
  })

  it('hurt callers only when they connect again', () => {
    const world = worldOf(shop({ certificate: ', expires: 5m, connections: 10m' }))
    world.runUntil(9 * minute)
    expect(newest(world, 'user_requests_total', { outcome: 'ok' })).toBe(newest(world, 'user_requests_total'))
    world.runUntil(12 * minute)
    expect(expired(world)).toBeGreaterThan(1000)
  })

  it('need a restart after they were renewed, where servers read theirs at the start', () => {
    const world = worldOf(shop({ certificate: ', reload: restart', faults: '{ at: 1m, expire: payments-tls }' }))
    world.runUntil(2 * minute)
    world.act({ action: 'renew-certificate', target: 'payments-tls' })
    world.runUntil(5 * minute)
    const still = expired(world)
    world.runUntil(6 * minute)
    expect(expired(world) - still).toBeGreaterThan(1000)
    world.act({ action: 'restart', target: 'payments' })
    world.runUntil(7 * minute + 5 * second)
    const settled = expired(world)
    world.runUntil(9 * minute)
    expect(expired(world)).toBe(settled)
  })

  it('fail with the right word for a chain without its intermediate and for another name', () => {
    const outcomeOf = (fault: string): string => {
      const world = worldOf(shop({ faults: `{ at: 0s, ${fault}: payments-tls, for: 1m }` }))
      world.runUntil(2 * minute)
      expect(newest(world, 'user_requests_total', { outcome: 'ok' })).toBeGreaterThan(1000)
      return linesWith(world, 'web').find((line) => line.includes('x509')) ?? ''
    }
    expect(outcomeOf('break-chain')).toContain('signed by unknown authority')
    expect(outcomeOf('wrong-name')).toContain('valid for another name')
    const world = worldOf(shop({ certificate: ', expires: 1m' }))
    world.runUntil(2 * minute)
    world.act({ action: 'renew-certificate', target: 'payments-tls', chain: 'leaf-only' })
    world.runUntil(5 * minute)
    expect(newest(world, 'client_requests_total', { outcome: 'certificate-untrusted' })).toBeGreaterThan(1000)
  })

  it('are judged by the clock of the caller', () => {
    const world = worldOf(shop({ certificate: ', expires: 20m', more: 'clocks:\n  web-0: { of: web, replicas: [0], offset: 1h, sync: false }' }))
    world.runUntil(5 * minute)
    const pods = newest(world, 'client_requests_total', { job: 'web' })
    expect(expired(world) / pods).toBeCloseTo(0.5, 1)
  })

  it('are the same after a snapshot', () => {
    expect(survivesSnapshot(shop({ certificate: ', connections: 20s, reload: restart', faults: '{ at: 30s, expire: payments-tls }' }), 45_123_456, 2 * minute)).toBe(true)
  })

  it('complain with a line', () => {
    expect(complaints(shop({ certificate: ', expires: soon' }))[0]).toMatch(/^3: certificates\.payments-tls\.expires: "soon" is not a duration/)
    expect(complaints(shop().replace('of: payments', 'of: payment'))).toEqual(['3: There is no part "payment". Did you mean "payments"?'])
  })
})
