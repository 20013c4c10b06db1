/** What a laboratory is given, and what it tells. */
import type { SqlParameters, StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import type { JournalEntry } from './journal.ts'
import type { Clock, WorkerPort } from './port.ts'
import type { DataSource, LabFailure } from './protocol.ts'

export type LabState =
  /** `progress` 0..1 while the data is built; null while it is read. */
  | { name: 'opening'; progress: number | null }
  | { name: 'ready' }
  | { name: 'running'; sinceMs: number }
  | { name: 'restoring'; statements: number }
  | { name: 'failed'; message: string }

export type RunOutcome =
  | { state: 'done'; results: StatementResult[]; elapsedMs: number }
  | { state: 'failed'; failure: LabFailure; elapsedMs: number }
  /** The worker was ended. The run left no trace; earlier writes are kept. */
  | { state: 'stopped'; by: 'limit' | 'person' | 'crash'; elapsedMs: number; kept: number }

export interface LabOptions {
  spawn(): WorkerPort
  clock: Clock
  source: DataSource
  /** A query is ended after this many milliseconds. */
  timeMs: number
  maxRows: number
  parameters: SqlParameters
  /** The learner's writes of an earlier visit; made again when the data is opened. Every change is told. */
  journal: { entries: readonly JournalEntry[]; keep(entries: readonly JournalEntry[]): void }
  /** Writes were made again after an earlier visit, or some could not be. */
  onReplayed(replayed: Replayed): void
  /** Queries whose plans are wanted as they are before the learner's writes. */
  plannedFirst: readonly string[]
  /** Where images live between visits; may answer null. */
  images: { load(): Promise<Uint8Array<ArrayBuffer> | null>; save(image: Uint8Array<ArrayBuffer>): void }
  onState(state: LabState): void
}

/** What became of the learner's earlier writes. */
export interface Replayed {
  made: number
  /** SQL that no longer works, and what came after it in the same transaction or later. */
  lost: string[]
}
