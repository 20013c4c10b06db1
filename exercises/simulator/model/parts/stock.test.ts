import { describe, expect, it } from 'vitest'
import { complaints, latest, newest, seconds, survivesSnapshot, worldOf } from '../testing/observe.ts'

const shop = (settle: string, stock = 'units: 50'): string => `
services:
  shop: { endpoints: { POST /orders: [{ saga: order begin }, { reserve: shelf }, { reserve: shelf }, { sleep: 1s }, ${settle}] } }
sagas: { order: { steps: [paid] } }
stocks: { shelf: { ${stock} } }
clients: { buyers: { rate: 10/s, call: shop POST /orders, timeout: 5s } }`

describe('a stock', () => {
  it('refuses with a conflict when all units are reserved', () => {
    const world = worldOf(shop('{ cpu: 1ms }'))
    world.runUntil(seconds(60))
    expect(newest(world, 'inventory_units', { state: 'free' })).toBe(0)
    expect(newest(world, 'inventory_units', { state: 'reserved' })).toBe(50)
    expect(newest(world, 'inventory_oldest_reservation_seconds')).toBeGreaterThan(50)
    expect(latest(world, 'http_requests_total', { job: 'shop', code: '409' })).toBe(newest(world, 'inventory_events_total', { event: 'refused' }))
  })

  it('has a unit for each key once, however often it is asked for or given back', () => {
    const world = worldOf(shop('{ release: shelf }, { release: shelf }, { sell: shelf }'))
    world.runUntil(seconds(60))
    const [free, reserved] = ['free', 'reserved'].map((state) => newest(world, 'inventory_units', { state }))
    expect((free ?? 0) + (reserved ?? 0)).toBe(50)
    expect(newest(world, 'inventory_events_total', { event: 'refused' })).toBe(0)
    expect(newest(world, 'inventory_events_total', { event: 'sold' })).toBe(0)
  })

  it('is empty when all is sold, unless something comes after it', () => {
    const sold = worldOf(shop('{ sell: shelf }'))
    sold.runUntil(seconds(60))
    expect(newest(sold, 'inventory_events_total', { event: 'sold' })).toBe(50)
    expect(sold.act({ action: 'add-units', target: 'shelf', units: 7 })).toMatchObject({ ok: true })
    sold.runUntil(seconds(180))
    expect(newest(sold, 'inventory_events_total', { event: 'sold' })).toBe(57)
    const refilled = worldOf(shop('{ sell: shelf }', 'units: 100, restock: 3s'))
    refilled.runUntil(seconds(60))
    expect(newest(refilled, 'inventory_events_total', { event: 'refused' })).toBe(0)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(shop('{ sell: shelf }', 'units: 60, restock: 4s'), 23_456_789, seconds(60))).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(shop('{ sell: shelve }'))[0]).toContain('There is no part "shelve"')
    expect(complaints(shop('{ sell: order }'))[0]).toContain('"order" is not under stocks.')
  })
})
