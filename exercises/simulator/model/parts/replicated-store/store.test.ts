import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { ReplicatedStore } from './store.ts'

const second = 1_000_000
const minute = 60 * second

const bank = ({ store = '', faults = '' } = {}): string => `
replicated-stores:
  accounts: { nodes: [a, b, c]${store} }
services:
  web:
    dependencies: { accounts: { timeout: 2s } }
    endpoints:
      POST /transfer: [ { call: accounts write } ]
      GET /balance: [ { call: accounts read } ]
clients:
  payers: { rate: 40/s, call: web POST /transfer }
  readers: { rate: 10/s, call: web GET /balance }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

function storeOf(world: World): ReplicatedStore {
  const store = world.part('accounts')
  if (!(store instanceof ReplicatedStore)) throw new TypeError('accounts should be a replicated store')
  return store
}

const ok = (world: World): number => newest(world, 'client_requests_total', { job: 'web', outcome: 'ok' })
const cut = '{ at: 1m, partition: accounts, away: [a], clients: 30%, for: 2m }'

describe('a replicated store', () => {
  it('keeps its leader and loses nothing while all is well', () => {
    const world = worldOf(bank())
    world.runUntil(10 * minute)
    expect(storeOf(world).leaders()).toEqual(['a'])
    expect(ok(world)).toBe(newest(world, 'client_requests_total', { job: 'web' }))
    expect(newest(world, 'etcd_server_leader_changes_seen_total')).toBe(0)
    expect(newest(world, 'etcd_server_proposals_committed_total', { instance: 'accounts-a' })).toBeGreaterThan(20_000)
    expect(storeOf(world).members.every(({ entries }) => entries.length < 1000)).toBe(true)
  })

  it('elects another leader within its timeouts when the leader dies', () => {
    const world = worldOf(bank({ faults: '{ at: 1m, crash: accounts, node: a, for: 5m }' }))
    world.runUntil(minute + 5 * second)
    const [leader = ''] = storeOf(world).leaders()
    expect(['b', 'c']).toContain(leader)
    expect(newest(world, 'client_requests_total', { job: 'web', outcome: 'no-leader' })).toBeGreaterThan(20)
    world.runUntil(8 * minute)
    expect(storeOf(world).leaders()).toHaveLength(1)
    expect(storeOf(world).lost).toBe(0)
    expect(linesWith(world, 'accounts').some((line) => line.includes('became leader at term 2'))).toBe(true)
    expect(newest(world, 'etcd_server_leader_changes_seen_total')).toBeGreaterThanOrEqual(2)
  })

  it('with a quorum has one leader that serves in a partition, and loses nothing', () => {
    const world = worldOf(bank({ faults: cut }))
    world.runUntil(minute + 10 * second)
    expect(storeOf(world).leaders()).toHaveLength(1)
    expect(storeOf(world).leaders()).not.toContain('a')
    world.runUntil(6 * minute)
    expect(storeOf(world).leaders()).toHaveLength(1)
    expect(storeOf(world).lost).toBe(0)
    expect(storeOf(world).diverged()).toBe(0)
  })

  it('without a quorum has two leaders in a partition, diverges, and loses what one of them took', () => {
    const world = worldOf(bank({ store: ', quorum: false, commit: leader', faults: cut }))
    world.runUntil(2 * minute)
    expect(storeOf(world).leaders()).toHaveLength(2)
    expect(storeOf(world).diverged()).toBeGreaterThan(500)
    expect(newest(world, 'etcd_server_is_leader')).toBe(2)
    // Nobody has been told of anything but a moment without a leader.
    expect(newest(world, 'client_requests_total', { job: 'web', outcome: 'no-leader' })).toBeLessThan(200)
    world.runUntil(5 * minute)
    expect(storeOf(world).leaders()).toHaveLength(1)
    expect(storeOf(world).diverged()).toBe(0)
    // 30% of 40 writes a second, for two minutes.
    expect(storeOf(world).lost).toBeGreaterThan(1200)
    expect(storeOf(world).lost).toBeLessThan(1700)
    expect(newest(world, 'store_lost_writes_total')).toBe(storeOf(world).lost)
    expect(linesWith(world, 'accounts').some((line) => line.includes('rolled back'))).toBe(true)
  })

  it('is saved by fencing: by itself, or by hand', () => {
    const fenced = worldOf(bank({ store: ', quorum: false, commit: leader, fencing: true', faults: cut }))
    fenced.runUntil(minute + 20 * second)
    expect(fenced.telemetry.changes.between(0, 1e16)).toBeDefined()
    expect(storeOf(fenced).leaders()).toHaveLength(1)
    fenced.runUntil(5 * minute)
    // What the old leader took until it was fenced, some seconds.
    expect(storeOf(fenced).lost).toBeLessThan(150)
    const byHand = worldOf(bank({ store: ', quorum: false, commit: leader', faults: cut }))
    byHand.runUntil(minute + 10 * second)
    expect(byHand.act({ action: 'fence-leader', target: 'accounts', node: 'a' })).toMatchObject({ ok: true, effectUs: minute + 30 * second })
    byHand.runUntil(minute + 31 * second)
    expect(storeOf(byHand).leaders()).toHaveLength(1)
    byHand.runUntil(5 * minute)
    expect(storeOf(byHand).lost).toBeGreaterThan(250)
    expect(storeOf(byHand).lost).toBeLessThan(450)
  })

  it('has a leader that slept through its end and still takes what came meanwhile', () => {
    const pause = '{ at: 1m, pause: accounts, node: a, time: 8s }'
    const careless = worldOf(bank({ store: ', quorum: false, commit: leader', faults: pause }))
    careless.runUntil(3 * minute)
    expect(storeOf(careless).lost).toBeGreaterThan(10)
    const careful = worldOf(bank({ faults: pause }))
    careful.runUntil(3 * minute)
    expect(storeOf(careful).lost).toBe(0)
    expect(storeOf(careful).leaders()).toHaveLength(1)
  })

  it('fails over when it is asked to, at the price of a moment', () => {
    const world = worldOf(bank())
    world.runUntil(minute)
    expect(world.act({ action: 'fail-over', target: 'accounts', node: 'c' })).toMatchObject({ ok: true })
    world.runUntil(2 * minute)
    expect(storeOf(world).leaders()).toEqual(['c'])
    expect(storeOf(world).lost).toBe(0)
    expect(world.act({ action: 'fail-over', target: 'accounts', node: 'd' })).toMatchObject({ ok: false })
  })

  it('loses nothing with a quorum, whatever happens, for many seeds', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const faults = ['{ at: 20s, partition: accounts, away: [a, b], clients: 50%, for: 20s }', '{ at: 50s, crash: accounts, node: c, for: 9s }', '{ at: 53s, pause: accounts, node: b, time: 6s }', '{ at: 70s, partition: accounts, away: [c], clients: 10%, for: 15s }']
      const world = worldOf(bank({ faults: faults.join('\n  - ') }), { seed })
      world.runUntil(110 * second)
      expect(storeOf(world).lost, `seed ${seed}`).toBe(0)
      expect(storeOf(world).leaders(), `seed ${seed}`).toHaveLength(1)
      expect(storeOf(world).diverged(), `seed ${seed}`).toBe(0)
    }
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(bank({ faults: cut }), minute + 5_123_456, 4 * minute)).toBe(true)
    expect(survivesSnapshot(bank({ store: ', quorum: false, commit: leader', faults: cut }), 2 * minute + 123_456, 4 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(bank({ faults: '{ at: 1m, crash: accounts, node: d }' }))[0]).toMatch(/^\d+: accounts has no node "d"\./)
    expect(complaints(bank({ store: ', quorom: true' }))[0]).toContain('Did you mean "quorum"')
  })
})
