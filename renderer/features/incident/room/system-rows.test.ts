import { describe, expect, it } from 'vitest'
import type { ServiceMap } from '../../../../exercises/simulator/traces/index.ts'
import { latencyState, systemRows } from './system-rows.ts'

const node = (service: string, p95Us: number, failureShare = 0): ServiceMap['nodes'][number] => ({ service, type: null, isInferred: false, isEntry: service === 'web', calls: 10, failures: 10 * failureShare, failureShare, p50Us: p95Us / 2, p95Us, p99Us: p95Us })
const edge = (from: string, to: string, failureShare = 0): ServiceMap['edges'][number] => ({ from, to, calls: 10, failures: 10 * failureShare, failureShare, p50Us: 1, p95Us: 2, p99Us: 2 })
const map = (nodes: ServiceMap['nodes'], edges: ServiceMap['edges']): ServiceMap => ({ traceCount: 10, nodes, edges })
const parts = [{ name: 'db', kind: 'database' }, { name: 'orders', kind: 'service' }, { name: 'web', kind: 'service' }]

describe('the column of parts', () => {
  const normal = map([node('orders', 50_000), node('web', 90_000)], [edge('web', 'orders')])
  it('has callers above those they call, and parts without calls below', () => {
    const { rows, lines } = systemRows(parts, normal, normal)
    expect(rows.map(({ name }) => name)).toEqual(['web', 'orders', 'db'])
    expect(rows.map(({ state }) => state)).toEqual(['ok', 'ok', 'unknown'])
    expect(rows[0]?.calls).toEqual(['orders'])
    expect(lines).toEqual([{ from: 0, to: 1, state: 'ok' }])
  })
  it('is marked by failures and by what is slow beside a normal day', () => {
    const { rows, lines } = systemRows(parts, map([node('orders', 900_000), node('web', 95_000, 0.01)], [edge('web', 'orders', 0.2), edge('orders', 'web')]), normal)
    expect(rows.map(({ name, state }) => [name, state])).toEqual([['web', 'warn'], ['orders', 'crit'], ['db', 'unknown']])
    expect(lines.map(({ state }) => state)).toContain('crit')
  })
  it('is there before anything was asked', () => {
    expect(systemRows(parts, null, null)).toMatchObject({ rows: [{ name: 'db', state: 'unknown' }, {}, {}], lines: [] })
  })
})

it.each([
  [1_000, 900, 'ok'],
  [15_000, 2_000, 'ok'],
  [90_000, 30_000, 'warn'],
  [900_000, 90_000, 'crit'],
  [900_000, null, 'ok'],
])('a 95th percentile of %i us where %s is normal is %s', (p95Us, normalUs, state) => {
  expect(latencyState(p95Us, normalUs)).toBe(state)
})
