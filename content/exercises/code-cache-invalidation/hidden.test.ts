import { clock, everySchedule, expect, fake, outcome, sleep, test } from 'firedrill/test'
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

test('failed-commit', () => everySchedule({}, async (schedule) => {
  const { profiles, committed, expectTrue } = world(schedule, { database: ['fails'] })
  await profiles().read('ana')
  const result = await outcome(profiles().rename('ana', 'Anna'))
  const stored = committed().version === 2
  expect(result.state, stored ? 'the rename, which was committed' : 'the rename, which was rolled back').toBe(stored ? 'fulfilled' : 'rejected')
  expectTrue('after the rename')
  expect((await profiles().read('ana'))?.name).toBe(committed().name)
}))

test('slow-reader', () => everySchedule({}, async (schedule) => {
  const { profiles, database, cache, expectTrue } = world(schedule)
  const slow: Database = { ...database, read: async (id) => { const row = await database.read(id); await sleep(30_000); return row } }
  const reading = new Profiles(slow, cache).read('ana')
  await sleep(100)
  await profiles().rename('ana', 'Anna')
  await reading
  expectTrue('after the reader was stopped for 30 s, between its read and its fill')
  expect((await profiles().read('ana'))?.name, 'the name that others read').toBe('Anna')
}))

test('two-writers', () => everySchedule({ most: 600 }, async (schedule) => {
  const { profiles, expectTrue } = world(schedule)
  await Promise.all([profiles().rename('ana', 'Anna'), profiles().read('ana'), profiles().rename('ana', 'Annabel')])
  await clock.advance(10_000)
  expectTrue('10 s after all have ended')
}))

test('cache-fails', () => everySchedule({ faults: 2 }, async (schedule) => {
  const { profiles, committed } = world(schedule, { cache: ['fails', 'loses its answer'] })
  const read = await outcome(profiles().read('ana'))
  expect(read.state, `a read while a call to the cache fails (${String(read.error)})`).toBe('fulfilled')
  expect(read.value?.name).toBe('Ana')
  const renamed = await outcome(profiles().rename('ana', 'Anna'))
  expect(renamed.state, `a rename that was ${committed().version === 2 ? 'committed' : 'not made'} (${String(renamed.error)})`).toBe('fulfilled')
  expect(committed().name).toBe('Anna')
}))

test('bounded', () => everySchedule({ most: 600 }, async (schedule) => {
  const { profiles, committed, expectTrue } = world(schedule, { cache: ['fails', 'dies before', 'dies after'], database: ['dies before', 'dies after'] })
  await schedule.life(() => profiles().read('ana'))
  await schedule.life(() => profiles().rename('ana', 'Anna'))
  await clock.advance(60_000)
  expectTrue('60 s after one lost call or one dead process')
  const end = await schedule.life(() => profiles().read('ana'))
  if (end.state === 'fulfilled') expect(end.value?.name).toBe(committed().name)
}))
