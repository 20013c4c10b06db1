import type { Cache, Database, Row } from './services.ts'

/** Profiles, read through a cache. Several processes run this; the key of a profile is its id. */
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  /** The profile; from the cache where it is there. Rejects only when the database does. */
  async read(id: string): Promise<Row | undefined> {
    const found = await this.cache.get(id)
    if ('row' in found) return found.row
    const row = await this.database.read(id)
    if (row !== undefined) await this.cache.set(id, row, 86_400_000)
    return row
  }

  /** Rejects exactly when the database did. */
  async rename(id: string, name: string): Promise<void> {
    await this.cache.delete(id)
    await this.database.update(id, name)
  }
}
