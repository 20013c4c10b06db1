import { clock, everySchedule, expect, fake, test } from 'firedrill/test'
import type { CallFault, Schedule } from 'firedrill/test'
import { Profiles } from './profiles.ts'
import { CacheServer } from './services.ts'
import type { Cache, Database, Row } from './services.ts'

/** A database and a cache with one profile; each call's order and fate is the schedule's. */
function world(schedule: Schedule, faults: { cache?: readonly CallFault[]; database?: readonly CallFault[] } = {}) {
  const rows = new Map([['ana', { name: 'Ana', version: 1 }]])
  const server = new CacheServer(() => clock.now())
  const databaseCall = fake('database', (operation: 'read' | 'update', id: string, name?: string): Promise<Row> =>
    schedule.call(`database ${operation}`, () => {
      const row = rows.get(id) ?? { name: '', version: 0 }
      if (operation === 'update') rows.set(id, { name: name ?? '', version: row.version + 1 })
      return { ...(rows.get(id) ?? row) }
    }, operation === 'update' ? faults.database : []))
  const cacheCall = fake('cache', (operation: keyof Cache, key: string, ...rest: unknown[]): Promise<never> =>
    schedule.call(`cache ${operation}`, () => Reflect.apply(server[operation], server, [key, ...rest]) as never, faults.cache))
  const database: Database = { read: (id) => databaseCall('read', id), update: (id, name) => databaseCall('update', id, name) }
  const cache: Cache = {
    get: (key) => cacheCall('get', key),
    fill: (key, row, ttlMs, lease) => cacheCall('fill', key, row, ttlMs, lease),
    set: (key, row, ttlMs) => cacheCall('set', key, row, ttlMs),
    setIfNewer: (key, row, ttlMs) => cacheCall('setIfNewer', key, row, ttlMs),
    delete: (key) => cacheCall('delete', key),
  }
  const committed = () => rows.get('ana') ?? { name: '', version: 0 }
  /** What is in the cache must be what was committed. */
  const expectTrue = (when: string) => {
    const row = server.peek('ana')
    if (row !== undefined) expect(row, `the row in the cache ${when}; committed is version ${committed().version}`).toEqual(committed())
  }
  return { profiles: () => new Profiles(database, cache), database, databaseCall, cache, committed, expectTrue }
}

test('hit', () => everySchedule({}, async (schedule) => {
  const { profiles, databaseCall } = world(schedule)
  expect((await profiles().read('ana'))?.name).toBe('Ana')
  expect((await profiles().read('ana'))?.name).toBe('Ana')
  expect(databaseCall.calls.length, 'calls to the database for two readers, one after the other').toBe(1)
}))

test('own-write', () => everySchedule({}, async (schedule) => {
  const { profiles } = world(schedule)
  await profiles().read('ana')
  await profiles().rename('ana', 'Anna')
  expect((await profiles().read('ana'))?.name, 'the name that is read after the rename').toBe('Anna')
}))

test('reader-and-writer', () => everySchedule({}, async (schedule) => {
  const { profiles, expectTrue } = world(schedule)
  if (schedule.choose('the cache begins', ['empty', 'full']) === 'full') await profiles().read('ana')
  await Promise.all([profiles().read('ana'), profiles().rename('ana', 'Anna')])
  await clock.advance(10_000)
  expectTrue('10 s after both have ended')
}))
