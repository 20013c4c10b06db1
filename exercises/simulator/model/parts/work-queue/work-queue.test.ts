import { describe, expect, it } from 'vitest'
import { latest, linesWith, seconds, valueAt, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'

interface Setup {
  readonly queue?: string
  readonly rate?: string
  readonly work?: string
  readonly faults?: string
}

/** Two pods that work on five messages each. */
function text({ queue = '', rate = '50/s', work = '100ms', faults = '' }: Setup = {}): string {
  return `
telemetry: { scrape: 1s, traces: 1 }
services:
  api: { replicas: 1, readiness: { every: 1h }, endpoints: { POST /images: [{ call: thumbnails send }] } }
  resizer: { replicas: 2, readiness: { every: 1h }, endpoints: { make-thumbnail: [{ sleep: ${work} }] } }
queues:
  thumbnails: { call: resizer make-thumbnail, per-pod: 5, ${queue} }
  dead: {}
clients:
  users: { rate: ${rate}, call: api POST /images }
faults: [${faults}]
`
}

function run(setup: Setup, until: number): World {
  const world = worldOf(text(setup), { seed: 5 })
  world.runUntil(seconds(until))
  return world
}

const visible = (world: World, at: number, queue = 'thumbnails'): number => valueAt(world, 'aws_sqs_approximate_number_of_messages_visible_average', { dimension_QueueName: queue }, at)

describe('a work queue', () => {
  it('gives each message to one pod, and grows at the difference of the rates', () => {
    const calm = run({}, 60)
    expect(visible(calm, 60)).toBeLessThan(10)
    expect(latest(calm, 'messages_redelivered_total')).toBe(0)
    const busy = run({ rate: '150/s' }, 120)
    const arrived = valueAt(busy, 'aws_sqs_number_of_messages_sent_total', {}, 120) - valueAt(busy, 'aws_sqs_number_of_messages_sent_total', {}, 20)
    // Ten at once, 0.1 s each: 100 a second, by the utilisation law.
    expect(Math.abs(visible(busy, 120) - visible(busy, 20) - (arrived - 100 * 100))).toBeLessThan(15)
  })
  it('carries the trace of the sender to the worker', () => {
    const world = run({}, 10)
    const trace = [...world.telemetry.traces.traces(0, Number.MAX_SAFE_INTEGER)].find(({ spans }) => spans.some(({ name }) => name === 'process thumbnails'))
    const sent = trace?.spans.find(({ kind }) => kind === 'producer')
    const processed = trace?.spans.find(({ kind }) => kind === 'consumer')
    expect(processed?.parentSpanId).toBe(sent?.spanId)
    expect(processed?.service).toBe('resizer')
  })
  it('gives a message to a second pod when the first takes longer than it is hidden: work is done twice', () => {
    const world = run({ rate: '1/s', work: '8s', queue: 'visibility: 5s' }, 60)
    expect(latest(world, 'messages_finished_late_total')).toBeGreaterThan(20)
    world.act({ action: 'configure', target: 'thumbnails', visibility: '30s' })
    world.runUntil(seconds(200))
    expect(valueAt(world, 'messages_finished_late_total', {}, 200) - valueAt(world, 'messages_finished_late_total', {}, 120)).toBe(0)
  })
  it('sends what nobody can do to the dead letters, and back after a fix', () => {
    const world = run({ queue: 'visibility: 5s, most-receives: 3, dead-letters: dead', faults: '{ at: 5s, poison: thumbnails, messages: 7 }' }, 60)
    expect(visible(world, 60, 'dead')).toBe(7)
    expect(linesWith(world, 'thumbnails', 'given up after 3 deliveries')).toHaveLength(7)
    world.act({ action: 'deploy', target: 'resizer', version: 'v2', 'handles-poison': true })
    world.runUntil(seconds(120))
    expect(world.act({ action: 'redrive', target: 'thumbnails', rate: '10/s' })).toMatchObject({ ok: false })
    expect(world.act({ action: 'redrive', target: 'dead', rate: '10/s' })).toMatchObject({ ok: true })
    world.runUntil(seconds(180))
    expect(visible(world, 180, 'dead')).toBe(0)
    expect(latest(world, 'messages_dead_lettered_total', { dimension_QueueName: 'thumbnails' })).toBe(7)
  })
  it('as RabbitMQ gives the messages of a dead pod out again at once', () => {
    const world = run({ work: '2s', rate: '4/s', queue: 'as: rabbitmq', faults: '{ at: 30s, crash: resizer, pods: 1 }' }, 32)
    expect(latest(world, 'messages_redelivered_total')).toBeGreaterThan(2)
    expect(latest(world, 'rabbitmq_queue_messages_ready')).toBeGreaterThan(2)
  })
  it('keeps what comes while it is paused, and refuses what comes while it is down', () => {
    const world = run({ faults: '{ at: 10s, pause: thumbnails, for: 20s }, { at: 40s, down: thumbnails, for: 5s }' }, 60)
    expect(visible(world, 29)).toBeGreaterThan(800)
    expect(valueAt(world, 'http_requests_total', { code: '502' }, 39)).toBe(0)
    expect(valueAt(world, 'http_requests_total', { code: '502' }, 60)).toBeGreaterThan(200)
  })
})

it('goes on from a snapshot as if there had been none', () => {
  const source = text({ rate: '90/s', queue: 'visibility: 5s, most-receives: 3, dead-letters: dead', faults: '{ at: 5s, poison: thumbnails, share: 5% }, { at: 18s, crash: resizer, pods: 1 }' })
  const straight = worldOf(source)
  straight.runUntil(seconds(20))
  const other = worldOf(source)
  other.load(structuredClone(straight.save()))
  straight.runUntil(seconds(40))
  other.runUntil(seconds(40))
  expect(other.fingerprint()).toBe(straight.fingerprint())
})
