import { describe, expect, it } from 'vitest'
import { complaints, latest, linesWith, rateBetween, seconds, valueAt, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { describeGroup } from './describe.ts'
import { ConsumerGroup } from './group.ts'

interface Setup {
  readonly worker?: string
  readonly topics?: string
  readonly group?: string
  readonly rate?: string
  readonly key?: string
  readonly broker?: string
  readonly faults?: string
}

/** 12 partitions, 4 pods with a consumer each, 10 ms a message: 400 messages a second at most. */
function text({ worker = 'replicas: 4', topics = 'orders: { partitions: 12 }, orders.dlq: {}', group = 'batch: 50', rate = '100/s', key = 'uniform(1k)', broker = '', faults = '' }: Setup = {}): string {
  return `
telemetry: { scrape: 1s, traces: 0.01 }
services:
  api: { replicas: 1, readiness: { every: 1h }, endpoints: { POST /orders: [{ call: kafka orders }] } }
  worker: { ${worker}, start: 8s, readiness: { every: 1h }, endpoints: { handle-order: [{ sleep: 10ms }] } }
brokers:
  kafka: { ${broker} topics: { ${topics} } }
consumers:
  billing: { broker: kafka, topic: orders, call: worker handle-order, ${group} }
clients:
  users: { rate: ${rate}, call: api POST /orders, key: ${JSON.stringify(key)} }
faults: [${faults}]
`
}

function run(setup: Setup, until: number): World {
  const world = worldOf(text(setup), { seed: 3 })
  world.runUntil(seconds(until))
  return world
}

const produced = (world: World, at: number): number => valueAt(world, 'kafka_topic_partition_current_offset', { topic: 'orders' }, at)
const lag = (world: World, at: number): number => valueAt(world, 'kafka_consumergroup_lag_sum', {}, at)

describe('lag', () => {
  it('is what was produced less what was committed, at every scrape', () => {
    const world = run({ rate: '600/s' }, 60)
    for (let at = 1; at <= 60; at += 1) expect(lag(world, at)).toBe(produced(world, at) - valueAt(world, 'kafka_consumergroup_current_offset', {}, at))
  })
  it('grows at the difference of the rates when consumers are slower', () => {
    const world = run({ rate: '600/s', group: 'batch: 50', broker: 'fetch: 0,' }, 120)
    const growth = (lag(world, 120) - lag(world, 20)) / 100
    const arrivals = rateBetween(world, 'kafka_topic_partition_current_offset', { topic: 'orders' }, 20, 120)
    expect(Math.abs(growth - (arrivals - 400))).toBeLessThan(3)
  })
  it('stays small when they are faster, and every message is handled once', () => {
    const world = run({ rate: '300/s' }, 60)
    expect(lag(world, 60)).toBeLessThan(150)
    expect(latest(world, 'messages_redelivered_total')).toBe(0)
    expect(latest(world, 'messages_out_of_order_total')).toBe(0)
    expect(latest(world, 'spring_kafka_listener_seconds_count', { result: 'success' }) - valueAt(world, 'kafka_consumergroup_current_offset', {}, 60)).toBeLessThan(220)
  })
  it('of one consumer is bounded by its own rate, whatever the number of pods: consumers beyond partitions sit idle', () => {
    const world = run({ worker: 'replicas: 6', topics: 'orders: { partitions: 2 }', rate: '400/s' }, 60)
    expect(rateBetween(world, 'kafka_consumergroup_current_offset', {}, 10, 60)).toBeGreaterThan(190)
    expect(rateBetween(world, 'kafka_consumergroup_current_offset', {}, 10, 60)).toBeLessThanOrEqual(201)
  })
  it('of a hot key is in one partition alone', () => {
    const world = run({ key: 'hot(1k, 60%)', rate: '300/s' }, 60)
    const hot = Math.max(...Array.from({ length: 12 }, (_, partition) => latest(world, 'kafka_consumergroup_lag', { partition: String(partition) })))
    expect(hot).toBeGreaterThan(0.8 * lag(world, 60))
    expect(hot).toBeGreaterThan(1000)
  })
})

describe('a rebalance', () => {
  it('storm comes when a batch takes longer than max.poll.interval, and ends with smaller batches', () => {
    const storm = { rate: '600/s', worker: 'replicas: 4', group: 'batch: 2000, max-poll-interval: 15s, heartbeat: 1s, session-timeout: 10s' }
    const world = run(storm, 240)
    expect(latest(world, 'kafka_consumergroup_rebalances_total')).toBeGreaterThan(5)
    expect(latest(world, 'messages_redelivered_total')).toBeGreaterThan(1000)
    expect(linesWith(world, 'worker', 'max.poll.interval.ms').length).toBeGreaterThan(3)
    expect(linesWith(world, 'worker', 'CommitFailedException').length).toBeGreaterThan(3)
    // Handled again and again: what is committed falls far behind what the pods do.
    expect(rateBetween(world, 'kafka_consumergroup_current_offset', {}, 60, 240)).toBeLessThan(300)
    expect(world.act({ action: 'configure', target: 'billing', batch: 100 })).toMatchObject({ ok: true })
    world.runUntil(seconds(420))
    expect(valueAt(world, 'kafka_consumergroup_rebalances_total', {}, 420) - valueAt(world, 'kafka_consumergroup_rebalances_total', {}, 320)).toBe(0)
    expect(rateBetween(world, 'kafka_consumergroup_current_offset', {}, 340, 420)).toBeGreaterThan(380)
  })
  it('comes when a member that crashed has missed its heartbeats, and what it had not committed is handled again', () => {
    const world = run({ worker: 'replicas: 2', rate: '180/s', group: 'batch: 500, session-timeout: 20s', faults: '{ at: 30s, crash: worker, pods: 1 }' }, 100)
    expect(linesWith(world, 'kafka', 'heartbeat expired').length).toBe(1)
    expect(latest(world, 'kafka_consumergroup_members')).toBe(2)
    expect(latest(world, 'messages_redelivered_total')).toBeGreaterThan(0)
    expect(lag(world, 50)).toBeGreaterThan(400)
    expect(lag(world, 100)).toBeLessThan(lag(world, 50))
  })
  it('is not needed for a static member that is back in time', () => {
    const world = run({ worker: 'replicas: 2', rate: '100/s', group: 'static: true, session-timeout: 45s', faults: '{ at: 30s, crash: worker, pods: 1 }' }, 90)
    expect(latest(world, 'kafka_consumergroup_rebalances_total')).toBe(0)
    expect(lag(world, 90)).toBeLessThan(100)
  })
  it('stops all members of an eager group, and nearly none of a cooperative one', () => {
    const setup = (assignment: string): Setup => ({ worker: 'replicas: 3', rate: '250/s', group: `assignment: ${assignment}, rebalance-time: 5s, batch: 20` })
    const lagAfterScaling = (assignment: string): number => {
      const world = run(setup(assignment), 30)
      world.act({ action: 'scale', target: 'worker', replicas: 4 })
      let most = 0
      for (let at = 31; at <= 70; at += 1) {
        world.runUntil(seconds(at))
        most = Math.max(most, lag(world, at))
      }
      expect(latest(world, 'kafka_consumergroup_members')).toBe(4)
      return most
    }
    expect(lagAfterScaling('eager')).toBeGreaterThan(1200)
    expect(lagAfterScaling('cooperative')).toBeLessThan(400)
  })
  it('happens when the process stands still for longer than the session', () => {
    const world = run({ worker: 'replicas: 2', group: 'session-timeout: 10s, heartbeat: 1s', faults: '{ at: 30s, pause: worker, time: 15s, pods: 1 }' }, 80)
    expect(linesWith(world, 'kafka', 'heartbeat expired').length).toBe(1)
    expect(latest(world, 'kafka_consumergroup_members')).toBe(2)
  })
})

describe('a poison message', () => {
  const poison = '{ at: 20s, poison: kafka, topic: orders, messages: 1 }'
  it('blocks its partition and no other, until somebody skips it', () => {
    const world = run({ faults: poison }, 120)
    const stuck = Array.from({ length: 12 }, (_, partition) => latest(world, 'kafka_consumergroup_lag', { partition: String(partition) }))
    const partition = stuck.indexOf(Math.max(...stuck))
    expect(Math.max(...stuck)).toBeGreaterThan(600)
    expect(stuck.filter((messages) => messages > 100).length).toBe(1)
    expect(world.act({ action: 'skip-messages', target: 'billing', partition })).toMatchObject({ ok: true })
    world.runUntil(seconds(220))
    expect(lag(world, 220)).toBeLessThan(150)
  })
  it('of which the process dies kills one consumer after the other, whatever the retries, until it is skipped or can be handled', () => {
    const setup: Setup = { worker: 'replicas: 3, on-poison: crash', topics: 'orders: {}, orders.dlq: {}', rate: '20/s', group: 'commit: message, failures: { retries: 0, dead-letters: orders.dlq }', faults: poison }
    const world = run(setup, 150)
    expect(lag(world, 150)).toBeGreaterThan(2000)
    expect(latest(world, 'kube_pod_container_status_restarts', { service: 'worker' })).toBeGreaterThan(2)
    expect(latest(world, 'messages_dead_lettered_total')).toBe(0)
    expect(new Set(linesWith(world, 'worker', 'Listener failed').map((line) => /@(\d+)/.exec(line)?.[1])).size).toBe(1)
    const fixed = world.fork()
    fixed.act({ action: 'deploy', target: 'worker', version: 'v2', 'handles-poison': true })
    world.act({ action: 'skip-messages', target: 'billing', partition: 0 })
    for (const other of [fixed, world]) {
      other.runUntil(seconds(600))
      expect(lag(other, 600)).toBeLessThan(50)
    }
  })
  it('goes to the dead letters after its retries, and is replayed after a fix', () => {
    const world = run({ faults: '{ at: 20s, poison: kafka, topic: orders, messages: 5 }', group: 'failures: { retries: 3, backoff: 500ms, dead-letters: orders.dlq }' }, 60)
    const letters = (): number => latest(world, 'kafka_topic_partition_current_offset', { topic: 'orders.dlq' }) - latest(world, 'kafka_topic_partition_oldest_offset', { topic: 'orders.dlq' })
    expect(letters()).toBe(5)
    expect(lag(world, 60)).toBeLessThan(100)
    // Replayed without a fix, they come back.
    world.act({ action: 'replay', target: 'kafka', from: 'orders.dlq', to: 'orders', rate: '10/s' })
    world.runUntil(seconds(100))
    expect(letters()).toBe(5)
    world.act({ action: 'deploy', target: 'worker', version: 'v2', 'handles-poison': true })
    world.runUntil(seconds(200))
    world.act({ action: 'replay', target: 'kafka', from: 'orders.dlq', to: 'orders', rate: '10/s' })
    world.runUntil(seconds(260))
    expect(letters()).toBe(0)
    expect(latest(world, 'messages_dead_lettered_total')).toBe(10)
  })
  it('is lost where nobody keeps dead letters', () => {
    const world = run({ faults: poison, group: 'failures: { retries: 1 }' }, 60)
    expect(latest(world, 'messages_skipped_total')).toBe(1)
    expect(lag(world, 60)).toBeLessThan(100)
  })
})

it('loses its members when the network to the broker is cut, and handles again what they could not commit', () => {
  const cut = `
links: { to-kafka: { from: [worker], to: [kafka], latency: 2ms } }
`
  const source = text({ rate: '380/s', group: 'session-timeout: 10s, heartbeat: 1s, batch: 100', faults: '{ at: 30s, partition: to-kafka, for: 30s }' }) + cut
  const world = worldOf(source, { seed: 3 })
  world.runUntil(seconds(50))
  expect(latest(world, 'kafka_consumergroup_members')).toBe(0)
  expect(linesWith(world, 'kafka', 'heartbeat expired')).toHaveLength(4)
  expect(lag(world, 50)).toBeGreaterThan(5000)
  world.runUntil(seconds(90))
  expect(latest(world, 'kafka_consumergroup_members')).toBe(4)
  expect(latest(world, 'messages_redelivered_total')).toBeGreaterThan(10)
  expect(rateBetween(world, 'kafka_consumergroup_current_offset', {}, 70, 90)).toBeGreaterThan(370)
})

describe('a crash', () => {
  const crashes = '{ at: 20s, crash: worker }, { at: 60s, crash: worker, pods: 2 }, { at: 75s, crash: worker }'
  const handled = (world: World): number => latest(world, 'spring_kafka_listener_seconds_count', { result: 'success' })
  it('loses nothing when offsets are committed after the work: every message is handled at least once', () => {
    for (const commit of ['batch', 'message']) {
      const world = run({ rate: '380/s', group: `commit: ${commit}, session-timeout: 10s, heartbeat: 1s, batch: 100`, faults: crashes }, 160)
      const committed = latest(world, 'kafka_consumergroup_current_offset')
      expect(handled(world)).toBeGreaterThanOrEqual(committed)
      expect(handled(world) - committed).toBeLessThan(latest(world, 'messages_redelivered_total') + 401)
    }
  })
  it('loses what was being worked on when they are committed before: at most once', () => {
    const world = run({ rate: '380/s', group: 'commit: before, session-timeout: 10s, heartbeat: 1s, batch: 100', faults: crashes }, 160)
    expect(latest(world, 'messages_redelivered_total')).toBe(0)
    expect(latest(world, 'kafka_consumergroup_current_offset') - handled(world)).toBeGreaterThan(100)
  })
})

it('is described as the tools of the broker do', () => {
  const world = run({ worker: 'replicas: 5', rate: '300/s' }, 30)
  const group = world.part('billing')
  if (!(group instanceof ConsumerGroup)) throw new Error('billing is a consumer group')
  const stable = describeGroup(group)
  expect(stable).toMatchObject({ state: 'Stable', generation: 1 })
  expect(stable.members.map(({ partitions }) => partitions.length)).toEqual([3, 3, 2, 2, 2])
  expect(stable.partitions.every(({ consumer, lag: behind, currentOffset, logEndOffset }) => consumer !== null && behind === logEndOffset - currentOffset)).toBe(true)
  world.act({ action: 'scale', target: 'worker', replicas: 3 })
  const states = Array.from({ length: 60 }, (_, step) => {
    world.runUntil(seconds(34 + step / 10))
    return describeGroup(group).state
  })
  expect(states).toContain('PreparingRebalance')
  world.runUntil(seconds(50))
  expect(describeGroup(group).members.map(({ partitions }) => partitions.length)).toEqual([4, 4, 4])
})

describe('operators', () => {
  it('pause and resume without a rebalance', () => {
    const world = run({}, 30)
    world.act({ action: 'pause', target: 'billing' })
    world.runUntil(seconds(60))
    expect(lag(world, 60)).toBeGreaterThan(2000)
    world.act({ action: 'resume', target: 'billing' })
    world.runUntil(seconds(90))
    expect(lag(world, 90)).toBeLessThan(100)
    expect(latest(world, 'kafka_consumergroup_rebalances_total')).toBe(0)
  })
  it('add partitions, and keys change their partition while older messages wait: their order breaks', () => {
    const world = run({ rate: '450/s', broker: 'metadata-age: 10s,', key: 'uniform(200)' }, 30)
    world.act({ action: 'add-partitions', target: 'kafka', topic: 'orders', partitions: 16 })
    world.runUntil(seconds(90))
    expect(latest(world, 'kafka_topic_partitions', { topic: 'orders' })).toBe(16)
    expect(latest(world, 'messages_out_of_order_total')).toBeGreaterThan(50)
    expect(latest(world, 'messages_redelivered_total')).toBe(0)
    expect(world.act({ action: 'add-partitions', target: 'kafka', topic: 'orders', partitions: 8 })).toMatchObject({ ok: false })
  })
  it('reset offsets to the end, and what waited is never handled', () => {
    const world = run({ rate: '800/s' }, 60)
    world.act({ action: 'reset-offsets', target: 'billing', to: 'latest' })
    world.runUntil(seconds(122))
    expect(lag(world, 119)).toBeGreaterThan(20_000)
    expect(lag(world, 122)).toBeLessThan(3000)
    expect(latest(world, 'spring_kafka_listener_seconds_count', { result: 'success' })).toBeLessThan(latest(world, 'kafka_topic_partition_current_offset', { topic: 'orders' }) - 20_000)
  })
})

describe('a broker', () => {
  it('keeps producers waiting while a partition has no leader, and then takes what they have', () => {
    const world = run({ broker: 'failover: 10s,', faults: '{ at: 30s, lose-node: kafka, node: 0 }' }, 60)
    expect(produced(world, 39) - produced(world, 31)).toBeLessThan(600)
    expect(produced(world, 60)).toBeGreaterThan(5600)
    expect(latest(world, 'http_requests_total', { code: '200' })).toBeGreaterThan(5600)
    expect(latest(world, 'kafka_brokers')).toBe(2)
    expect(latest(world, 'kafka_topic_partition_under_replicated_partition', { topic: 'orders' })).toBe(12)
  })
  it('loses acknowledged messages with its leader when acks is leader', () => {
    const lost = (acks: string): number => {
      const world = run({ rate: '400/s', broker: `acks: ${acks}, replica-lag: 500ms,`, faults: '{ at: 30s, lose-node: kafka, node: 1 }' }, 60)
      return latest(world, 'http_requests_total', { code: '200', route: '/orders' }) - produced(world, 60)
    }
    expect(lost('leader')).toBeGreaterThan(20)
    expect(lost('all')).toBe(0)
  })
  it('deletes messages that are too old, read or not', () => {
    const world = run({ topics: 'orders: { partitions: 12, retention: 30s }', rate: '800/s' }, 120)
    expect(latest(world, 'messages_out_of_range_total')).toBeGreaterThan(1000)
    expect(linesWith(world, 'kafka', 'out of range').length).toBeGreaterThan(0)
  })
})

it('goes on from a snapshot as if there had been none', () => {
  const source = text({ rate: '600/s', group: 'batch: 2000, max-poll-interval: 15s, heartbeat: 1s, session-timeout: 10s, failures: { retries: 2, dead-letters: orders.dlq }', faults: '{ at: 10s, poison: kafka, topic: orders, share: 1% }, { at: 33s, crash: worker, pods: 1 }' })
  const straight = worldOf(source)
  straight.runUntil(seconds(40))
  const other = worldOf(source)
  other.load(structuredClone(straight.save()))
  straight.runUntil(seconds(90))
  other.runUntil(seconds(90))
  expect(other.fingerprint()).toBe(straight.fingerprint())
})

it('complains with a line and a suggestion', () => {
  expect(complaints(text({ group: 'btch: 5' }))[0]).toMatch(/^9: "btch" is not known here\. Did you mean "batch"\?/)
  expect(complaints(text().replace('topic: orders,', 'topic: ordes,'))[0]).toMatch(/no topic "ordes"\. Did you mean "orders"\?/)
  expect(complaints(text().replace('call: worker handle-order', 'call: worker handle'))[0]).toMatch(/no endpoint "handle"/)
})
