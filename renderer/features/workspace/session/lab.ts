/**
 * The learner's database: one worker that can be ended at any time without losing what was done. Finished writes are
 * kept in a journal; when a worker is ended, the next one opens the same image and replays them.
 */
import type { PlanNode, SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { JournalEntry } from './journal.ts'
import { entriesOf, settledEntries } from './journal.ts'
import type { LabOptions, LabState, RunOutcome } from './lab-options.ts'
import type { WorkerPort } from './port.ts'
import type { LabAnswers, LabFailure, LabReply, LabRequest } from './protocol.ts'

type LabAnswer = Exclude<LabReply, { progress: number }>

/** All writes together may take this long to be made again; what does not fit is given up. */
const REPLAY_LIMIT_MS = 20_000
/** Building or restoring may take this long before it counts as failed: a slow laptop builds 200,000 orders in 6 s. */
const OPEN_LIMIT_MS = 60_000

class Ended extends Error {
  readonly by: 'limit' | 'person' | 'crash'
  readonly why: string
  constructor(by: Ended['by'], why: string) {
    super(why)
    this.by = by
    this.why = why
  }
}

class Refused extends Error {
  readonly failure: LabFailure
  constructor(failure: LabFailure) {
    super(failure.message)
    this.failure = failure
  }
}

class ReplayEnded extends Error {
  readonly index: number
  constructor(index: number) {
    super(`Write ${index + 1} could not be made again.`)
    this.index = index
  }
}

export class SqlLab {
  readonly #options: LabOptions
  #port: WorkerPort | null = null
  #image: Uint8Array<ArrayBuffer> | null = null
  #journal: JournalEntry[]
  /** Writes to make again that belong to an earlier visit. */
  #isReturning: boolean
  #lost: JournalEntry[] = []
  #plansAsGiven: ReadonlyMap<string, PlanNode[]> = new Map()
  #pending: { id: number; settle: (reply: LabAnswer) => void; abort: (error: Ended) => void } | null = null
  #nextId = 1
  /** Requests go one after another: the worker has one thread. */
  #queue: Promise<unknown> = Promise.resolve()
  #running = false
  #closed = false

  constructor(options: LabOptions) {
    this.#options = options
    this.#journal = [...options.journal.entries]
    this.#isReturning = this.#journal.length > 0
  }

  /** Opens the database. Resolves also when it fails; the state says so. */
  open(): Promise<void> {
    return this.#enqueue(async () => {
      this.#setState({ name: 'opening', progress: null })
      this.#image ??= await this.#options.images.load()
      await this.#start()
    })
  }

  /** Runs statements under the time limit. Never rejects. */
  run(sql: string): Promise<RunOutcome> {
    return this.#enqueue(async (): Promise<RunOutcome> => {
      const startedMs = this.#options.clock.now()
      const elapsed = (): number => this.#options.clock.now() - startedMs
      if (this.#port === null) return { state: 'stopped', by: 'crash', elapsedMs: 0, kept: this.#journal.length }
      this.#setState({ name: 'running', sinceMs: startedMs })
      this.#running = true
      try {
        const { maxRows, parameters, timeMs } = this.#options
        const results = await this.#ask({ type: 'run', sql, maxRows, parameters }, timeMs)
        const elapsedMs = elapsed()
        this.#write(entriesOf(results))
        this.#setState({ name: 'ready' })
        return { state: 'done', results, elapsedMs }
      } catch (error) {
        const elapsedMs = elapsed()
        if (error instanceof Refused && error.failure.kind !== 'crash') {
          this.#write(entriesOf(error.failure.before))
          this.#setState({ name: 'ready' })
          return { state: 'failed', failure: error.failure, elapsedMs }
        }
        const by = error instanceof Ended ? error.by : 'crash'
        // The answer is shown at once; the next request waits for the new worker.
        void this.#enqueue(() => this.#start())
        return { state: 'stopped', by, elapsedMs, kept: this.#journal.length }
      } finally {
        this.#running = false
      }
    })
  }

  /** The plan of one statement, or why it has none. */
  plan(sql: string): Promise<{ ok: true; plan: PlanNode[] } | { ok: false; message: string }> {
    return this.#enqueue(async () => {
      try {
        const plan = await this.#ask({ type: 'plan', sql, parameters: this.#options.parameters }, this.#options.timeMs)
        return { ok: true, plan }
      } catch (error) {
        if (error instanceof Ended) void this.#enqueue(() => this.#start())
        return { ok: false, message: error instanceof Error ? error.message : String(error) }
      }
    })
  }

  /** Tables with row counts; empty while there is no database. */
  schema(): Promise<SchemaTable[]> {
    return this.#enqueue(async () => {
      try {
        return await this.#ask({ type: 'schema' }, OPEN_LIMIT_MS)
      } catch (error) {
        if (error instanceof Ended) void this.#enqueue(() => this.#start())
        return []
      }
    })
  }

  /** Ends the running query at the learner's wish. False when nothing runs. */
  stop(): boolean {
    if (!this.#running || this.#pending === null) return false
    this.#end(new Ended('person', 'Stopped.'))
    return true
  }

  /** Throws the learner's writes away and opens the data afresh. */
  reset(): Promise<void> {
    this.stop()
    return this.#enqueue(async () => {
      this.#journal = []
      this.#isReturning = false
      this.#options.journal.keep([])
      await this.#start()
    })
  }

  /** The plan that one of `plannedFirst` had before the writes of an earlier visit; null when there were none. */
  planAsGiven(sql: string): PlanNode[] | null {
    return this.#plansAsGiven.get(sql) ?? null
  }

  /** Ends the worker for good. */
  close(): void {
    this.#closed = true
    this.#end(new Ended('person', 'Closed.'))
  }

  async #start(): Promise<void> {
    if (this.#closed) return
    this.#port?.end()
    this.#listenTo(this.#options.spawn())
    if (this.#journal.length > 0) this.#setState({ name: 'restoring', statements: this.#journal.length })
    try {
      const opened = await this.#ask({ type: 'open', source: this.#options.source, image: this.#image }, OPEN_LIMIT_MS)
      if (opened.image !== null) {
        this.#image = opened.image
        this.#options.images.save(opened.image)
      }
      if (this.#isReturning) await this.#planAsGiven()
      await this.#replay()
      this.#setState({ name: 'ready' })
    } catch (error) {
      if (this.#closed) return
      if (error instanceof ReplayEnded) {
        // What cannot be repeated would block every later start; what came after it may rest on it.
        const kept = settledEntries(this.#journal.slice(0, error.index))
        this.#lost = [...this.#journal.slice(kept.length), ...this.#lost]
        this.#journal = kept
        return this.#start()
      }
      this.#port?.end()
      this.#port = null
      this.#setState({ name: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  async #planAsGiven(): Promise<void> {
    const plans = new Map<string, PlanNode[]>()
    const { parameters, plannedFirst } = this.#options
    for (const sql of plannedFirst) {
      try {
        plans.set(sql, await this.#ask({ type: 'plan', sql, parameters }, OPEN_LIMIT_MS))
      } catch (error) {
        if (error instanceof Ended) throw error
      }
    }
    this.#plansAsGiven = plans
  }

  async #replay(): Promise<void> {
    const { parameters, maxRows, clock, onReplayed, journal } = this.#options
    const untilMs = clock.now() + REPLAY_LIMIT_MS
    for (const [index, { sql }] of this.#journal.entries()) {
      const leftMs = untilMs - clock.now()
      if (leftMs <= 0) throw new ReplayEnded(index)
      try {
        await this.#ask({ type: 'run', sql, maxRows, parameters }, leftMs)
      } catch {
        throw new ReplayEnded(index)
      }
    }
    if (!this.#isReturning && this.#lost.length === 0) return
    if (this.#lost.length > 0) journal.keep(this.#journal)
    if (!this.#closed) onReplayed({ made: this.#journal.length, lost: this.#lost.map(({ sql }) => sql) })
    this.#isReturning = false
    this.#lost = []
  }

  #write(entries: readonly JournalEntry[]): void {
    if (entries.length === 0) return
    this.#journal.push(...entries)
    this.#options.journal.keep(this.#journal)
  }

  #listenTo(port: WorkerPort): void {
    this.#port = port
    port.listen(
      (message) => {
        const reply = message as LabReply
        if (this.#port !== port || this.#pending?.id !== reply.id) return
        if ('progress' in reply) this.#setState({ name: 'opening', progress: reply.progress })
        else this.#pending.settle(reply)
      },
      (why) => {
        if (this.#port === port) this.#end(new Ended('crash', why))
      },
    )
  }

  #ask<R extends LabRequest>(request: R, limitMs: number): Promise<LabAnswers[R['type']]> {
    const port = this.#port
    if (port === null) return Promise.reject(new Error('The database is not open.'))
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.later(limitMs, () => {
        this.#end(new Ended('limit', `Stopped after ${limitMs / 1_000} s.`))
      })
      this.#pending = {
        id,
        settle: (reply) => {
          cancel()
          this.#pending = null
          // The worker answers each type with its own shape; both ends are ours.
          if (reply.ok) resolve(reply.value as LabAnswers[R['type']])
          else reject(new Refused(reply.error))
        },
        abort: (error) => {
          cancel()
          this.#pending = null
          reject(error)
        },
      }
      port.post({ id, ...request })
    })
  }

  #end(error: Ended): void {
    this.#port?.end()
    this.#port = null
    this.#pending?.abort(error)
  }

  #setState(state: LabState): void {
    if (!this.#closed) this.#options.onState(state)
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task)
    this.#queue = result.catch(() => undefined)
    return result
  }
}
