import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import { RegisterStore } from '../last-write-wins/register-store.ts'
import type { World } from '../../world.ts'
import { Clock } from './clock.ts'

const second = 1_000_000
const minute = 60 * second

const profiles = ({ faults = '', clock = '', store = '' } = {}): string => `
register-stores:
  profiles: { nodes: 3${store} }
clocks:
  node-1: { of: profiles, replicas: [1]${clock} }
services:
  web:
    endpoints:
      PUT /profile: [ { call: profiles write } ]
      GET /profile: [ { call: profiles read } ]
clients:
  writers: { rate: 50/s, key: uniform(50), call: web PUT /profile }
  readers: { rate: 50/s, key: uniform(50), call: web GET /profile }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

function lost(world: World): number {
  const store = world.part('profiles')
  return store instanceof RegisterStore ? store.lost : Number.NaN
}

function clockOf(world: World, name: string): Clock {
  const clock = world.part(name)
  if (!(clock instanceof Clock)) throw new TypeError(`${name} should be a clock`)
  return clock
}

describe('clocks of nodes', () => {
  it('stay within a few hundred microseconds while they are synchronised, whatever their oscillator', () => {
    const world = worldOf(profiles({ clock: ', drift: 40' }))
    const clock = clockOf(world, 'node-1')
    let worst = 0
    for (let at = minute; at <= 30 * minute; at += minute) {
      world.runUntil(at)
      worst = Math.max(worst, Math.abs(clock.offsetUs()))
    }
    expect(worst).toBeLessThan(500)
    expect(newest(world, 'node_timex_sync_status', { instance: 'node-1' })).toBe(1)
  })

  it('drift when synchronisation is lost, and are slewed back no faster than their limit', () => {
    const world = worldOf(profiles({ clock: ', step: 10s', faults: '{ at: 0s, drift: node-1, ppm: 200, for: 50m }' }))
    world.runUntil(49 * minute)
    expect(clockOf(world, 'node-1').offsetUs()).toBeCloseTo(200 * 49 * 60, -2)
    expect(newest(world, 'node_timex_offset_seconds', { instance: 'node-1' })).toBeCloseTo(0.588, 2)
    world.runUntil(60 * minute)
    // 500 ppm, for ten minutes: 0.3 of the 0.6 seconds.
    expect(clockOf(world, 'node-1').offsetUs()).toBeCloseTo(300_000, -4)
  })

  it('lose writes where the last one wins by clock, until they are pinned', () => {
    const even = worldOf(profiles())
    even.runUntil(10 * minute)
    expect(lost(even)).toBeLessThan(5)
    const skewed = worldOf(profiles({ faults: '{ at: 1m, skew: node-1, offset: 5s }' }))
    skewed.runUntil(10 * minute)
    // A third of writes gets a stamp from the future; others on its key lose for five seconds, in which a key is written 5 times.
    expect(lost(skewed)).toBeGreaterThan(5000)
    expect(newest(skewed, 'store_mutations_discarded_total')).toBe(lost(skewed))
    expect(newest(skewed, 'store_outdated_reads_total')).toBeGreaterThan(5000)
    expect(linesWith(skewed, 'chronyd')[0]).toContain('stepped by 5')
    expect(skewed.act({ action: 'pin-clocks', target: 'node-1' })).toMatchObject({ ok: true })
    skewed.runUntil(11 * minute)
    const settled = lost(skewed)
    skewed.runUntil(20 * minute)
    expect(lost(skewed) - settled).toBeLessThan(5)
  })

  it('lose none where stamps never go below what has been seen', () => {
    const world = worldOf(profiles({ store: ', order: hybrid', faults: '{ at: 1m, skew: node-1, offset: -5s }' }))
    world.runUntil(5 * minute)
    expect(lost(world)).toBe(0)
  })

  it('follow a time source that is wrong, and come back with it', () => {
    const world = worldOf(profiles({ faults: '{ at: 1m, ntp-step: node-1, offset: -30s, for: 2m }' }))
    world.runUntil(2 * minute)
    expect(clockOf(world, 'node-1').offsetUs()).toBeCloseTo(-30 * second, -4)
    // The node believes that all is well.
    expect(Math.abs(newest(world, 'node_timex_offset_seconds', { instance: 'node-1' }))).toBeLessThan(0.01)
    world.runUntil(6 * minute)
    expect(Math.abs(clockOf(world, 'node-1').offsetUs())).toBeLessThan(500)
  })

  it('are the same after a snapshot', () => {
    expect(survivesSnapshot(profiles({ faults: '{ at: 20s, drift: node-1, ppm: 90000 }' }), 70_123_456, 3 * minute)).toBe(true)
  })

  it('complain with a line', () => {
    expect(complaints(profiles({ faults: '{ at: 1m, skew: node-1, offset: soon }' }))[0]).toMatch(/^\d+: offset: "soon" is not a duration; write 250ms, 3s, or -3s/)
    expect(complaints(profiles().replace('of: profiles', 'of: profile'))[0]).toContain('Did you mean "profiles"')
  })
})

const login = (faults = '', leeway = '0s'): string => `
tokens:
  sessions: { issuer: auth, lifetime: 5m, refresh: 4m, leeway: ${leeway} }
clocks:
  api-node: { of: api, replicas: [0] }
services:
  auth: { endpoints: { POST /login: [ { cpu: 1ms } ] } }
  api:
    replicas: 3
    endpoints:
      GET /me: [ { verify-token: sessions }, { cpu: 1ms } ]
clients:
  users: { rate: 60/s, call: api GET /me }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

describe('tokens with a lifetime', () => {
  const refused = (text: string, result: string): number => {
    const world = worldOf(text)
    world.runUntil(10 * minute)
    return newest(world, 'token_verifications_total', { result }) / newest(world, 'token_verifications_total')
  }

  it('are refused as expired by a replica whose clock is ahead by more than what is left', () => {
    expect(refused(login(), 'expired')).toBe(0)
    // Two minutes ahead: tokens older than three of four minutes fail, on one pod of three.
    expect(refused(login('{ at: 0s, skew: api-node, offset: 2m }'), 'expired')).toBeCloseTo(1 / 12, 1)
    expect(refused(login('{ at: 0s, skew: api-node, offset: 2m }', '1m'), 'expired')).toBe(0)
  })

  it('are refused as not yet valid by one whose clock is behind', () => {
    expect(refused(login('{ at: 0s, skew: api-node, offset: -30s }'), 'not-yet-valid')).toBeCloseTo(1 / 24, 2)
    const world = worldOf(login('{ at: 0s, skew: api-node, offset: -30s }'))
    world.runUntil(minute)
    expect(linesWith(world, 'api').some((line) => line.includes('token used before issued'))).toBe(true)
    expect(newest(world, 'http_requests_total', { code: '401' })).toBeGreaterThan(0)
  })
})
