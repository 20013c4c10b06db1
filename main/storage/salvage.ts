/** Reads what can still be read of a damaged file. */
import BetterSqlite3 from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { learningEventSchema } from '../../exercises/progress/events.ts'
import { fileSize } from './database-file.ts'

interface Row {
  [column: string]: unknown
}

/**
 * Adds to `target` the profiles and learning events that can be read from `damaged` and are not in it yet. Both ends of
 * each table are tried, since one bad page stops a scan. Events are checked against their schema: nonsense stays out.
 * @returns how many events were added; 0 where nothing could be read
 */
export function salvageEvents(damaged: string, target: string): number {
  if (!fileSize(damaged)) return 0
  let source: Database | null = null
  let into: Database | null = null
  try {
    source = new BetterSqlite3(damaged, { readonly: true, fileMustExist: true })
    into = new BetterSqlite3(target, { fileMustExist: true })
    return copyRows(source, into)
  } catch {
    // What cannot be opened cannot be salvaged; the backup stands alone.
    return 0
  } finally {
    source?.close()
    into?.close()
  }
}

function copyRows(source: Database, into: Database): number {
  const addProfile = into.prepare('INSERT OR IGNORE INTO profiles (id, name, created_at, last_used_at, removed_at) VALUES (?, ?, ?, ?, ?)')
  const addEvent = into.prepare('INSERT OR IGNORE INTO events (profile, id, at, fact) VALUES (?, ?, ?, ?)')
  let added = 0
  into
    .transaction(() => {
      for (const row of readable(source, 'profiles')) {
        attempt(() => addProfile.run(row['id'], row['name'], row['created_at'], row['last_used_at'], row['removed_at']))
      }
      for (const row of readable(source, 'events')) {
        attempt(() => {
          const event = learningEventSchema.parse({ id: row['id'], at: row['at'], fact: JSON.parse(String(row['fact'])) })
          added += addEvent.run(row['profile'], event.id, event.at, JSON.stringify(event.fact)).changes
        })
      }
    })
    .immediate()
  return added
}

/** Rows up to the first bad page, from the front and from the back. Some come twice. */
function* readable(source: Database, table: 'profiles' | 'events'): Generator<Row> {
  for (const direction of ['ASC', 'DESC'] as const) {
    try {
      for (const row of source.prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY rowid ${direction}`).iterate()) yield row as Row
      // The whole table was read.
      return
    } catch {
      continue
    }
  }
}

/** A row that does not fit (half of it is nonsense, its profile is lost) is left out. */
function attempt(add: () => void): void {
  try {
    add()
  } catch {
    return
  }
}
