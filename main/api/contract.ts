/**
 * The API between the window and the core: one zod schema per call and per push. Both hosts carry exactly this, both
 * sides parse it, and `test/integration/contract` runs one suite over every carrier.
 */
import { z } from 'zod'
import { glossaryTermSchema } from '../../exercises/content/glossary-term.ts'
import { incidentSummarySchema, libraryIndexSchema } from '../../exercises/content/model.ts'
import type { Chapter, Check } from '../../exercises/content/model.ts'
import { templateSchema } from '../../exercises/content/template.ts'
import type { Exercise, KindName } from '../../exercises/kinds/registry.ts'
import { gradeSchema } from '../../exercises/core/grade.ts'
import { labCalls, labPushes } from '../../exercises/kinds/postgres/lab-calls.ts'
import { learningEventSchema } from '../../exercises/progress/events.ts'
import { progressSnapshotSchema } from '../../exercises/progress/snapshot.ts'

/** Failures that a caller can meet. `message` is fit to show a person and ends with a next step. */
export const apiErrorSchema = z.object({
  code: z.enum(['bad-input', 'unknown-call', 'not-found', 'storage', 'newer-data', 'refused', 'internal', 'disconnected']),
  message: z.string(),
  /** For the copyable report; never a stack of another user's machine. */
  details: z.string().optional(),
})
export type ApiError = z.infer<typeof apiErrorSchema>

const nothing = z.strictObject({})
const id = z.string().min(1).max(200)

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'memory']),
  platform: z.string(),
  dataDir: z.string(),
  /** What this host can do beyond the page. */
  capabilities: z.object({ nativeMenu: z.boolean(), openFolder: z.boolean(), saveDialog: z.boolean(), /** `system.savePdf` works. */ pdf: z.boolean() }),
  development: z.boolean(),
})

export const profileSchema = z.object({ id: z.string(), name: z.string(), createdAt: z.number(), lastUsedAt: z.number() })
export type Profile = z.infer<typeof profileSchema>

/** Preferences belong to a profile. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Reading size in px; see `read` in the type scale. */
  readingSize: z.number().int().min(15).max(20),
  /** How long the lines of chapters are, at the most. */
  readingWidth: z.enum(['narrow', 'normal', 'wide']),
  /** Room between the lines of chapters. */
  readingSpacing: z.enum(['normal', 'open', 'very-open']),
  /** `distinct` is Atkinson Hyperlegible Next, whose letters differ more from each other. */
  readingFont: z.enum(['normal', 'distinct']),
  motion: z.enum(['system', 'reduced', 'full']),
  singleKeys: z.boolean(),
  sidebar: z.boolean(),
  sidebarWidth: z.number().int().min(200).max(320),
  inspector: z.boolean(),
  inspectorWidth: z.number().int().min(280).max(440),
  greeted: z.boolean(),
  /** The learning path that is followed; null for none. */
  path: z.string().max(100).nullable(),
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = {
  theme: 'system',
  readingSize: 17,
  readingWidth: 'normal',
  readingSpacing: 'normal',
  readingFont: 'normal',
  motion: 'system',
  singleKeys: true,
  sidebar: true,
  sidebarWidth: 240,
  inspector: true,
  inspectorWidth: 320,
  greeted: false,
  path: null,
}

