/** What every screen reads and calls. Screens know nothing of carriers, pushes or retries. */
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ApiClient, ApiError, CallInput, CallName, CallOutput, Settings } from '../../main/api/index.ts'
import type { LearningFact } from '../../exercises/progress/events.ts'
import type { LibraryIndex } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import type { AppInfo, AppState, AppStore } from './store.ts'

export const StoreContext = createContext<AppStore | null>(null)

/** The store of this window; throws outside the provider, which is a bug. */
export function useStore(): AppStore {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('useStore needs a StoreContext above it')
  return store
}

/** One part of the state; re-renders only when that part changes. `select` must return a stable reference. */
export function useAppState<T>(select: (state: AppState) => T): T {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}

export function useApi(): ApiClient {
  return useStore().api
}

export function useLibrary(): LibraryIndex {
  return useAppState((state) => state.library)
}

export function useProgress(): ProgressSnapshot {
  return useAppState((state) => state.progress)
}

export function useAppInfo(): AppInfo {
  return useAppState((state) => state.info)
}

/** Settings of the active profile. A change shows at once and is kept by the core. */
export function useSettings(): { settings: Settings; change(patch: Partial<Settings>): void } {
  const store = useStore()
  return { settings: useAppState((state) => state.settings), change: store.change }
}

/**
 * Records facts: gives them ids and times, applies the snapshot that comes back, keeps and re-sends them while the core
 * is away. `durable: false` means kept, but not yet on disk.
 */
export function useRecord(): (facts: LearningFact[]) => Promise<{ durable: boolean }> {
  return useStore().record
}

export type CallState<T> =
  | { state: 'loading'; value?: undefined; error?: undefined; reload(): void }
  | { state: 'ready'; value: T; error?: undefined; reload(): void }
  | { state: 'failed'; value?: T | undefined; error: ApiError; reload(): void }

type Answer<T> = { key: string; value?: T; error?: ApiError }

/** Library answers kept for going back: enough for a chapter, its neighbours and the exercises between. */
const cacheLimit = 40

/**
 * Calls the core when mounted and when `input` changes. Library calls are asked again when content changes, keeping the
 * old value on screen meanwhile; a call that failed because the core was away is repeated when it is back. While
 * `loading`, draw `Skeleton`s: they appear only after 300 ms.
 */
export function useCall<N extends CallName>(name: N, input: CallInput<N>): CallState<CallOutput<N>> {
  const store = useStore()
  const json = JSON.stringify(input)
  const key = `${name} ${json}`
  const ofLibrary = name.startsWith('library.')
  const revision = useAppState((state) => (ofLibrary ? state.library.revision : ''))
  const cacheKey = `${revision} ${key}`
  const [answer, setAnswer] = useState<Answer<CallOutput<N>> | null>(null)
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((last) => last + 1), [])

  useEffect(() => {
    let current = true
    const cached = ofLibrary && turn === 0 ? store.cache.get(cacheKey) : undefined
    const asked = cached === undefined ? store.api.call(name, JSON.parse(json) as CallInput<N>) : Promise.resolve({ ok: true, value: cached as CallOutput<N> } as const)
    void asked.then((result) => {
      if (!current) return
      if (result.ok) {
        if (ofLibrary) remember(store.cache, cacheKey, result.value)
        setAnswer({ key, value: result.value })
      } else {
        setAnswer((last) => ({ key, error: result.error, ...(last?.key === key && last.value !== undefined ? { value: last.value } : {}) }))
      }
    })
    return () => {
      current = false
    }
  }, [store, name, key, json, cacheKey, ofLibrary, turn])

  const away = answer?.key === key && answer.error?.code === 'disconnected'
  useEffect(() => {
    if (!away) return
    return store.subscribe(() => {
      if (store.get().connection === 'open') reload()
    })
  }, [away, store, reload])

  if (answer === null || answer.key !== key) {
    const cached = ofLibrary ? store.cache.get(cacheKey) : undefined
    return cached === undefined ? { state: 'loading', reload } : { state: 'ready', value: cached as CallOutput<N>, reload }
  }
  if (answer.error) return { state: 'failed', error: answer.error, value: answer.value, reload }
  return { state: 'ready', value: answer.value as CallOutput<N>, reload }
}

function remember(cache: Map<string, unknown>, key: string, value: unknown): void {
  cache.delete(key)
  cache.set(key, value)
  for (const oldest of cache.keys()) {
    if (cache.size <= cacheLimit) return
    cache.delete(oldest)
  }
}
