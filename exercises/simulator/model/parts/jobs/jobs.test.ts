import { describe, expect, it } from 'vitest'
import { complaints, latest, linesWith, seconds, valueAt, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'

function text(job: string, faults = ''): string {
  return `
telemetry: { scrape: 1s, traces: 1 }
services:
  shop: { replicas: 1, readiness: { every: 1h }, dependencies: { db: { pool: 40 } }, endpoints: { GET /: [{ query: db find }] } }
databases:
  db: { cores: 4, queries: { find: { time: exp(10ms) }, report: { time: 4s }, purge: { time: 20ms } } }
jobs:
  nightly: { ${job} }
clients:
  users: { rate: 200/s, call: shop GET / }
faults: [${faults}]
`
}

function run(job: string, until: number, faults = ''): World {
  const world = worldOf(text(job, faults), { seed: 2 })
  world.runUntil(seconds(until))
  return world
}

describe('a job', () => {
  it('runs when it is due, item after item', () => {
    const world = run('every: 60s, first: 10s, items: 50, do: [{ call: db purge }]', 200)
    expect(latest(world, 'scheduled_job_runs_total', { outcome: 'success' })).toBe(4)
    expect(latest(world, 'scheduled_job_items_total', { outcome: 'ok' })).toBe(200)
    expect(latest(world, 'scheduled_job_running')).toBe(0)
    expect(linesWith(world, 'nightly', 'ended: success')).toHaveLength(4)
  })
  it('hogs the database that others need, for as long as it runs', () => {
    const world = run('every: 1h, first: 60s, items: 40, workers: 16, do: [{ call: db report }]', 180)
    const p = (from: number, to: number): number => {
      const sum = valueAt(world, 'http_request_duration_seconds_sum', { service: 'shop' }, to) - valueAt(world, 'http_request_duration_seconds_sum', { service: 'shop' }, from)
      return sum / (valueAt(world, 'http_request_duration_seconds_count', { service: 'shop' }, to) - valueAt(world, 'http_request_duration_seconds_count', { service: 'shop' }, from))
    }
    expect(p(10, 55)).toBeLessThan(0.02)
    expect(p(65, 85)).toBeGreaterThan(4 * p(10, 55))
    expect(p(160, 180)).toBeLessThan(0.02)
    // 40 reports of 4 s on what four cores have left beside the users' two: utilisation law.
    expect(latest(world, 'scheduled_job_duration_seconds_sum')).toBeGreaterThan(160 / 4)
    expect(latest(world, 'scheduled_job_duration_seconds_sum')).toBeLessThan(1.15 * (160 / 2))
  })
  it('is skipped while the last run has not ended, and joined by the next when its lease is over', () => {
    const skips = run('every: 10s, items: 29, do: [{ sleep: 1s }]', 95)
    expect(latest(skips, 'scheduled_job_skipped_total')).toBe(6)
    expect(latest(skips, 'scheduled_job_running')).toBe(1)
    const lease = run('every: 10s, lease: 15s, items: 29, do: [{ sleep: 1s }]', 95)
    expect(latest(lease, 'scheduled_job_running')).toBe(2)
    const overlaps = run('every: 10s, overlap: allow, items: 29, do: [{ sleep: 1s }]', 95)
    expect(latest(overlaps, 'scheduled_job_running')).toBe(3)
  })
  it('grows with its data until runs take longer than the time between them', () => {
    const world = run('every: 60s, items: 100, do: [{ call: db purge }]', 400, '{ at: 130s, grow: nightly, factor: 60 }')
    expect(valueAt(world, 'scheduled_job_skipped_total', {}, 179)).toBe(0)
    expect(latest(world, 'scheduled_job_skipped_total')).toBeGreaterThan(1)
  })
  it('can be killed, suspended and triggered', () => {
    const world = run('every: 60s, first: 5s, items: 1000, workers: 4, do: [{ sleep: 1s }]', 20)
    expect(world.act({ action: 'kill', target: 'nightly' })).toMatchObject({ ok: true })
    world.act({ action: 'suspend', target: 'nightly' })
    world.runUntil(seconds(200))
    expect(latest(world, 'scheduled_job_runs_total', { outcome: 'killed' })).toBe(1)
    expect(latest(world, 'scheduled_job_running')).toBe(0)
    world.act({ action: 'trigger', target: 'nightly' })
    world.runUntil(seconds(210))
    expect(latest(world, 'scheduled_job_running')).toBe(1)
    expect(world.act({ action: 'resume', target: 'nightly' })).toMatchObject({ ok: true })
  })
  it('goes on from a snapshot as if there had been none', () => {
    const source = text('every: 20s, items: 300, workers: 3, timeout: 8s, do: [{ cpu: exp(100ms) }, { call: db purge }]')
    const straight = worldOf(source)
    straight.runUntil(seconds(25))
    const other = worldOf(source)
    other.load(structuredClone(straight.save()))
    straight.runUntil(seconds(60))
    other.runUntil(seconds(60))
    expect(other.fingerprint()).toBe(straight.fingerprint())
    expect(latest(other, 'scheduled_job_runs_total', { outcome: 'timeout' })).toBeGreaterThan(0)
  })
  it('complains with a line', () => {
    expect(complaints(text('every: 20s, do: [{ call: db purg }]'))[0]).toMatch(/^8: .*no .*"purg".*"purge"/)
  })
})
