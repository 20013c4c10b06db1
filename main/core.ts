/** The core: every service of the app behind the one API. Hosts carry its calls and draw nothing else from it. */
import type { z } from 'zod'
import { uuidRandomBytes, uuidV7 } from '../exercises/core/uuid.ts'
import type { Result } from '../exercises/core/result.ts'
import { ok } from '../exercises/core/result.ts'
import type { ApiError, ApiResult, CallName, CallOutput, Core, PushName, PushPayload } from './api/contract.ts'
import { calls, pushes } from './api/contract.ts'
import { createBackups } from './services/backup/backup.ts'
import { createDrafts } from './services/drafts/drafts.ts'
import type { Library } from './services/library/library.ts'
import { PostgresService } from './services/postgres-lab/service.ts'
import { createProfiles } from './services/profiles/profiles.ts'
import { createProgress } from './services/progress/progress.ts'
import { createSettings } from './services/settings/settings.ts'
import { createStorageStatus } from './services/storage-status/storage-status.ts'
import type { StorageSeams } from './storage/index.ts'
import { backupFolder, createDurableStore, failureOf, isStorageError } from './storage/index.ts'
import { createLogFile } from './storage/log-file.ts'

export interface CoreOptions {
  dataDir: string
  library: Library
  host: 'electron' | 'browser' | 'memory'
  version: string
  platform: string
  /** Checks answers and pushes against their schemas too, which costs time that a learner need not spend. */
  development: boolean
  /** Milliseconds since the Unix epoch. */
  now(): number
  randomBytes(count: number): Uint8Array
  capabilities?: Partial<CallOutput<'app.info'>['capabilities']>
  /** Shows a folder in the system's file manager. */
  openFolder?(path: string): Promise<void>
  /** Writes what a window shows, as it would be printed, to a file that the learner chooses; null when they give it up. */
  savePdf?(window: string, fileName: string): Promise<string | null>
  /** Name of the profile that the first launch makes. */
  learnerName?: string
  /** Calls `work` again and again without keeping the process alive; returns the function that stops it. */
  every?(intervalMs: number, work: () => void): () => void
  /** Where PostgreSQL lies, or why it does not; found among the packages when left out. */
  postgres?: Result<string, string>
  /** Where tests make the disk fail. */
  storage?: StorageSeams
}

type Handlers = { [N in CallName]: (input: z.output<(typeof calls)[N]['input']>, window: string) => ApiResult<CallOutput<N>> | Promise<ApiResult<CallOutput<N>>> }

