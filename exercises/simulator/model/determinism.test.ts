import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seconds, worldOf } from './testing/observe.ts'
import type { World } from './world.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'topologies')
const shop = readFileSync(join(folder, 'shop.yaml'), 'utf8').replace('rate: 300/s', 'rate: 60/s')
const faulty = `${shop}
faults:
  - { at: 20s, slow: card-network, factor: 30, for: 60s }
  - { at: 30s, crash: orders, pods: 1 }
  - { at: 40s, deploy: catalog, version: v2, errors: 5%, extra-calls: { product-db: 3 } }
  - { at: 50s, drop-index: orders-db, table: stock, index: pk }
  - { at: 60s, flush: product-cache }
`

/** Every metric sample up to a time, and every log line before it, as text. */
function told(world: World, until: number): string {
  const untilMs = world.telemetry.epochMs + until * 1000
  const series = world.telemetry.series
    .select([], Number.NEGATIVE_INFINITY, untilMs)
    .map(({ labels, timesMs, values, length }) => JSON.stringify([labels, ...Array.from({ length }, (_, index) => ((timesMs[index] ?? 0) <= untilMs ? values[index] : null)).filter((value) => value !== null)]))
    .filter((line) => line.includes('],') || /,\d/.test(line))
  const lines = [...world.telemetry.logs.select([], Number.NEGATIVE_INFINITY, untilMs * 1000)].map(({ line }) => line)
  return [...series.sort(), ...lines].join('\n')
}

describe('the same seed and the same actions', () => {
  const whole = worldOf(faulty, { seed: 12 })
  whole.runUntil(seconds(150))
  const print = whole.fingerprint()

  it('give the same telemetry, byte for byte', () => {
    const again = worldOf(faulty, { seed: 12 })
    for (let second = 7; second < 150; second += 13.7) again.runUntil(Math.round(seconds(second)))
    again.runUntil(seconds(150))
    expect(again.fingerprint()).toBe(print)
  })

  it.each([3, 25, 41.5, 55, 61, 100])('also through a snapshot at %f s, in the same world, a new one and a fork', (at) => {
    const world = worldOf(faulty, { seed: 12 })
    world.runUntil(Math.round(seconds(at)))
    const state = structuredClone(world.save())
    const fork = world.fork()
    const other = worldOf(faulty, { seed: 12 })
    other.load(state)
    world.runUntil(seconds(120))
    world.load(state)
    for (const each of [world, fork, other]) {
      each.runUntil(seconds(150))
      expect(each.fingerprint()).toBe(print)
    }
  })

  it('another seed gives another world', () => {
    const other = worldOf(faulty, { seed: 13 })
    other.runUntil(seconds(150))
    expect(other.fingerprint()).not.toBe(print)
  })
})

describe('an action', () => {
  it('changes nothing before the moment at which it is taken, and something after', () => {
    const one = worldOf(faulty, { seed: 5 })
    one.runUntil(seconds(70))
    const other = one.fork()
    expect(other.act({ action: 'rollback', target: 'catalog' })).toMatchObject({ ok: true, effectUs: seconds(80) })
    one.runUntil(seconds(140))
    other.runUntil(seconds(140))
    expect(told(other, 79)).toBe(told(one, 79))
    expect(told(other, 139)).not.toBe(told(one, 139))
  })

  it('is refused with what to do instead', () => {
    const world = worldOf(faulty, { seed: 5 })
    expect(world.act({ action: 'scale', target: 'catalogue', replicas: 3 })).toEqual({ ok: false, error: 'There is no part "catalogue". Did you mean "catalog"?' })
    expect(world.act({ action: 'scael', target: 'catalog', replicas: 3 })).toMatchObject({ ok: false, error: expect.stringContaining('Did you mean "scale"?') as string })
    expect(world.act({ action: 'scale', target: 'catalog', replicas: 0 })).toMatchObject({ ok: false, error: expect.stringContaining('at least 1') as string })
    expect(world.act({ action: 'crash', target: 'catalog' })).toMatchObject({ ok: false })
    expect(world.act({ action: 'rollback', target: 'catalog' })).toEqual({ ok: false, error: 'There is no version before this one.' })
  })
})

describe('randomness', () => {
  it('of one part leaves the streams of the others alone', () => {
    const one = worldOf(shop, { seed: 5 })
    const other = worldOf(shop.replace("latency: 'lognormal(p50 60ms, p99 400ms)'", 'latency: exp(70ms)'), { seed: 5 })
    one.runUntil(seconds(60))
    other.runUntil(seconds(60))
    const streams = (world: World, name: string): unknown => world.simulation.save().streams[name]
    // The same users ask the same things at the same times, and the same work comes of it.
    for (const name of ['shoppers/arrivals', 'shoppers/people', 'shoppers/choice', 'product-cache/ttl']) expect(streams(other, name)).toEqual(streams(one, name))
    expect(told(other, 60)).not.toBe(told(one, 60))
  })
})
