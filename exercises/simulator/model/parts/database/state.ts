import type { ProcessorState } from '../../processor.ts'
import type { LockState } from './locks.ts'
import type { ReplicationState } from './replication.ts'
import type { synchronyLevels } from './schema.ts'

/** A table as it is now. */
export interface Table {
  rows: number
  readonly rowBytes: number
  readonly indexes: string[]
}

/** What can change while the database runs. */
export interface DatabaseSettings {
  connections: number
  disk: number
  /** Bytes used by others than the tables: logs, WAL, a neighbour. */
  extraBytes: number
  /** Bytes a second that fill the disk. */
  fillRate: number
  fillSinceUs: number
  down: boolean
  /** Writes are refused. */
  readOnly: boolean
  /** Queries that scan although their index is there. */
  flipped: readonly string[]
  /** Tables that are locked as a whole. */
  locked: readonly string[]
  errors: number
  /** Indexes that are being built. */
  building: readonly { readonly table: string; readonly index: string }[]
  /** What a write waits for at the replicas. */
  synchrony: (typeof synchronyLevels)[number]
}

export interface DatabaseState {
  readonly settings: DatabaseSettings
  readonly tables: readonly { readonly rows: number; readonly indexes: readonly string[] }[]
  readonly processor: ProcessorState
  readonly replica: ProcessorState
  readonly locks: LockState
  readonly replication: ReplicationState
  readonly live: readonly number[]
  readonly blocked: readonly number[]
}
