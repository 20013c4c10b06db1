import type { Database, Statement } from 'better-sqlite3'
import type { LearningEvent } from '../../exercises/progress/events.ts'
import type { QueryClock } from './query-clock.ts'
import type { Change, ReadStore, StoredNotice, StoredProfile, WriteStore } from './store.ts'

interface ProfileRow {
  id: string
  name: string
  created_at: number
  last_used_at: number
  removed_at: number | null
}

interface EventRow {
  id: string
  at: number
  fact: string
}

const reads = {
  profiles: 'SELECT id, name, created_at, last_used_at, removed_at FROM profiles ORDER BY created_at, id',
  activeProfile: 'SELECT profile FROM active_profile WHERE only = 1',
  settings: 'SELECT "values" FROM settings WHERE profile = ?',
  draft: 'SELECT text FROM drafts WHERE profile = ? AND key = ?',
  events: 'SELECT id, at, fact FROM events WHERE profile = ? ORDER BY at, id',
  notices: 'SELECT id, message FROM notices ORDER BY id',
} as const

const writes = {
  event: 'INSERT OR IGNORE INTO events (profile, id, at, fact) VALUES (?, ?, ?, ?)',
  profile: `INSERT INTO profiles (id, name, created_at, last_used_at, removed_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_used_at = excluded.last_used_at, removed_at = excluded.removed_at`,
  'active-profile': 'INSERT INTO active_profile (only, profile) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET profile = excluded.profile',
  settings: 'INSERT INTO settings (profile, "values") VALUES (?, ?) ON CONFLICT (profile) DO UPDATE SET "values" = excluded."values"',
  draft: `INSERT INTO drafts (profile, key, text, changed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (profile, key) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at`,
  notice: 'INSERT INTO notices (id, message) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
  'notice-dismissed': 'DELETE FROM notices WHERE id = ?',
} as const satisfies Record<Change['kind'], string>

/** The values that a change's statement binds, in order. */
function parametersOf(change: Change): unknown[] {
  switch (change.kind) {
    case 'event':
      return [change.profile, change.event.id, change.event.at, JSON.stringify(change.event.fact)]
    case 'profile': {
      const { id, name, createdAt, lastUsedAt, removedAt } = change.profile
      return [id, name, createdAt, lastUsedAt, removedAt]
    }
    case 'active-profile':
      return [change.profile]
    case 'settings':
      return [change.profile, JSON.stringify(change.values)]
    case 'draft':
      return [change.profile, change.key, change.text, change.at]
    case 'notice':
      return [change.notice.id, change.notice.message]
    case 'notice-dismissed':
      return [change.id]
  }
}

/** Reads and writes an open, migrated file. Times every statement by name. */
export function createSqliteStore(database: Database, clock: QueryClock): ReadStore & WriteStore {
  const prepared = new Map<string, Statement>()
  function statement(sql: string): Statement {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made: Statement = database.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  function all<Row>(name: keyof typeof reads, ...parameters: unknown[]): Row[] {
    return clock.time(`read ${name}`, () => statement(reads[name]).all(...parameters) as Row[])
  }
  const writeAll = database.transaction((changes: readonly Change[]) => {
    for (const change of changes) statement(writes[change.kind]).run(...parametersOf(change))
  })

  return {
    profiles: () =>
      all<ProfileRow>('profiles').map(
        (row): StoredProfile => ({ id: row.id, name: row.name, createdAt: row.created_at, lastUsedAt: row.last_used_at, removedAt: row.removed_at }),
      ),
    activeProfile: () => all<{ profile: string }>('activeProfile')[0]?.profile ?? null,
    settings(profile) {
      const row = all<{ values: string }>('settings', profile)[0]
      return row === undefined ? null : (JSON.parse(row.values) as Record<string, unknown>)
    },
    draft: (profile, key) => all<{ text: string }>('draft', profile, key)[0]?.text ?? null,
    events: (profile) =>
      all<EventRow>('events', profile).map((row) => ({ id: row.id, at: row.at, fact: JSON.parse(row.fact) as LearningEvent['fact'] })),
    notices: () => all<StoredNotice>('notices'),
    write: (changes) => clock.time(`write ${[...new Set(changes.map(({ kind }) => kind))].join('+')}`, () => writeAll.immediate(changes)),
  }
}
