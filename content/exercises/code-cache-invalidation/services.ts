/** A profile as it is stored. Each commit raises `version` by one. */
export interface Row {
  name: string
  version: number
}

export interface Database {
  read(id: string): Promise<Row | undefined>
  /** One transaction. Returns the row that was committed; rejects when it was rolled back. */
  update(id: string, name: string): Promise<Row>
}

/** Shared by all processes. Any call may fail. */
export interface Cache {
  /** The row, or on a miss a lease, with which `fill` may store one. */
  get(key: string): Promise<{ row: Row } | { lease: number }>
  /** Stores, unless the lease has ended. */
  fill(key: string, row: Row, ttlMs: number, lease: number): Promise<void>
  /** Stores, whatever is there. Ends the leases of the key. */
  set(key: string, row: Row, ttlMs: number): Promise<void>
  /** Stores, unless the same or a higher version is there. Ends the leases of the key when it stores. */
  setIfNewer(key: string, row: Row, ttlMs: number): Promise<void>
  /** Removes the row, and ends the leases of the key. */
  delete(key: string): Promise<void>
}

/** The cache's side, step by step as it happens there. */
export class CacheServer {
  readonly #rows = new Map<string, { row: Row; untilMs: number }>()
  readonly #leases = new Map<number, string>()
  #lastLease = 0

  constructor(private readonly nowMs: () => number) {}

  peek(key: string): Row | undefined {
    const entry = this.#rows.get(key)
    return entry !== undefined && this.nowMs() < entry.untilMs ? entry.row : undefined
  }

  get(key: string): { row: Row } | { lease: number } {
    const row = this.peek(key)
    if (row !== undefined) return { row: { ...row } }
    this.#lastLease += 1
    this.#leases.set(this.#lastLease, key)
    return { lease: this.#lastLease }
  }

  fill(key: string, row: Row, ttlMs: number, lease: number): void {
    if (this.#leases.get(lease) === key) this.set(key, row, ttlMs)
  }

  set(key: string, row: Row, ttlMs: number): void {
    this.#endLeases(key)
    this.#rows.set(key, { row: { ...row }, untilMs: this.nowMs() + ttlMs })
  }

  setIfNewer(key: string, row: Row, ttlMs: number): void {
    const there = this.peek(key)
    if (there === undefined || there.version < row.version) this.set(key, row, ttlMs)
  }

  delete(key: string): void {
    this.#endLeases(key)
    this.#rows.delete(key)
  }

  #endLeases(key: string): void {
    for (const [lease, of] of this.#leases) if (of === key) this.#leases.delete(lease)
  }
}
