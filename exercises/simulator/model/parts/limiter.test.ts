import { describe, expect, it } from 'vitest'
import { complaints, newest, survivesSnapshot, worldOf } from '../testing/observe.ts'
import { WindowCounter } from '../window-counter.ts'
import type { World } from '../world.ts'

const minute = 60_000_000

const api = (limiter: string, faults = ''): string => `
limiters:
  api-limiter: { rate: 100/s, label: tenant, ${limiter} }
services:
  api:
    endpoints:
      GET /: [ { limit: api-limiter }, { cpu: 1ms } ]
clients:
  small: { rate: 20/s, call: api GET /, attributes: { tenant: { small: 100% } } }
  big: { rate: 40/s, call: api GET /, attributes: { tenant: { big: 100% } } }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

const limited = (world: World, tenant: string): number => (newest(world, 'rate_limiter_requests_total', { tenant, result: 'limited' }) || 0) / newest(world, 'rate_limiter_requests_total', { tenant })
const run = (text: string): World => {
  const world = worldOf(text)
  world.runUntil(3 * minute)
  return world
}
const surge = '{ at: 1m, traffic: big, factor: 20 }'

describe('a limiter', () => {
  it('with one limit for all lets a tenant that asks too much starve the others', () => {
    const unfair = run(api('per: all', surge))
    expect(limited(unfair, 'small')).toBeGreaterThan(0.55)
    const fair = run(api('per: attribute tenant', surge))
    expect(limited(fair, 'small')).toBe(0)
    expect(limited(fair, 'big')).toBeGreaterThan(0.55)
  })

  it('can be made fair while it runs', () => {
    const world = run(api('per: all', surge))
    expect(world.act({ action: 'limit-per', target: 'api-limiter', per: 'attribute tenant' })).toMatchObject({ ok: true })
    world.runUntil(4 * minute)
    const before = newest(world, 'rate_limiter_requests_total', { tenant: 'small', result: 'limited' })
    world.runUntil(5 * minute)
    expect(newest(world, 'rate_limiter_requests_total', { tenant: 'small', result: 'limited' })).toBe(before)
    expect(world.act({ action: 'limit-per', target: 'api-limiter', per: 'attribute tennant' })).toMatchObject({ ok: false })
  })

  it('lets twice its limit pass around the edge of a window that begins at nothing, and not of one that slides', () => {
    const passed = (isSliding: boolean): number => {
      const counter = new WindowCounter(10, 10_000_000, isSliding)
      let count = 0
      // 200 requests from 8 s to 12 s, around the edge at 10 s.
      for (let request = 0; request < 400; request += 1) if (counter.take(8_000_000 + request * 10_000)) count += 1
      return count
    }
    expect(passed(false)).toBe(200)
    expect(passed(true)).toBeLessThan(125)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(api('per: attribute tenant, by: sliding-window, window: 10s', surge), 75_123_456, 2 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(api('per: attribute tennant'))).toEqual(['3: No client gives its users an attribute "tennant". Did you mean "tenant"?'])
    expect(complaints(api('per: everybody'))[0]).toContain('must be all, key, or attribute NAME')
  })
})
