import { compareEvents } from '../../exercises/progress/projection.ts'
import type { LearningEvent } from '../../exercises/progress/events.ts'
import type { Change, ReadStore, StoredNotice, StoredProfile, WriteStore } from './store.ts'

/** Keeps changes in memory: what cannot be written now, or a whole session without a usable data folder. */
export function createMemoryStore(): ReadStore & WriteStore & { dismissed(id: string): boolean } {
  const profiles = new Map<string, StoredProfile>()
  const settings = new Map<string, Record<string, unknown>>()
  const drafts = new Map<string, string>()
  const events = new Map<string, Map<string, LearningEvent>>()
  const notices = new Map<string, StoredNotice>()
  const dismissed = new Set<string>()
  let active: string | null = null

  function apply(change: Change): void {
    switch (change.kind) {
      case 'event': {
        const log = events.get(change.profile) ?? new Map<string, LearningEvent>()
        events.set(change.profile, log)
        if (!log.has(change.event.id)) log.set(change.event.id, change.event)
        return
      }
      case 'profile':
        profiles.set(change.profile.id, change.profile)
        return
      case 'active-profile':
        active = change.profile
        return
      case 'settings':
        settings.set(change.profile, change.values)
        return
      case 'draft':
        drafts.set(`${change.profile} ${change.key}`, change.text)
        return
      case 'notice':
        notices.set(change.notice.id, change.notice)
        dismissed.delete(change.notice.id)
        return
      case 'notice-dismissed':
        notices.delete(change.id)
        dismissed.add(change.id)
    }
  }

  return {
    profiles: () => [...profiles.values()],
    activeProfile: () => active,
    settings: (profile) => settings.get(profile) ?? null,
    draft: (profile, key) => drafts.get(`${profile} ${key}`) ?? null,
    events: (profile) => [...(events.get(profile)?.values() ?? [])].sort(compareEvents),
    notices: () => [...notices.values()],
    dismissed: (id) => dismissed.has(id),
    write: (changes) => changes.forEach(apply),
  }
}
