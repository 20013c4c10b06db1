import type { Migration } from './migration.ts'

/** Profiles, their settings and their append-only log of learning events. */
export const learningLog: Migration = {
  version: 1,
  name: 'learning log',
  sql: `
    CREATE TABLE profiles (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT;

    -- One row at most: which profile the app opens with.
    CREATE TABLE active_profile (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      profile TEXT NOT NULL REFERENCES profiles (id)
    ) STRICT;

    CREATE TABLE settings (
      profile TEXT PRIMARY KEY REFERENCES profiles (id),
      "values" TEXT NOT NULL CHECK (json_valid("values"))
    ) STRICT;

    -- The same event may belong to two profiles: an export imported into another one.
    CREATE TABLE events (
      profile TEXT NOT NULL REFERENCES profiles (id),
      id TEXT NOT NULL CHECK (length(id) = 36),
      at INTEGER NOT NULL,
      fact TEXT NOT NULL CHECK (json_valid(fact)),
      PRIMARY KEY (profile, id)
    ) STRICT;
    CREATE INDEX events_in_order ON events (profile, at, id);

    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'learning events are append-only'); END;
    CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'learning events are append-only'); END;
    -- REPLACE removes rows without firing the trigger above; an event that is here already wins over any other.
    CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE profile = NEW.profile AND id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END;
  `,
}