export const storageStatusSchema = z.object({
  /** `ok`: on disk. `memory`: cannot write now, `pending` changes are kept in memory and retried. `refused`: newer file. */
  state: z.enum(['ok', 'memory', 'refused']),
  pending: z.number().int(),
  message: z.string().nullable(),
  /** Told once after start: a damaged file was set aside, a backup restored, an old schema migrated. */
  notices: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type StorageStatus = z.infer<typeof storageStatusSchema>

export const backupSchema = z.object({ name: z.string(), at: z.number(), bytes: z.number(), reason: z.enum(['daily', 'manual', 'before-restore', 'before-migration']) })
export type Backup = z.infer<typeof backupSchema>

/** Made by our own compiler from validated sources, so the outer shape is checked and the tree is trusted. */
const chapterSchema = z.custom<Chapter>((value) => typeof value === 'object' && value !== null && 'sections' in value)

const checkSchema = z.custom<Check>((value) => typeof value === 'object' && value !== null && 'prompt' in value)

const blocks = z.custom<Chapter['sections'][number]['blocks']>((value) => Array.isArray(value))

/** Everything the workspace needs, ready to run: files are inlined, the dataset is its SQL. */
export const exerciseBundleSchema = z.object({
  /** Of any kind; checked by the schema of its kind when it was loaded. */
  exercise: z.custom<Exercise>((value) => typeof value === 'object' && value !== null && 'kind' in value && 'checks' in value),
  /** The brief, compiled as chapter blocks. */
  prompt: blocks,
  /** Shown after an honest try or when given up. */
  solution: blocks,
  referenceAnswer: z.string(),
  /** Empty for an exercise without data. */
  datasetSql: z.string(),
  /** Identity of the generated data: same key, same bytes, so an image may be cached. Empty without data. */
  datasetKey: z.string(),
})
export type ExerciseBundle = z.infer<typeof exerciseBundleSchema>
/** The bundle of an exercise of one kind. */
export type BundleOf<Kind extends KindName> = ExerciseBundle & { exercise: Extract<Exercise, { kind: Kind }> }

/** A graded answer, as it was. */
export const attemptSchema = z.object({
  id: z.string(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  /** Version of the exercise that it answered. */
  version: z.number().int(),
  answer: z.string(),
  grade: gradeSchema,
  /** After the costs of hints. */
  finalScore: z.number(),
})
export type Attempt = z.infer<typeof attemptSchema>

/** Everything that the incident room needs; the world is built from the files where it runs. */
export const incidentBundleSchema = z.object({
  summary: incidentSummarySchema,
  /** Text by name: incident.yaml, its topology and whatever stands beside them. */
  files: z.record(z.string(), z.string()),
  /** Compiled as chapter blocks; `{{ name }}` stands for what the seed has drawn. */
  briefing: blocks,
  debrief: blocks,
  /** Modes in which it cannot be taken, each with the reason. */
  withoutModes: z.partialRecord(z.enum(['noisy', 'blind', 'double']), z.string()),
  /** What a seed draws. */
  varied: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('number'), name: z.string(), base: z.number(), from: z.number(), to: z.number(), step: z.number() }),
      z.object({ kind: z.literal('word'), name: z.string(), base: z.string(), among: z.array(z.string()) }),
    ]),
  ),
})
export type IncidentBundle = z.infer<typeof incidentBundleSchema>

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { input: I; output: O } => ({ input, output })

