import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { LockService } from './lock-service.ts'

const second = 1_000_000
const minute = 60 * second

const reports = ({ locks = 'lease: 5s', faults = '', rate = '20/s' } = {}): string => `
lock-services:
  report-locks: { ${locks} }
services:
  reporter:
    replicas: 2
    start: 5s
    endpoints:
      POST /report:
        - with-lock: report-locks
          do: [ { cpu: exp(20ms) }, { protected-write: report-locks } ]
clients:
  planners: { rate: ${rate}, key: uniform(10), call: reporter POST /report }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

const pause = '{ at: 60s, pause: reporter, time: 8s, pods: 1 }'

function locksOf(world: World): LockService {
  const service = world.part('report-locks')
  if (!(service instanceof LockService)) throw new TypeError('report-locks should be a lock service')
  return service
}

function run(text: string, untilUs = 3 * minute, seed = 1): { world: World; locks: LockService } {
  const world = worldOf(text, { seed })
  world.runUntil(untilUs)
  return { world, locks: locksOf(world) }
}

describe('a lock service with leases', () => {
  it('lets one at a time work on a key', () => {
    const { world, locks } = run(reports({ rate: '60/s' }))
    expect(locks.overlaps).toBe(0)
    expect(locks.staleWrites).toBe(0)
    expect(newest(world, 'protected_writes_total')).toBe(newest(world, 'user_requests_total', { outcome: 'ok' }))
    expect(newest(world, 'lock_service_wait_seconds_bucket', { le: '0.05' })).toBeLessThan(newest(world, 'lock_service_wait_seconds_count'))
  })

  it('has two owners when a pause is longer than the lease, and takes the stale write', () => {
    let stale = 0
    for (let seed = 1; seed <= 5; seed += 1) {
      const { world, locks } = run(reports({ faults: pause }), 3 * minute, seed)
      expect(locks.overlaps, `seed ${seed}`).toBeGreaterThan(0)
      expect(newest(world, 'lock_service_leases_expired_total')).toBeGreaterThan(0)
      expect(linesWith(world, 'report-locks').some((line) => line.includes('expired without release'))).toBe(true)
      expect(linesWith(world, 'report-locks').some((line) => line.includes('lease is over'))).toBe(true)
      expect(newest(world, 'protected_writes_stale_total')).toBe(locks.staleWrites)
      stale += locks.staleWrites
    }
    expect(stale).toBeGreaterThan(0)
  })

  it('has one owner when the lease is longer than the pause', () => {
    const { locks } = run(reports({ locks: 'lease: 20s', faults: pause }))
    expect(locks.overlaps).toBe(0)
    expect(locks.staleWrites).toBe(0)
  })

  it('has its stale owners refused by fencing tokens', () => {
    let rejected = 0
    for (let seed = 1; seed <= 5; seed += 1) {
      const { world, locks } = run(reports({ locks: 'lease: 5s, fencing: true', faults: pause }), 3 * minute, seed)
      expect(locks.overlaps).toBeGreaterThan(0)
      expect(locks.staleWrites).toBe(0)
      rejected += newest(world, 'protected_writes_total', { result: 'rejected' }) || 0
    }
    expect(rejected).toBeGreaterThan(0)
  })

  it('expires under work that is longer than the lease when nobody renews it', () => {
    const slow = (renew: boolean): number => run(reports({ locks: `lease: 2s, renew: ${renew}`, rate: '3/s' }).replace('cpu: exp(20ms)', 'sleep: 3s')).locks.overlaps
    expect(slow(false)).toBeGreaterThan(10)
    expect(slow(true)).toBe(0)
  })

  it('can have its owners renew while it runs, which helps slow work and not a pause', () => {
    const overlaps = (text: string): number => {
      const { world, locks } = run(text, minute)
      expect(world.act({ action: 'set-renewal', target: 'report-locks', on: true })).toMatchObject({ ok: true })
      world.runUntil(2 * minute)
      const before = locks.overlaps
      world.runUntil(5 * minute)
      return locks.overlaps - before
    }
    const slow = reports({ locks: 'lease: 2s, renew: false', rate: '3/s' }).replace('cpu: exp(20ms)', 'sleep: 3s')
    expect(overlaps(slow)).toBe(0)
    expect(overlaps(reports({ locks: 'lease: 5s, renew: false', rate: '60/s', faults: pause.replace('60s', '180s') }))).toBeGreaterThan(0)
  })

  it('lets requests give up that wait too long', () => {
    const { world } = run(reports({ locks: 'lease: 5s, acquire: 200ms', rate: '30/s' }).replace('cpu: exp(20ms)', 'sleep: 500ms'), minute)
    expect(newest(world, 'http_requests_total', { code: '500' })).toBeGreaterThan(300)
    expect(linesWith(world, 'reporter').some((line) => line.includes('lock wait timeout on report-locks'))).toBe(true)
    expect(newest(world, 'lock_service_waiting_requests')).toBeLessThan(20)
  })

  it('keeps the lock of a process that died until the lease is over', () => {
    const text = reports({ locks: 'lease: 30s, acquire: 60s', faults: '{ at: 60s, crash: reporter }' }).replace('cpu: exp(20ms)', 'sleep: 400ms').replace('20/s', '10/s')
    const { world } = run(text, 80 * second)
    expect(newest(world, 'lock_service_locks_held')).toBeGreaterThan(0)
    expect(newest(world, 'lock_service_waiting_requests')).toBeGreaterThan(20)
    world.runUntil(2 * minute)
    expect(newest(world, 'lock_service_leases_expired_total')).toBeGreaterThan(0)
    const hurried = run(text, 80 * second).world
    expect(hurried.act({ action: 'break-locks', target: 'report-locks' })).toMatchObject({ ok: true })
    hurried.runUntil(91 * second)
    expect(locksOf(hurried).save().locks.size).toBeLessThan(11)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(reports({ faults: pause, rate: '60/s' }), 63_123_456, 2 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(reports().replace('protected-write: report-locks', 'protected-write: reporter'))[0]).toMatch(/^\d+: "reporter" is not under lock-services/)
    expect(complaints(reports({ locks: 'leese: 5s' }))[0]).toContain('Did you mean "lease"')
  })
})
