import { worldOf } from '../../model/testing/observe.ts'
import type { World } from '../../model/index.ts'
import type { CommandResult } from '../command.ts'
import { runCommand } from '../index.ts'

/** A shop with a part of every kind that commands ask, small enough for a test of a second. */
export const shopText = (faults = ''): string => `
nodes:
  node-1: { cores: 4, runs: [gateway, orders, worker], disk: { size: 100GB, used: 60GB } }
  node-2: { cores: 4, runs: [gateway, orders, worker] }
services:
  gateway:
    threads: 60
    endpoints:
      POST /checkout: [ { cpu: exp(1ms) }, { call: orders POST /orders } ]
  orders:
    threads: 40
    dependencies:
      orders-db: { pool: { size: 20, acquire: 5s } }
      payments: { timeout: 1s, breaker: {} }
    endpoints:
      POST /orders:
        - cpu: exp(3ms)
        - get: sessions
          key: zipf(1k, 1.1)
          miss: [ { sleep: 1ms } ]
        - query: orders-db find-customer
        - { call: payments charge, optional: true }
        - call: kafka orders
  worker: { replicas: 2, endpoints: { handle-order: [ { sleep: 5ms } ] } }
databases:
  orders-db:
    cores: 4
    tables: { customers: { rows: 400k, indexes: [by-email] } }
    queries:
      find-customer: { table: customers, index: by-email, time: 'lognormal(p50 2ms, p99 10ms)', sql: "SELECT * FROM customers WHERE email = $1" }
caches:
  sessions: { ttl: 60s }
brokers:
  kafka: { topics: { orders: { partitions: 4 } } }
consumers:
  billing: { broker: kafka, topic: orders, call: worker handle-order }
resolvers:
  coredns: {}
names:
  payments: { resolver: coredns, target: { payments-eu: 1 }, ttl: 30s }
externals:
  payments-eu: { latency: 30ms }
certificates:
  gateway-tls: { of: gateway, expires: 5m }
autoscalers:
  gateway-hpa: { of: gateway, min: 2, max: 6, target: 60% }
clients:
  shoppers: { rate: 40/s, call: gateway POST /checkout, timeout: 10s }
${faults === '' ? '' : `faults:\n${faults.split('\n').map((fault) => `  - ${fault}`).join('\n')}`}
`

/** The shop after some minutes. */
export function shop(minutes: number, faults = ''): World {
  const world = worldOf(shopText(faults), { seed: 7 })
  world.runUntil(minutes * 60_000_000)
  return world
}

/** Runs a line of words that are separated by spaces; 'quotes' keep words together. */
export function run(world: World, line: string, stdin = ''): CommandResult {
  const argv = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
  return runCommand(world, argv, { stdin })
}
