import type { Cache, Database, Row } from './services.ts'

const ttlMs = 45_000

/** The writer leaves the new row behind where it can, and an empty place where it cannot. */
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  read(id: string): Promise<Row | undefined> {
    return this.cache.get(id).then(
      (found) => ('row' in found ? found.row : this.load(id, found.lease)),
      () => this.database.read(id),
    )
  }

  rename(id: string, name: string): Promise<void> {
    return this.database.update(id, name).then((row) =>
      this.cache
        .setIfNewer(id, row, ttlMs)
        .catch(() => this.cache.delete(id))
        .catch(() => console.warn(`the cache may hold an old ${id} for ${ttlMs} ms`)),
    )
  }

  private async load(id: string, lease: number): Promise<Row | undefined> {
    const row = await this.database.read(id)
    if (!row) return row
    try {
      await this.cache.fill(id, row, ttlMs, lease)
    } catch {
      // The reader has what it came for.
    }
    return row
  }
}
