/** The small interface behind which the database hides. SQL and better-sqlite3 are named only in this folder. */
import type { LearningEvent } from '../../exercises/progress/events.ts'
import type { Profile } from '../api/contract.ts'

/** A profile as kept: removed ones stay, so that removal can be undone. */
export interface StoredProfile extends Profile {
  removedAt: number | null
}

/** Told until dismissed, also across starts: a damaged file was set aside, a backup restored. */
export interface StoredNotice {
  id: string
  message: string
}

/**
 * One write. Each can be applied again without harm, so a queue of them can be retried after a failure of which nobody
 * knows how far it came.
 */
export type Change =
  | { kind: 'event'; profile: string; event: LearningEvent }
  | { kind: 'profile'; profile: StoredProfile }
  | { kind: 'active-profile'; profile: string }
  /** Whole settings of a profile, as plain values. */
  | { kind: 'settings'; profile: string; values: Record<string, unknown> }
  | { kind: 'draft'; profile: string; key: string; text: string; at: number }
  | { kind: 'notice'; notice: StoredNotice }
  | { kind: 'notice-dismissed'; id: string }

export interface ReadStore {
  /** Every profile, removed ones too, oldest first. */
  profiles(): StoredProfile[]
  activeProfile(): string | null
  settings(profile: string): Record<string, unknown> | null
  draft(profile: string, key: string): string | null
  /** The whole log of a profile, in the order (at, id). */
  events(profile: string): LearningEvent[]
  notices(): StoredNotice[]
}

export interface WriteStore {
  /**
   * Applies all changes in one transaction that is on disk when this returns.
   * @throws the driver's error when nothing was written
   */
  write(changes: readonly Change[]): void
}
