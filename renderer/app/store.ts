import { defaultSettings } from '../../main/api/index.ts'
import type { ApiClient, ApiError, CallOutput, ConnectionState, Profile, Settings, StorageStatus } from '../../main/api/index.ts'
import type { LearningFact } from '../../exercises/progress/events.ts'
import type { LibraryIndex } from '../../exercises/content/model.ts'
import type { ProgressSnapshot } from '../../exercises/progress/snapshot.ts'
import { createOutbox } from './outbox.ts'
import { onKeptElsewhere, pageStorage, unsentFacts } from './unsent-facts.ts'

export type AppInfo = CallOutput<'app.info'>

export interface AppState {
  info: AppInfo
  library: LibraryIndex
  progress: ProgressSnapshot
  settings: Settings
  storage: StorageStatus
  profiles: { profiles: Profile[]; active: string }
  connection: ConnectionState
}

export type Start = { state: 'loading' } | { state: 'failed'; error: ApiError } | { state: 'ready'; store: AppStore }

/** The window's copy of what the core knows, kept current by pushes. */
export interface AppStore {
  readonly api: ApiClient
  get(): AppState
  subscribe(listener: () => void): () => void
  record(facts: readonly LearningFact[]): Promise<{ durable: boolean }>
  change(patch: Partial<Settings>): void
  reloadProfiles(): Promise<void>
  /** Answers of library calls of this revision, so that going back is instant. */
  readonly cache: Map<string, unknown>
  /** Hears about a call that the core refused and that no screen waits for. */
  onProblem(listener: (error: ApiError) => void): () => void
}

/** Time for a window that keeps facts to send them itself, ms. */
const keptElsewhereMs = 5_000

const emptyProgress: ProgressSnapshot = { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 }
const emptyStorage: StorageStatus = { state: 'ok', pending: 0, message: null, notices: [] }

/** Asks the core for everything the shell needs. Only the app's identity and the library are indispensable. */
export async function openStore(api: ApiClient): Promise<{ ok: true; store: AppStore } | { ok: false; error: ApiError }> {
  const [info, library, progress, settings, storage, profiles] = await Promise.all([
    api.call('app.info', {}),
    api.call('library.index', {}),
    api.call('progress.snapshot', {}),
    api.call('settings.get', {}),
    api.call('storage.status', {}),
    api.call('profile.list', {}),
  ])
  if (!info.ok) return { ok: false, error: info.error }
  if (!library.ok) return { ok: false, error: library.error }
  return {
    ok: true,
    store: createStore(api, {
      info: info.value,
      library: library.value,
      progress: progress.ok ? progress.value : emptyProgress,
      settings: settings.ok ? settings.value : defaultSettings,
      storage: storage.ok ? storage.value : emptyStorage,
      profiles: profiles.ok ? profiles.value : { profiles: [], active: '' },
      connection: api.state,
    }),
  }
}

/** The store around an initial state; subscribes to every push for the life of the window. */
export function createStore(api: ApiClient, initial: AppState): AppStore {
  let state = initial
  const listeners = new Set<() => void>()
  const problemListeners = new Set<(error: ApiError) => void>()
  const cache = new Map<string, unknown>()

  function set(patch: Partial<AppState>): void {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }
  function problem(error: ApiError): void {
    for (const listener of problemListeners) listener(error)
  }
  async function refresh(): Promise<void> {
    const [library, progress, settings, storage] = await Promise.all([
      api.call('library.index', {}),
      api.call('progress.snapshot', {}),
      api.call('settings.get', {}),
      api.call('storage.status', {}),
    ])
    set({
      ...(library.ok ? { library: library.value } : {}),
      ...(progress.ok ? { progress: progress.value } : {}),
      ...(settings.ok ? { settings: settings.value } : {}),
      ...(storage.ok ? { storage: storage.value } : {}),
    })
  }
  async function reloadProfiles(): Promise<void> {
    const answer = await api.call('profile.list', {})
    if (answer.ok) set({ profiles: answer.value })
  }

  const outbox = createOutbox(api, { snapshot: (progress) => set({ progress }), refused: problem, profile: () => state.profiles.active, kept: unsentFacts(pageStorage()) })
  let lookAgain: ReturnType<typeof setTimeout> | null = null
  // Another window of this learner may have lost the core. What it keeps is sent from here, unless it was sent meanwhile.
  onKeptElsewhere(() => {
    lookAgain ??= setTimeout(() => {
      lookAgain = null
      outbox.flush()
    }, keptElsewhereMs)
  })

  api.on('progress.changed', (progress) => set({ progress }))
  api.on('settings.changed', (settings) => set({ settings }))
  api.on('storage.changed', (storage) => {
    const isBack = storage.state === 'ok' && state.storage.state !== 'ok'
    set({ storage })
    if (isBack) outbox.flush()
  })
  api.on('profile.changed', () => {
    void reloadProfiles().then(outbox.flush)
    void refresh()
  })
  api.on('library.changed', () => {
    cache.clear()
    void api.call('library.index', {}).then((answer) => {
      if (answer.ok) set({ library: answer.value })
    })
  })
  api.onState((connection) => {
    set({ connection })
    if (connection === 'open') {
      outbox.flush()
      void refresh()
    }
  })
  outbox.flush()

  return {
    api,
    cache,
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    record: (facts) => outbox.record(facts),
    change(patch) {
      const before = state.settings
      set({ settings: { ...before, ...patch } })
      void api.call('settings.set', patch).then((answer) => {
        if (answer.ok) return
        // The choice stays in force for this window; only keeping it failed.
        problem(answer.error)
      })
    },
    reloadProfiles,
    onProblem(listener) {
      problemListeners.add(listener)
      return () => problemListeners.delete(listener)
    },
  }
}
