import type { Result } from '../../../exercises/core/result.ts'
import type { ApiError, Backup } from '../../api/contract.ts'
import type { DurableStore } from '../../storage/index.ts'

/** How often to see whether a day has begun. */
const checkIntervalMs = 60 * 60 * 1000

export interface BackupService {
  list(): Backup[]
  create(): Promise<Result<Backup, ApiError>>
  restore(name: string): Promise<Result<{ restored: Backup; setAside: Backup }, ApiError>>
  stop(): void
}

export interface BackupOptions {
  store: DurableStore
  now(): number
  every(intervalMs: number, work: () => void): () => void
  /** Whether there is anything worth a copy. */
  hasWork(): boolean
}

/** Backups on demand, and one by itself on each day (UTC) on which Firedrill runs. */
export function createBackups({ store, now, every, hasWork }: BackupOptions): BackupService {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

  function daily(): void {
    if (!hasWork() || store.status().state !== 'ok') return
    const today = day(now())
    if (store.backups().some(({ reason, at }) => reason === 'daily' && day(at) === today)) return
    // A failure is in the log already, and the next check tries again.
    void store.backup('daily')
  }

  daily()
  const stop = every(checkIntervalMs, daily)
  return { list: () => store.backups(), create: () => store.backup('manual'), restore: (name) => store.restore(name), stop }
}
