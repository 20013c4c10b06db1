import type { LearningEvent } from '../../exercises/progress/events.ts'
import { compareEvents } from '../../exercises/progress/projection.ts'
import type { createMemoryStore } from './memory-store.ts'
import type { ReadStore } from './store.ts'

/** Reads that show what waits to be written as if it had been. `base` is null where there is nothing to read. */
export function mergeReads(base: ReadStore | null, waiting: ReturnType<typeof createMemoryStore>): ReadStore {
  return {
    profiles() {
      const byId = new Map([...(base?.profiles() ?? []), ...waiting.profiles()].map((profile) => [profile.id, profile]))
      return [...byId.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    },
    activeProfile: () => waiting.activeProfile() ?? base?.activeProfile() ?? null,
    settings: (profile) => waiting.settings(profile) ?? base?.settings(profile) ?? null,
    draft: (profile, key) => waiting.draft(profile, key) ?? base?.draft(profile, key) ?? null,
    events(profile) {
      const stored = base?.events(profile) ?? []
      const added = waiting.events(profile)
      if (added.length === 0) return stored
      const byId = new Map<string, LearningEvent>(stored.map((event) => [event.id, event]))
      for (const event of added) if (!byId.has(event.id)) byId.set(event.id, event)
      return [...byId.values()].sort(compareEvents)
    },
    notices() {
      const byId = new Map([...(base?.notices() ?? []), ...waiting.notices()].map((notice) => [notice.id, notice]))
      return [...byId.values()].filter(({ id }) => !waiting.dismissed(id))
    },
  }
}
