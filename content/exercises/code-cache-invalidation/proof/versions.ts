import type { Cache, Database, Row } from './services.ts'

const longestMs = 30_000

async function attempt<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    console.warn('cache', error)
    return undefined
  }
}

export class Profiles {
  readonly #database: Database
  readonly #cache: Cache

  constructor(database: Database, cache: Cache) {
    this.#database = database
    this.#cache = cache
  }

  async read(id: string): Promise<Row | undefined> {
    const hit = await attempt(() => this.#cache.get(id))
    if (hit && 'row' in hit) return hit.row
    const row = await this.#database.read(id)
    if (row) await attempt(() => this.#cache.setIfNewer(id, row, longestMs))
    return row
  }

  async rename(id: string, name: string): Promise<void> {
    const row = await this.#database.update(id, name)
    await attempt(() => this.#cache.setIfNewer(id, row, 60_000))
  }
}
