/** Everything that works in the background in one world: nothing crashes, whatever happens and whatever is done, and it can be repeated. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seconds, worldOf } from '../testing/observe.ts'
import type { World } from '../world.ts'
import { Broker } from './broker/broker.ts'
import { describeGroup } from './consumers/describe.ts'
import { ConsumerGroup } from './consumers/group.ts'

const world = (faults: readonly string[]): string => `
telemetry: { scrape: 5s, traces: 5% }
services:
  shop: { replicas: 2, start: 4s, dependencies: { db: { pool: 5 } }, endpoints: { POST /orders: [{ cpu: 1ms }, { query: db write }, { saga: order begin }, { outbox: relay }, { async: [{ call: images, timeout: 1s }] }] } }
  worker: { replicas: 3, start: 4s, dependencies: { scorer: { timeout: 1s } }, endpoints: { pay: [{ cpu: exp(8ms) }, { call: scorer infer, optional: true }, { saga: order paid }, { call: kafka paid, timeout: 2s }], ship: [{ sleep: 5ms }, { saga: order complete }], resize: [{ cpu: 20ms }] } }
databases: { db: { cores: 2, queries: { write: { time: 2ms }, report: { time: 200ms } } } }
brokers: { kafka: { acks: leader, metadata-age: 5s, failover: 3s, topics: { placed: { partitions: 6, retention: 40s }, paid: { partitions: 3, spread: none, keep: 300 }, dead: {} } } }
outboxes: { relay: { call: kafka placed, every: 200ms, timeout: 1s, retries: 1 } }
consumers:
  payers: { broker: kafka, topic: placed, call: worker pay, per-pod: 2, batch: 50, max-poll-interval: 4s, session-timeout: 6s, heartbeat: 1s, timeout: 3s, failures: { retries: 2, backoff: 100ms, dead-letters: dead } }
  shippers: { broker: kafka, topic: paid, call: worker ship, assignment: cooperative, static: true, commit: message, session-timeout: 6s, heartbeat: 1s, max-poll-interval: 5s }
queues: { images: { call: worker resize, visibility: 3s, most-receives: 3, dead-letters: lost }, lost: {} }
jobs: { report: { every: 15s, items: 20, workers: 3, lease: 8s, do: [{ call: db report, timeout: 5s }] } }
sagas: { order: { steps: [paid], stuck-after: 20s, recover: { paid: kafka paid } } }
models: { scorer: { cpu-workers: 1, preprocess: exp(4ms), start: 5s, tokens: { prompt: { mean: 100 }, output: { mean: 10 }, cache: 2k } } }
pipelines: { features: { every: 10s, rows: 1000, columns: [a, b], stages: [{ name: load, takes: 4s }, { name: clean, takes: 3s, schema: lenient }], model: { label-delay: 20s } } }
links: { to-kafka: { from: [worker, shop, relay], to: [kafka], latency: 1ms } }
clients: { users: { rate: 40/s, call: shop POST /orders, patience: 5s } }
faults: [${faults.join(', ')}]`

const faults = [
  'crash: worker', 'crash: worker, pods: 1', 'slow: worker, factor: 20', 'pause: worker, time: 9s', 'partition: to-kafka', 'loss: to-kafka, share: 40%', 'errors: worker, share: 50%', 'deploy: worker, version: v2, handles-poison: true',
  'lose-node: kafka, node: 0', 'lose-node: kafka, node: 1', 'lose-partition: kafka, topic: placed, partition: 2', 'poison: kafka, topic: placed, share: 30%', 'poison: kafka, topic: paid, messages: 3', 'slow: kafka, factor: 200', 'disk-full: kafka',
  'stop: relay', 'poison: images, share: 50%', 'down: images', 'pause: payers', 'grow: report, factor: 5', 'crash: scorer', 'larger-inputs: scorer, factor: 10', 'slow-gpu: scorer, factor: 10', 'change-prompt: scorer, version: p2, prompt-factor: 5, output-factor: 9, errors: 10%',
  'schema-change: features, column: a', 'drift: features, column: b, shift: 3, over: 10s', 'concept-drift: features, shift: 1', 'stage-fails: features, stage: clean', 'slow-stage: features, stage: load, factor: 5', 'volume: features, factor: 0',
]

const actions = [
  { action: 'scale', target: 'worker', replicas: 1 }, { action: 'scale', target: 'worker', replicas: 5 }, { action: 'restart', target: 'worker' }, { action: 'configure', target: 'payers', batch: 5, 'per-pod': 1, assignment: 'cooperative' },
  { action: 'skip-messages', target: 'payers', partition: 1, messages: 5 }, { action: 'reset-offsets', target: 'shippers', to: 'earliest' }, { action: 'reset-offsets', target: 'payers', back: '20s' }, { action: 'pause', target: 'shippers' }, { action: 'resume', target: 'shippers' },
  { action: 'add-partitions', target: 'kafka', topic: 'placed', partitions: 9 }, { action: 'replay', target: 'kafka', from: 'dead', to: 'placed' }, { action: 'purge', target: 'kafka', topic: 'paid' }, { action: 'restart-node', target: 'kafka', node: 0 }, { action: 'free-disk', target: 'kafka' },
  { action: 'restart', target: 'relay' }, { action: 'redrive', target: 'lost' }, { action: 'configure', target: 'images', visibility: '1s', 'per-pod': 2 }, { action: 'purge', target: 'images' }, { action: 'kill', target: 'report' }, { action: 'trigger', target: 'report' }, { action: 'reschedule', target: 'report', every: '3s' },
  { action: 'recover', target: 'order', step: 'paid' }, { action: 'close', target: 'order' }, { action: 'scale', target: 'scorer', replicas: 3 }, { action: 'scale', target: 'scorer', replicas: 1 }, { action: 'restart', target: 'scorer' }, { action: 'configure', target: 'scorer', sequences: 2, 'cpu-workers': 4 },
  { action: 'rollback-prompt', target: 'scorer' }, { action: 'rerun-stage', target: 'features' }, { action: 'adapt-schema', target: 'features', column: 'a' }, { action: 'retrain', target: 'features' }, { action: 'pause', target: 'features' },
]

function play(text: string, plan: readonly (typeof actions)[number][], seed: number, until: number, from?: World): World {
  const made = from ?? worldOf(text, { seed })
  for (const [index, request] of plan.entries()) {
    const at = seconds(10 + index * 8)
    if (at <= made.nowUs || at > seconds(until)) continue
    made.runUntil(at)
    made.act(request)
  }
  made.runUntil(seconds(until))
  return made
}

it('holds its laws through any faults and actions, and goes on from a snapshot in the middle of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ fault: fc.constantFrom(...faults), at: fc.integer({ min: 1, max: 50 }), lasts: fc.integer({ min: 1, max: 30 }) }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.constantFrom(...actions), { maxLength: 6 }),
      fc.nat({ max: 1000 }),
      (struck, plan, seed) => {
        const text = world(struck.map(({ fault, at, lasts }) => `{ at: ${at}s, ${fault}, for: ${lasts}s }`))
        const straight = play(text, plan, seed, 37)
        const other = worldOf(text, { seed })
        other.load(structuredClone(straight.save()))
        play(text, plan, seed, 75, straight)
        play(text, plan, seed, 75, other)
        expect(other.fingerprint()).toBe(straight.fingerprint())
        for (const part of straight.parts) {
          if (part instanceof ConsumerGroup) {
            for (const { lag, currentOffset, logEndOffset } of describeGroup(part).partitions) {
              expect(lag).toBeGreaterThanOrEqual(0)
              expect(lag).toBeLessThanOrEqual(logEndOffset)
              expect(currentOffset).toBeGreaterThanOrEqual(0)
            }
            const owners = describeGroup(part).members.flatMap(({ partitions }) => partitions)
            expect(new Set(owners).size).toBe(owners.length)
          }
          if (part instanceof Broker) for (const { logs } of part.topics) for (const log of logs) expect(log.start).toBeLessThanOrEqual(log.end)
        }
      },
    ),
    { numRuns: 5, seed: 20260304 },
  )
}, 120_000)
