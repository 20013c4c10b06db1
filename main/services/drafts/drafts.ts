import type { DurableStore } from '../../storage/index.ts'

export interface Drafts {
  get(key: string): string | null
  /** @returns whether the text is on disk already */
  set(key: string, text: string): boolean
}

/** Text of the active profile that is being written. */
export function createDrafts(store: DurableStore, activeProfile: () => string, now: () => number): Drafts {
  return {
    get: (key) => store.draft(activeProfile(), key),
    set: (key, text) => store.write([{ kind: 'draft', profile: activeProfile(), key, text, at: now() }]),
  }
}
