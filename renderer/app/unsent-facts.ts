/**
 * Facts that are not on disk yet, kept by the browser too: they survive the end of this window, and of the core that
 * did not answer. Each is an entry of its own, so that two windows never overwrite each other's; ids make a second
 * sending harmless.
 */
import { learningEventSchema } from '../../exercises/progress/events.ts'
import type { LearningEvent } from '../../exercises/progress/events.ts'

const prefix = 'firedrill.unsent/'

export interface UnsentFacts {
  keep(profile: string, event: LearningEvent): void
  forget(profile: string, ids: Iterable<string>): void
  /** What is kept for a profile, in the order in which it happened. */
  of(profile: string): LearningEvent[]
}

/** `storage` null, full or forbidden: nothing is kept, which only matters when the core ends before it answers. */
export function unsentFacts(storage: Storage | null): UnsentFacts {
  const keyOf = (profile: string, id: string): string => `${prefix}${profile}/${id}`
  return {
    keep(profile, event) {
      try {
        storage?.setItem(keyOf(profile, event.id), JSON.stringify(event))
      } catch {
        // The fact is still in memory, and the core is asked at once.
      }
    },
    forget(profile, ids) {
      for (const id of ids) storage?.removeItem(keyOf(profile, id))
    },
    of(profile) {
      if (storage === null) return []
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(keyOf(profile, '')))
      return keys
        .flatMap((key) => parse(storage.getItem(key)) ?? [])
        .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    },
  }
}

/** Calls back when another window of this origin keeps a fact. Returns the function that stops listening. */
export function onKeptElsewhere(listener: () => void): () => void {
  const heard = (event: StorageEvent): void => {
    if (event.key?.startsWith(prefix) === true && event.newValue !== null) listener()
  }
  window.addEventListener('storage', heard)
  return () => window.removeEventListener('storage', heard)
}

/** The store of this origin; null where the browser withholds it. */
export function pageStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

function parse(text: string | null): LearningEvent | null {
  if (text === null) return null
  try {
    const parsed = learningEventSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
