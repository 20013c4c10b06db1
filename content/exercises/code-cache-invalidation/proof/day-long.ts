import type { Cache, Database, Row } from './services.ts'

export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  async read(id: string): Promise<Row | undefined> {
    const found = await this.cache.get(id).catch(() => null)
    if (found !== null && 'row' in found) return found.row
    const row = await this.database.read(id)
    if (found !== null && row !== undefined) await this.cache.fill(id, row, 86_400_000, found.lease).catch(() => undefined)
    return row
  }

  async rename(id: string, name: string): Promise<void> {
    await this.database.update(id, name)
    // It is committed: from here on nothing may tell the caller otherwise.
    await this.cache.delete(id).catch(() => undefined)
  }
}
