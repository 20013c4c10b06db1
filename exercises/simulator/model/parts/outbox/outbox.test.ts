import { expect, it } from 'vitest'
import { latest, linesWith, seconds, valueAt, worldOf } from '../../testing/observe.ts'

const text = (faults = ''): string => `
telemetry: { scrape: 1s, traces: 1 }
services:
  orders: { replicas: 1, readiness: { every: 1h }, endpoints: { POST /orders: [{ cpu: 1ms }, { saga: order begin }, { outbox: relay }] } }
  payments: { replicas: 1, readiness: { every: 1h }, endpoints: { pay: [{ sleep: 10ms }, { fail: 2% }, { saga: order paid }, { call: kafka paid }] } }
  shipping: { replicas: 1, readiness: { every: 1h }, endpoints: { ship: [{ sleep: 10ms }, { saga: order complete }] } }
brokers:
  kafka: { topics: { placed: { partitions: 4 }, paid: { partitions: 4 }, dead: {} } }
outboxes:
  relay: { call: kafka placed, every: 200ms, timeout: 2s, retries: 0 }
consumers:
  payments-group: { broker: kafka, topic: placed, call: payments pay, failures: { retries: 0, dead-letters: dead } }
  shipping-group: { broker: kafka, topic: paid, call: shipping ship }
sagas:
  order: { steps: [paid], stuck-after: 30s, recover: { paid: kafka paid } }
clients:
  users: { rate: 20/s, call: orders POST /orders, key: uniform(1k) }
faults: [${faults}]
`

it('publishes every row once and in order, and sagas end', () => {
  const world = worldOf(text())
  world.runUntil(seconds(120))
  expect(latest(world, 'outbox_pending_rows')).toBeLessThan(20)
  expect(latest(world, 'kafka_topic_partition_current_offset', { topic: 'placed' })).toBe(latest(world, 'outbox_rows_total') - latest(world, 'outbox_pending_rows'))
  expect(latest(world, 'saga_begun_total')).toBe(latest(world, 'outbox_rows_total'))
  const ended = latest(world, 'saga_completed_total')
  expect(ended).toBeGreaterThan(0.96 * latest(world, 'saga_begun_total') - 25)
  // Those whose payment failed for good wait for ever: nobody compensates them.
  expect(latest(world, 'saga_stuck_instances')).toBeGreaterThan(15)
  expect(latest(world, 'saga_instances', { state: 'begun' })).toBeGreaterThanOrEqual(latest(world, 'saga_stuck_instances'))
  const trace = [...world.telemetry.traces.traces(0, Number.MAX_SAFE_INTEGER)].find(({ spans }) => spans.some(({ name }) => name === 'process placed'))
  expect(trace?.spans.map(({ service }) => service)).toEqual(expect.arrayContaining(['orders', 'relay', 'payments']))
  // The replayed dead letters are paid, and their sagas go on.
  world.act({ action: 'replay', target: 'kafka', from: 'dead', to: 'placed' })
  world.runUntil(seconds(180))
  expect(latest(world, 'saga_completed_total')).toBeGreaterThan(0.985 * latest(world, 'saga_begun_total') - 25)
  expect(world.act({ action: 'close', target: 'order' })).toMatchObject({ ok: true })
})

it('keeps its rows while the broker does not answer, and sends them afterwards', () => {
  const world = worldOf(text('{ at: 30s, lose-partition: kafka, topic: placed, partition: 0, for: 60s }'))
  world.runUntil(seconds(89))
  expect(latest(world, 'outbox_pending_rows')).toBeGreaterThan(800)
  expect(latest(world, 'outbox_oldest_row_age_seconds')).toBeGreaterThan(45)
  expect(linesWith(world, 'relay', 'outbox relay failed').length).toBeGreaterThan(5)
  world.runUntil(seconds(150))
  expect(latest(world, 'outbox_pending_rows')).toBeLessThan(20)
})

it('stops for a fault and starts again for an operator', () => {
  const world = worldOf(text('{ at: 30s, stop: relay }'))
  world.runUntil(seconds(90))
  expect(latest(world, 'outbox_pending_rows')).toBeGreaterThan(1000)
  expect(valueAt(world, 'saga_stuck_instances', {}, 89)).toBeGreaterThan(300)
  world.act({ action: 'restart', target: 'relay' })
  world.runUntil(seconds(140))
  expect(latest(world, 'outbox_pending_rows')).toBeLessThan(20)
})

it('recovers sagas that are stuck at a step', () => {
  const world = worldOf(text('{ at: 30s, crash: shipping }, { at: 20s, pause: shipping-group }, { at: 60s, poison: kafka, topic: paid, messages: 1 }'))
  world.runUntil(seconds(60))
  world.act({ action: 'reset-offsets', target: 'shipping-group', to: 'latest' })
  world.act({ action: 'resume', target: 'shipping-group' })
  world.runUntil(seconds(180))
  const stuck = latest(world, 'saga_instances', { state: 'paid' })
  expect(stuck).toBeGreaterThan(100)
  expect(world.act({ action: 'recover', target: 'order', step: 'begun' })).toMatchObject({ ok: false })
  expect(world.act({ action: 'recover', target: 'order', step: 'paid' })).toMatchObject({ ok: true })
  expect(world.act({ action: 'skip-messages', target: 'shipping-group', partition: 0 })).toMatchObject({ ok: true })
  world.runUntil(seconds(290))
  expect(latest(world, 'saga_instances', { state: 'paid' })).toBeLessThan(stuck)
  expect(latest(world, 'saga_recoveries_total', { outcome: 'ok' })).toBeGreaterThan(100)
})

it('goes on from a snapshot as if there had been none', () => {
  const source = text('{ at: 10s, lose-partition: kafka, topic: placed, partition: 1, for: 30s }')
  const straight = worldOf(source)
  straight.runUntil(seconds(25))
  const other = worldOf(source)
  other.load(structuredClone(straight.save()))
  straight.runUntil(seconds(60))
  other.runUntil(seconds(60))
  expect(other.fingerprint()).toBe(straight.fingerprint())
})
