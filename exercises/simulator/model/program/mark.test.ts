import { describe, expect, it } from 'vitest'
import { complaints, newest, seconds, survivesSnapshot, worldOf } from '../testing/observe.ts'

const shop = (mark: string): string => `
services:
  shop: { endpoints: { POST /changes: [{ chance: 50%, then: [{ mark: ${mark} }] }, { call: kafka changes }] } }
  indexer: { endpoints: { index: [{ if: attribute payload = full, then: [{ call: store large }], else: [{ call: store small }] }] } }
externals: { store: { latency: 1ms } }
brokers: { kafka: { topics: { changes: {} } } }
consumers: { indexers: { broker: kafka, topic: changes, call: indexer index } }
clients: { editors: { rate: 20/s, call: shop POST /changes, attributes: { tier: { vip: 50% }, payload: { slim: 100%, full: 0% } } } }`

describe('a mark', () => {
  it('goes with the request and with the messages that it sends', () => {
    const world = worldOf(shop('payload = full'))
    world.runUntil(seconds(120))
    const calls = (operation: string): number => newest(world, 'client_requests_total', { peer: 'store', operation })
    expect(calls('large') / (calls('large') + calls('small'))).toBeCloseTo(0.5, 1)
    expect(survivesSnapshot(shop('payload = full'), 33_456_789, seconds(60))).toBe(true)
  })

  it('complains with a line about what no client declares', () => {
    expect(complaints(shop('payload = fat'))[0]).toContain('No client knows payload = fat')
    expect(complaints(shop('payload'))[0]).toContain('NAME = VALUE')
  })
})
