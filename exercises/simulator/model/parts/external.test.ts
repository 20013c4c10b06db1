import { describe, expect, it } from 'vitest'
import { latest, seconds, survivesSnapshot, worldOf } from '../testing/observe.ts'

/** Half of the answers come after the timeout of a second, so that half of the callers try again. */
const text = (steps: string): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  shop: { threads: 500, dependencies: { bank: { timeout: 1s, retries: { attempts: 1, backoff: none } } }, endpoints: { POST /pay: [${steps}] } }
externals:
  bank: { latency: 'uniform(500ms, 1500ms)', effects: { charge: always, charge-once: once }, lookups: [find], operations: { find: 10ms } }
clients:
  users: { rate: 20/s, call: shop POST /pay, key: 'uniform(100M)' }
`
const effects = (steps: string): { first: number; again: number } => {
  const world = worldOf(text(steps), { seed: 4 })
  world.runUntil(seconds(200))
  return { first: latest(world, 'external_effects_total', { result: 'first' }), again: latest(world, 'external_effects_total', { result: 'again' }) }
}

describe('effects of somebody else\'s service', () => {
  it('happen whether or not the caller waits: a retry after a timeout does them again', () => {
    const { first, again } = effects('{ call: bank charge }')
    expect(again / first).toBeGreaterThan(0.45)
    expect(again / first).toBeLessThan(0.55)
  })
  it('happen once for a key where the service knows it', () => {
    expect(effects('{ call: bank charge-once }').again).toBe(0)
  })
  it('are not seen by a lookup that comes before them', () => {
    const { first, again } = effects('{ call: bank charge, retries: 0, optional: true }, { if: result, then: [], else: [{ call: bank find }, { if: result, then: [], else: [{ call: bank charge }] }] }')
    expect(again / first).toBeGreaterThan(0.4)
    const late = effects('{ call: bank charge, retries: 0, optional: true }, { if: result, then: [], else: [{ sleep: 1s }, { call: bank find }, { if: result, then: [], else: [{ call: bank charge }] }] }')
    expect(late.again).toBe(0)
  })
  it('go on from a copy', () => {
    expect(survivesSnapshot(text('{ call: bank charge-once }'), seconds(11), seconds(30), { seed: 3 })).toBe(true)
  })
})