export const calls = {
  'app.info': call(nothing, appInfoSchema),
  'library.index': call(nothing, libraryIndexSchema),
  'library.chapter': call(z.strictObject({ id }), z.object({ chapter: chapterSchema })),
  'library.exercise': call(z.strictObject({ id }), exerciseBundleSchema),
  'library.glossary': call(nothing, z.object({ terms: z.array(glossaryTermSchema) })),
  /** The questions of the placement test, with the section that teaches each. */
  'library.placement': call(nothing, z.object({ questions: z.array(z.object({ chapter: z.string(), section: z.string(), check: checkSchema })) })),
  'library.template': call(z.strictObject({ id }), templateSchema),
  'library.incident': call(z.strictObject({ id }), incidentBundleSchema),
  'progress.snapshot': call(nothing, progressSnapshotSchema),
  /** Answers only after the events are durable, or says that they are in memory (`durable: false`). */
  'progress.record': call(
    z.strictObject({ events: z.array(learningEventSchema).min(1).max(500) }),
    z.object({ acknowledged: z.array(z.string()), durable: z.boolean(), snapshot: progressSnapshotSchema }),
  ),
  /** Every graded answer to an exercise that no reset hides, newest first. */
  'progress.attempts': call(z.strictObject({ exercise: id }), z.object({ attempts: z.array(attemptSchema) })),
  'progress.export': call(nothing, z.object({ fileName: z.string(), text: z.string(), events: z.number().int() })),
  'progress.import': call(
    z.strictObject({ text: z.string().max(64 * 1024 * 1024) }),
    z.object({ added: z.number().int(), known: z.number().int(), rejected: z.array(z.object({ line: z.number().int(), why: z.string() })) }),
  ),
  /** Text kept while it is being written (an answer, a query), so that nothing typed is lost. */
  'draft.get': call(z.strictObject({ key: id }), z.object({ text: z.string().nullable() })),
  'draft.set': call(z.strictObject({ key: id, text: z.string().max(1_000_000) }), z.object({ durable: z.boolean() })),
  'profile.list': call(nothing, z.object({ profiles: z.array(profileSchema), active: z.string() })),
  'profile.create': call(z.strictObject({ name: z.string().trim().min(1).max(60) }), z.object({ profile: profileSchema })),
  'profile.rename': call(z.strictObject({ id, name: z.string().trim().min(1).max(60) }), z.object({ profile: profileSchema })),
  'profile.activate': call(z.strictObject({ id }), z.object({ profile: profileSchema })),
  /** Hides the profile; `profile.restore` brings it back. The last one cannot be removed. */
  'profile.remove': call(z.strictObject({ id }), z.object({ active: z.string() })),
  'profile.restore': call(z.strictObject({ id }), z.object({ profile: profileSchema })),
  'settings.get': call(nothing, settingsSchema),
  'settings.set': call(settingsSchema.partial().strict(), settingsSchema),
  'storage.status': call(nothing, storageStatusSchema),
  'storage.dismissNotice': call(z.strictObject({ id }), storageStatusSchema),
  'backup.list': call(nothing, z.object({ backups: z.array(backupSchema), folder: z.string() })),
  'backup.create': call(nothing, z.object({ backup: backupSchema })),
  'backup.restore': call(z.strictObject({ name: id }), z.object({ restored: backupSchema, setAside: backupSchema })),
  ...labCalls,
  /** Writes what the window shows, as it would be printed, to a file that the learner chooses; null when they give it up. Only where `capabilities.pdf`. */
  'system.savePdf': call(z.strictObject({ fileName: z.string().regex(/^[a-z0-9-]{1,100}\.pdf$/) }), z.object({ path: z.string().nullable() })),
  /** Opens the data folder in the system's file manager; only where `capabilities.openFolder`. */
  'system.openDataFolder': call(nothing, nothing),
} as const

export type CallName = keyof typeof calls
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>

/** What the core tells the window without being asked. */
export const pushes = {
  'library.changed': z.object({ revision: z.string(), chapters: z.array(z.string()), exercises: z.array(z.string()), incidents: z.array(z.string()) }),
  'progress.changed': progressSnapshotSchema,
  'profile.changed': z.object({ active: z.string() }),
  'settings.changed': settingsSchema,
  'storage.changed': storageStatusSchema,
  ...labPushes,
  /** A native menu item or shortcut was chosen: the id of an app command. */
  'app.command': z.object({ command: z.string() }),
} as const

export type PushName = keyof typeof pushes
export type PushPayload<N extends PushName> = z.output<(typeof pushes)[N]>

/** An answer as it crosses the wire. */
export type ApiResult<T> = { ok: true; value: T } | { ok: false; error: ApiError }

/** What `createCore` returns and every carrier drives. */
export interface Core {
  /**
   * Parses the input, runs the call, never throws: failures come back as values. `window` names who calls, for what
   * belongs to a window and ends with it.
   */
  call(name: string, input: unknown, window?: string): Promise<ApiResult<unknown>>
  /** Ends what belongs to a window that is gone. */
  windowGone(window: string): void
  /** Listens to every push; returns the function that stops listening. */
  subscribe(listener: (name: PushName, payload: unknown) => void): () => void
  /** Lets a host's menu send a command to the window. */
  sendCommand(command: string): void
  /** Flushes what is pending, closes files. Idempotent. */
  close(): Promise<void>
}

/**
 * `closed`: the core does not answer, and is asked again. `replaced`: Firedrill was started again, and this window belongs
 * to the earlier start.
 */
export type ConnectionState = 'open' | 'closed' | 'replaced'

/** The window's side of a carrier. */
export interface ApiClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<ApiResult<CallOutput<N>>>
  on<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void): () => void
  /** Carrier state: the renderer shows a bar when the core is away. */
  readonly state: ConnectionState
  onState(listener: (state: ConnectionState) => void): () => void
}
