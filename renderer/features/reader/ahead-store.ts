/**
 * What is ahead of the projections, for the life of the window: who leaves a chapter and comes back at once, or while
 * the core is away, finds there what was done.
 */
import { emptyChapterProgress } from '../../../exercises/progress/snapshot.ts'
import type { AppStore } from '../../app/store.ts'
import { catchUp, type Ahead } from './ahead.ts'

export interface AheadStore {
  /** What is ahead in a chapter; the same object until it changes. */
  of(chapterId: string): Ahead
  add(chapterId: string, change: (last: Ahead) => Ahead): void
  subscribe(listener: () => void): () => void
}

const made = new WeakMap<AppStore, AheadStore>()

/** The one of this window. */
export function aheadStore(store: AppStore): AheadStore {
  const found = made.get(store) ?? createAheadStore(store)
  made.set(store, found)
  return found
}

function createAheadStore(store: Pick<AppStore, 'get' | 'subscribe'>): AheadStore {
  const chapters = new Map<string, Ahead>()
  const listeners = new Set<() => void>()
  let profile = store.get().profiles.active
  const keptOf = (chapterId: string) => store.get().progress.chapters[chapterId] ?? emptyChapterProgress
  const put = (chapterId: string, next: Ahead): void => {
    chapters.set(chapterId, next)
    for (const listener of listeners) listener()
  }

  store.subscribe(() => {
    const { active } = store.get().profiles
    const isOther = active !== profile
    profile = active
    for (const [chapterId, last] of chapters) {
      const base = keptOf(chapterId)
      // What another learner did is none of this one's.
      if (isOther) put(chapterId, { base, answers: {}, walkthroughs: {} })
      else if (last.base !== base) put(chapterId, catchUp(last, base))
    }
  })

  const of = (chapterId: string): Ahead => {
    const found = chapters.get(chapterId) ?? { base: keptOf(chapterId), answers: {}, walkthroughs: {} }
    chapters.set(chapterId, found)
    return found
  }
  return {
    of,
    add: (chapterId, change) => put(chapterId, change(of(chapterId))),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
