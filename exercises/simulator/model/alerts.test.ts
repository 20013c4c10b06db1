import { expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import { readTopology } from './read-topology.ts'

const text = `
services:
  shop:
    endpoints: { GET /: [{ cpu: exp(2ms) }] }
clients:
  users: { rate: 50/s, call: shop GET / }
alerts:
  ShopFails:
    expr: sum(rate(http_requests_total{code=~"5.."}[1m])) / sum(rate(http_requests_total[1m])) > 0.1
    for: 1m
    summary: '{{ $value }} of requests fail'
faults:
  - { at: 5m, errors: shop, share: 30%, for: 5m }
`
const minuteUs = 60_000_000

function transitions(withoutFaults: boolean): string[] {
  const read = readTopology('shop.yaml', text)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const world = createWorld(read.value, { seed: 3, withoutFaults })
  world.runUntil(20 * minuteUs)
  return world.telemetry.alerts.transitions().map(({ to, timeMs }) => `${to} ${Math.floor((timeMs - world.telemetry.epochMs) / 60_000)}`)
}

it('an alert is pending, fires after its time, and resolves with the fault; without the fault it never does', () => {
  expect(transitions(false)).toEqual(['pending 5', 'firing 6', 'resolved 10'])
  expect(transitions(true)).toEqual([])
})

it('a rule that PromQL does not read is told at its line', () => {
  const read = readTopology('shop.yaml', text.replace('sum(rate(http_requests_total[1m])) > 0.1', 'sum(rate(http_requests_total)) > 0.1'))
  expect(read.ok ? [] : read.error.map(({ line, message }) => `${line} ${message}`)).toEqual([expect.stringContaining('9 ') as string])
  expect(read.ok ? '' : read.error[0]?.message).toContain('PromQL')
})
