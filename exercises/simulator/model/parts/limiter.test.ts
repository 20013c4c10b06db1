import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../testing/observe.ts'
import { WindowCounter } from '../window-counter.ts'
import type { World } from '../world.ts'
import type { Limiter } from './limiter.ts'

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

  it('logs what it refuses in the pod that was asked, with the limit and with who asked', () => {
    const world = run(api('per: all', surge))
    const lines = linesWith(world, 'api', 'Rate limit exceeded')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', msg: 'Rate limit exceeded for all', bucket: 'all', limiter: 'api-limiter', tenant: expect.stringMatching(/small|big/) as string })
    expect(lines.filter((line) => line.includes('"tenant":"small"')).length - newest(world, 'rate_limiter_requests_total', { tenant: 'small', result: 'limited' })).toBeLessThanOrEqual(20 * 5)
    expect(lines).toHaveLength(new Set(lines).size)
    const entries = [...world.telemetry.logs.select([{ name: 'service', op: '=', value: 'api' }], -Infinity, Infinity)]
    expect(entries.every(({ labels }) => /^api-\w{5}$/.test(labels['pod'] ?? ''))).toBe(true)
  })

  it('forgets one limit, or all', () => {
    const world = run(api('per: attribute tenant', surge))
    const limiter = world.part('api-limiter') as Limiter
    expect(limiter.forget('nobody')).toBe(0)
    expect(limiter.forget('big')).toBe(1)
    expect([...limiter.save().buckets.keys()].map((key) => limiter.nameOf(key))).toEqual(['small'])
    expect(world.act({ action: 'forget', target: 'api-limiter' })).toMatchObject({ ok: true })
  })

  it('that keeps its counts in a cache begins anew when the cache is emptied, and lets all pass while it is down', () => {
    const kept = (faults: string): World => worldOf(`${api('per: all, burst: 1000, store: counts', faults)}\ncaches:\n  counts: {}`)
    const refusedBy = (world: World): number => newest(world, 'rate_limiter_requests_total', { tenant: 'big', result: 'limited' }) || 0
    const flushed = kept(surge)
    flushed.runUntil(2 * minute)
    flushed.act({ action: 'flush', target: 'counts' })
    const other = kept(surge)
    for (const world of [flushed, other]) world.runUntil(2.5 * minute)
    // A new bucket holds 1,000; all of them are used up in seconds.
    expect(refusedBy(other) - refusedBy(flushed)).toBeGreaterThan(900)
    const down = kept(`${surge}\n  - { at: 2m, crash: counts, time: 30s }`)
    down.runUntil(2 * minute + 1_000_000)
    const before = refusedBy(down)
    down.runUntil(2.4 * minute)
    expect(refusedBy(down)).toBe(before)
    expect(survivesSnapshot(`${api('per: all, store: counts', surge)}\ncaches:\n  counts: {}`, 75_123_456, 2 * minute)).toBe(true)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(api('per: attribute tenant, by: sliding-window, window: 10s', surge), 75_123_456, 2 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(api('per: attribute tennant'))).toEqual(['3: No client gives its users an attribute "tennant". Did you mean "tenant"?'])
    expect(complaints(api('store: nowhere'))).toEqual(['3: There is no cache "nowhere".'])
    expect(complaints(api('per: everybody'))[0]).toContain('must be all, key, or attribute NAME')
  })
})
