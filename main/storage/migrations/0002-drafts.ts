import type { Migration } from './migration.ts'

/** Text that is being written, and notices that wait to be read. */
export const drafts: Migration = {
  version: 2,
  name: 'drafts and notices',
  sql: `
    CREATE TABLE drafts (
      profile TEXT NOT NULL REFERENCES profiles (id),
      key TEXT NOT NULL,
      text TEXT NOT NULL,
      changed_at INTEGER NOT NULL,
      PRIMARY KEY (profile, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notices (
      id TEXT PRIMARY KEY,
      message TEXT NOT NULL
    ) STRICT;
  `,
}
