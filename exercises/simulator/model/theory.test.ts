import { describe, expect, it } from 'vitest'
import { machineRepair, mmc, mg1 } from '../theory/index.ts'
import { latest, seconds, worldOf } from './testing/observe.ts'

const within = (actual: number, expected: number, share: number): void => {
  expect(Math.abs(actual - expected), `${actual} should be within ${share * 100}% of ${expected}`).toBeLessThanOrEqual(share * expected)
}
const mean = (world: ReturnType<typeof worldOf>, name: string, labels: Record<string, string>): number => latest(world, `${name}_sum`, labels) / latest(world, `${name}_count`, labels)

const station = (cores: number, cpu: string, rate: string, threads: string | number = 'async'): string => `
telemetry: { scrape: 100s, traces: 0, access-logs: 0 }
services:
  shop:
    replicas: 1
    cores: ${cores}
    threads: ${threads}
    queue: 1000000
    memory: { request: 0B }
    readiness: { every: 1h }
    endpoints: { GET /: [{ cpu: ${cpu} }] }
clients:
  users: { rate: ${rate}, call: shop GET / }
`

describe('against theory', () => {
  it.each([
    [1, 10, 70],
    [4, 10, 320],
    [2, 5, 340],
  ])('a service with %i cores of %i ms and %i requests/s is M/M/c', (cores, ms, rate) => {
    const world = worldOf(station(cores, `exp(${ms}ms)`, `${rate}/s`), { seed: 11 })
    world.runUntil(seconds(1500))
    const expected = mmc({ arrivalRate: rate, serviceRate: 1000 / ms, servers: cores })
    within(mean(world, 'http_request_duration_seconds', { service: 'shop' }), expected.meanInSystem, 0.05)
    within(latest(world, 'container_cpu_usage_seconds_total') / 1500 / cores, expected.utilisation, 0.02)
  })

  it('threads are the servers when the work is to wait', () => {
    const world = worldOf(station(8, '0ms', '80/s', 5).replace('cpu: 0ms', 'sleep: exp(50ms)'), { seed: 5 })
    world.runUntil(seconds(1500))
    within(mean(world, 'http_request_duration_seconds', { service: 'shop' }), mmc({ arrivalRate: 80, serviceRate: 20, servers: 5 }).meanInSystem, 0.06)
  })

  it('a deterministic service is M/D/1', () => {
    const world = worldOf(station(1, '8ms', '100/s'), { seed: 3 })
    world.runUntil(seconds(2000))
    within(mean(world, 'http_request_duration_seconds', { service: 'shop' }), mg1({ arrivalRate: 100, serviceRate: 125, cv2: 0 }).meanInSystem, 0.04)
  })

  it('a closed population is the machine repair model', () => {
    const world = worldOf(station(2, 'exp(100ms)', '1/s').replace('rate: 1/s', 'users: 30, think: exp(1s)'), { seed: 9 })
    world.runUntil(seconds(3000))
    const expected = machineRepair({ population: 30, thinkTime: 1, serviceTime: 0.1, servers: 2 })
    within(latest(world, 'user_requests_total') / 3000, expected.throughput, 0.02)
  })
})
