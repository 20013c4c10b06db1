import { createMemoryStore } from './memory-store.ts'
import type { Change } from './store.ts'

/** Changes that could not be written yet, in order, and how they read meanwhile. */
export interface WaitingChanges {
  readonly list: readonly Change[]
  readonly store: ReturnType<typeof createMemoryStore>
}

export const noChanges = (): WaitingChanges => ({ list: [], store: createMemoryStore() })

/** Adds changes at the end. A newer text of the same draft or settings replaces the one that waits: typing is frequent. */
export function addWaiting(waiting: WaitingChanges, changes: readonly Change[]): WaitingChanges {
  const replaced = new Set(changes.flatMap((change) => subjectOf(change) ?? []))
  const earlier = replaced.size === 0 ? waiting.list : waiting.list.filter((change) => !replaced.has(subjectOf(change) ?? ''))
  waiting.store.write(changes)
  return { list: [...earlier, ...changes], store: waiting.store }
}

function subjectOf(change: Change): string | null {
  if (change.kind === 'draft') return `draft ${change.profile} ${change.key}`
  if (change.kind === 'settings') return `settings ${change.profile}`
  return null
}

/**
 * Moves what was done under a profile that was made for want of a readable file to the profile that the file turns out
 * to have. Its name and settings are dropped, the work is kept.
 */
export function adoptInto(changes: readonly Change[], provisional: string, profile: string): Change[] {
  return changes.flatMap((change): Change[] => {
    switch (change.kind) {
      case 'profile':
        return change.profile.id === provisional ? [] : [change]
      case 'active-profile':
      case 'settings':
        return change.profile === provisional ? [] : [change]
      case 'event':
      case 'draft':
        return [change.profile === provisional ? { ...change, profile } : change]
      default:
        return [change]
    }
  })
}