function everyInterval(intervalMs: number, work: () => void): () => void {
  const timer = setInterval(work, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Builds every service over a data folder. Resolves whatever state the folder is in: where it cannot be used, work is
 * kept in memory and `storage.status` says so. The library stays the caller's to make, and is closed with the core.
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { dataDir, library, now } = options
  const every = options.every ?? everyInterval
  const log = createLogFile(dataDir, now)
  const listeners = new Set<(name: PushName, payload: unknown) => void>()

  function push<N extends PushName>(name: N, payload: PushPayload<N>): void {
    if (options.development) pushes[name].parse(payload)
    for (const listener of listeners) {
      try {
        listener(name, payload)
      } catch (error) {
        // What was done is done; a window that cannot hear of it must not make the call fail.
        log(`push ${name} failed: ${String(error)}`)
      }
    }
  }

  const store = await createDurableStore({ dataDir, now, every, log, seams: options.storage })
  const profiles = createProfiles({
    store,
    now,
    newId: () => uuidV7(now(), options.randomBytes(uuidRandomBytes)),
    firstName: options.learnerName ?? 'Learner',
    onActivated: (active) => push('profile.changed', { active }),
  })
  const progress = createProgress({ store, profiles, now, renamed: () => library.renamed(), onChange: (snapshot) => push('progress.changed', snapshot) })
  const settings = createSettings(store, () => profiles.active())
  const drafts = createDrafts(store, () => profiles.active(), now)

  function reload(): void {
    profiles.reload()
    progress.reload()
    push('settings.changed', settings.get())
  }
  reload()
  store.onReplaced(reload)
  const status = createStorageStatus(store, (next) => push('storage.changed', next))
  const backups = createBackups({ store, now, every, hasWork: () => progress.snapshot().events > 0 })
  const postgres = new PostgresService({
    dataDir,
    library,
    ...(options.postgres === undefined ? {} : { native: options.postgres }),
    onProgress: (progress) => push('postgres.starting', progress),
    onStep: (step) => push('postgres.step', step),
  })
  const stopWatching = library.subscribe((change) => {
    push('library.changed', change)
    progress.contentChanged()
  })

  /** After another profile became active: everything that belongs to a profile is another one's now. */
  function switched<T>(before: string, answer: T): T {
    if (profiles.active() !== before) {
      progress.reload()
      push('settings.changed', settings.get())
    }
    return answer
  }

  const handlers: Handlers = {
    'app.info': () =>
      ok({
        version: options.version,
        host: options.host,
        platform: options.platform,
        dataDir,
        capabilities: { nativeMenu: false, saveDialog: false, ...options.capabilities, openFolder: options.openFolder !== undefined, pdf: options.savePdf !== undefined },
        development: options.development,
      }),
    'library.index': () => ok(library.index()),
    'library.chapter': ({ id }) => {
      const chapter = library.chapter(id)
      return chapter.ok ? ok({ chapter: chapter.value }) : chapter
    },
    'library.exercise': ({ id }) => library.exercise(id),
    'library.glossary': () => ok({ terms: library.glossary() }),
    'library.placement': () => ok({ questions: library.placement() }),
    'library.template': ({ id }) => library.template(id),
    'library.incident': ({ id }) => library.incident(id),
    'progress.snapshot': () => ok(progress.snapshot()),
    'progress.record': ({ events }) => ok(progress.record(events)),
    'progress.attempts': ({ exercise }) => ok({ attempts: progress.attempts(exercise) }),
    'progress.export': () => progress.exportLog(),
    'progress.import': ({ text }) => progress.importLog(text),
    'draft.get': ({ key }) => ok({ text: drafts.get(key) }),
    'draft.set': ({ key, text }) => ok({ durable: drafts.set(key, text) }),
    'profile.list': () => ok({ profiles: profiles.list(), active: profiles.active() }),
    'profile.create': ({ name }) => ok({ profile: profiles.create(name) }),
    'profile.rename': ({ id, name }) => inProfile(profiles.rename(id, name)),
    'profile.activate': ({ id }) => switched(profiles.active(), inProfile(profiles.activate(id))),
    'profile.remove': ({ id }) => switched(profiles.active(), profiles.remove(id)),
    'profile.restore': ({ id }) => inProfile(profiles.restore(id)),
    'settings.get': () => ok(settings.get()),
    'settings.set': (change) => {
      const changed = settings.set(change)
      push('settings.changed', changed)
      return ok(changed)
    },
    'storage.status': () => ok(status.get()),
    'storage.dismissNotice': ({ id }) => ok(status.dismissNotice(id)),
    'backup.list': () => ok({ backups: backups.list(), folder: backupFolder(dataDir) }),
    'backup.create': async () => {
      const backup = await backups.create()
      return backup.ok ? ok({ backup: backup.value }) : backup
    },
    'backup.restore': ({ name }) => backups.restore(name),
    'postgres.available': () => ok(postgres.available()),
    'postgres.open': ({ exercise }, window) => postgres.open(exercise, window),
    'postgres.run': (input, window) => postgres.run(input, window),
    'postgres.cancel': (input, window) => postgres.cancel(input, window),
    'postgres.look': (input, window) => postgres.look(input, window),
    'postgres.tables': (input, window) => postgres.tables(input, window),
    'postgres.reset': (input, window) => postgres.reset(input, window),
    'postgres.close': async (input, window) => ok(await postgres.close(input, window).then(() => ({}))),
    'postgres.grade': (input) => postgres.grade(input),
    'system.savePdf': async ({ fileName }, window) => {
      if (options.savePdf === undefined) return refusal('refused', 'This window cannot write PDF files. Print the chapter, and choose PDF as the printer.')
      try {
        return ok({ path: await options.savePdf(window, fileName) })
      } catch (error) {
        return { ok: false, error: { code: 'refused', message: 'The PDF was not saved. Nothing else was changed. Choose another folder, and look whether the disk is full.', details: String(error) } }
      }
    },
    'system.openDataFolder': async () => {
      if (options.openFolder === undefined) return refusal('refused', `This window cannot open folders. Your data is in ${dataDir}.`)
      await options.openFolder(dataDir)
      return ok({})
    },
  }

  let closing: Promise<void> | null = null
  async function closeAll(): Promise<void> {
    stopWatching()
    backups.stop()
    await postgres.stop()
    await library.close()
    await store.close()
    listeners.clear()
  }

  return {
    async call(name, input, window = '') {
      try {
        if (closing !== null) return refusal('disconnected', 'Firedrill is closing. Start it again to go on.')
        return await runCall(handlers, name, input, window, options.development)
      } catch (error) {
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
        log(`call ${name} failed: ${detail}`)
        if (isStorageError(error)) return { ok: false, error: { code: 'storage', message: failureOf(error, dataDir).message, details: String(error) } }
        return { ok: false, error: { code: 'internal', message: 'Something in Firedrill itself went wrong. Your saved work is safe. Try again; if it stays, report the details.', details: `${name}: ${String(error)}` } }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    windowGone: (window) => postgres.windowGone(window),
    sendCommand: (command) => push('app.command', { command }),
    close: () => (closing ??= closeAll()),
  }
}

function refusal(code: ApiError['code'], message: string): { ok: false; error: ApiError } {
  return { ok: false, error: { code, message } }
}

function inProfile<P>(result: { readonly ok: true; readonly value: P } | { readonly ok: false; readonly error: ApiError }): ApiResult<{ profile: P }> {
  return result.ok ? ok({ profile: result.value }) : result
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}

/** Parses the input, runs the handler, and where `checkAnswer` parses its answer too: a breach there is our bug. */
async function runCall(handlers: Handlers, name: string, input: unknown, window: string, checkAnswer: boolean): Promise<ApiResult<unknown>> {
  if (!isCallName(name)) return refusal('unknown-call', `This version of Firedrill does not know the call "${name.slice(0, 100)}". Reload the window.`)
  const parsed = calls[name].input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { ok: false, error: { code: 'bad-input', message: `Firedrill could not use what the window sent for ${name}; nothing was changed. Reload the window.`, details: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` } }
  }
  // One handler per name, so the pair fits by construction; the compiler cannot follow a union through the index.
  const handler = handlers[name] as (value: unknown, window: string) => ApiResult<unknown> | Promise<ApiResult<unknown>>
  const answer = await handler(parsed.data, window)
  if (checkAnswer && answer.ok) calls[name].output.parse(answer.value)
  return answer
}
