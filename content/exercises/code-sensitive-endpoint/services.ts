/** A user as the directory has it at this moment. */
export interface User {
  id: string
  roles: readonly string[]
  teams: readonly string[]
}

export interface Dataset {
  id: string
  /** The team that the data belongs to. */
  team: string
  rows: readonly unknown[]
}

export interface AuditEntry {
  /** Null when nobody was logged in. */
  userId: string | null
  datasetId: string
  decision: 'allowed' | 'denied'
}

export interface Services {
  /** Null when there is no such user any more. */
  user: (id: string) => Promise<User | null>
  dataset: (id: string) => Promise<Dataset | null>
  /** Resolves when the entry is on disk. */
  audit: (entry: AuditEntry) => Promise<void>
}

export interface Request {
  /** From the verified session; null without one. */
  userId: string | null
  datasetId: string
}

export interface Response {
  status: number
  headers: Readonly<Record<string, string>>
  body: unknown
}
