import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createSqliteStore } from '../sqlite-store.ts'
import { migrations, newestVersion } from './index.ts'
import { migrate, schemaVersion } from './migrate.ts'

const clock = { time: <T>(_: string, work: () => T): T => work() }
const profile = '019b76d0-0000-7000-8000-000000000000'
const event = { id: '019b76d0-0000-7000-8000-000000000001', at: 1, fact: { type: 'chapter.opened' as const, chapter: 'ch07' } }

function schemaOf(database: BetterSqlite3.Database): unknown {
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
}

test('versions climb by one', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, position) => position + 1))
  expect(newestVersion).toBeGreaterThanOrEqual(2)
})

test.each(migrations.map(({ version }) => version))('a file of version %i with data in it reaches the newest schema and keeps the data', (past) => {
  const fresh = new BetterSqlite3(':memory:')
  migrate(fresh)
  const database = new BetterSqlite3(':memory:')
  migrate(database, past)
  expect(schemaVersion(database)).toBe(past)
  // Tables of the first version, which every past version has.
  database.prepare('INSERT INTO profiles (id, name, created_at, last_used_at) VALUES (?, ?, 1, 1)').run(profile, 'Ada')
  database.prepare('INSERT INTO events (profile, id, at, fact) VALUES (?, ?, ?, ?)').run(profile, event.id, event.at, JSON.stringify(event.fact))
  migrate(database)
  expect(schemaVersion(database)).toBe(newestVersion)
  expect(schemaOf(database)).toEqual(schemaOf(fresh))
  const store = createSqliteStore(database, clock)
  expect(store.events(profile)).toEqual([event])
  expect(store.profiles()).toEqual([{ id: profile, name: 'Ada', createdAt: 1, lastUsedAt: 1, removedAt: null }])
  store.write([{ kind: 'draft', profile, key: 'k', text: 't', at: 1 }])
  expect(store.draft(profile, 'k')).toBe('t')
})

test('a step that fails leaves the version before it', () => {
  const database = new BetterSqlite3(':memory:')
  migrate(database, 1)
  database.exec('CREATE TABLE notices (in_the_way TEXT)')
  expect(() => migrate(database)).toThrow('notices')
  expect(schemaVersion(database)).toBe(1)
  expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'drafts'").pluck().get()).toBe(0)
})

test('events cannot be changed, removed or replaced, and come in once', () => {
  const database = new BetterSqlite3(':memory:')
  migrate(database)
  const store = createSqliteStore(database, clock)
  store.write([{ kind: 'profile', profile: { id: profile, name: 'Ada', createdAt: 1, lastUsedAt: 1, removedAt: null } }])
  store.write([{ kind: 'event', profile, event }, { kind: 'event', profile, event: { ...event, at: 99 } }])
  expect(() => database.exec('UPDATE events SET at = 2')).toThrow('append-only')
  expect(() => database.exec('DELETE FROM events')).toThrow('append-only')
  database.prepare("INSERT OR REPLACE INTO events (profile, id, at, fact) VALUES (?, ?, 2, '{}')").run(profile, event.id)
  expect(store.events(profile)).toEqual([event])
})
