/** The built-in PostgreSQL as a driver: one session, in a thread of the window. Loaded where no server runs. */
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import type { Answer, LabDriver, OpenedSessions } from './driver.ts'
import type { PgliteAnswers, PgliteReply, PgliteRequest } from './pglite-protocol.ts'

/** What is used of a worker. */
export interface PgliteThread {
  send(request: PgliteRequest): void
  onReply(listener: (reply: PgliteReply) => void): void
  end(): void
}

type Question = PgliteRequest extends infer Request ? (Request extends { id: number } ? Omit<Request, 'id'> : never) : never

export function startThread(): PgliteThread {
  const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { type: 'module', name: 'pglite' })
  return {
    send: (request) => worker.postMessage(request),
    onReply: (listener) => {
      worker.onmessage = ({ data }: MessageEvent<PgliteReply>) => listener(data)
      worker.onerror = ({ message }) => listener({ id: -1, ok: false, message })
    },
    end: () => worker.terminate(),
  }
}

/** A statement cannot be stopped but with its thread; the database then begins anew. */
export function pgliteDriver(exercise: PostgresExercise, start: () => PgliteThread = startThread): LabDriver {
  const name = exercise.sessions[0]?.name ?? 'A'
  let thread: PgliteThread | null = null
  let nextId = 1
  const waiting = new Map<number, (reply: PgliteReply) => void>()
  /** Ends what runs, with this as its report. */
  let stop: ((message: string) => void) | null = null

  function ask<Type extends keyof PgliteAnswers>(question: Question & { type: Type }): Answer<PgliteAnswers[Type]> {
    const current = thread
    if (current === null) return Promise.resolve({ ok: false, message: 'The built-in PostgreSQL is closed. Open the exercise again.' })
    const id = nextId
    nextId += 1
    return new Promise((resolve) => {
      waiting.set(id, (reply) => resolve(reply.ok ? { ok: true, value: reply.value as PgliteAnswers[Type] } : { ok: false, message: reply.message }))
      current.send({ id, ...question } as PgliteRequest)
    })
  }
  function endThread(): void {
    thread?.end()
    thread = null
    for (const tell of waiting.values()) tell({ id: -1, ok: false, message: 'The built-in PostgreSQL was stopped.' })
    waiting.clear()
  }
  async function open(): Answer<OpenedSessions> {
    endThread()
    const made = start()
    thread = made
    made.onReply((reply) => {
      // A thread that breaks answers nobody in particular.
      const tellers = reply.id === -1 ? [...waiting.values()] : [waiting.get(reply.id)]
      if (reply.id === -1) waiting.clear()
      else waiting.delete(reply.id)
      for (const tell of tellers) tell?.(reply)
    })
    const { setup, seed, extensions } = exercise
    const opened = await ask<'open'>({ type: 'open', setup, seed, extensions })
    if (!opened.ok) return { ok: false, message: `The built-in PostgreSQL did not start: ${opened.message}. Your answer is safe. Try again.` }
    return { ok: true, value: { version: opened.value, sessions: [{ name, backendPid: null, transaction: 'idle' }] } }
  }
  return {
    open: (onStart) => {
      onStart({ done: 0.3, says: 'Starting the built-in PostgreSQL' })
      return open()
    },
    reset: open,
    async run(_session, sql, parameters) {
      const stopped = new Promise<string>((resolve) => (stop = resolve))
      const timer = setTimeout(() => stop?.(`Stopped after ${String(exercise.limits.statementMs / 1000)} s without a result.`), exercise.limits.statementMs)
      const outcome = await Promise.race([ask<'run'>({ type: 'run', sql, parameters, maxRows: exercise.limits.rows }), stopped])
      clearTimeout(timer)
      stop = null
      if (typeof outcome !== 'string') return outcome
      const reopened = await open()
      return reopened.ok ? { ok: true, value: stoppedReport(sql, outcome) } : reopened
    },
    cancel: () => stop?.('Stopped by you.'),
    look: () => Promise.resolve({ ok: true, value: { activity: [], lost: [] } }),
    tables: () => ask<'tables'>({ type: 'tables' }),
    close: endThread,
  }
}

function stoppedReport(sql: string, message: string): RunReport {
  const hint = 'The built-in PostgreSQL can only be stopped as a whole: the database is as it was given.'
  return { results: [], notices: [], error: { sqlstate: '57014', message, hint, start: 0, end: sql.length }, transaction: 'idle', milliseconds: 0 }
}
