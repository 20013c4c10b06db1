/** Runs `sql run` blocks in a thread that can be ended, so that no block of a chapter holds up validation for ever. */
import { Worker } from 'node:worker_threads'
import { BlockFailure } from './run-engine.ts'
import type { BlockDatabase } from './run-engine.ts'

export interface BlockTask {
  contentDir: string
}
export type BlockRequest = { type: 'open'; dataset: string | null } | { type: 'run' | 'plan'; text: string }
export type BlockReply = { ok: true; printed: string } | { ok: false; message: string; line: number }

/** A dataset may have to be built first, on a slow machine. */
const openLimitMs = 120_000

export interface SqliteThread {
  /** Opens a database with the dataset, and closes the one before it. @throws BlockFailure */
  open(dataset: string | null): Promise<BlockDatabase>
  close(): Promise<void>
}

/** A block that runs longer than `blockLimitMs` fails; the next database that is opened is in a new thread. */
export function createSqliteThread(contentDir: string, blockLimitMs: number): SqliteThread {
  let worker: Worker | null = null

  const end = async (): Promise<void> => {
    const ended = worker
    worker = null
    await ended?.terminate()
  }

  const ask = async (request: BlockRequest, limitMs: number): Promise<string> => {
    const task: BlockTask = { contentDir }
    const asked = (worker ??= new Worker(new URL('./sqlite-thread.ts', import.meta.url), { workerData: task }))
    const { promise, resolve } = Promise.withResolvers<BlockReply | 'late' | Error>()
    const timer = setTimeout(() => resolve('late'), limitMs)
    asked.once('message', resolve)
    asked.once('error', resolve)
    asked.postMessage(request)
    const reply = await promise
    clearTimeout(timer)
    asked.off('message', resolve)
    asked.off('error', resolve)
    if (reply === 'late' || reply instanceof Error) {
      await end()
      throw new BlockFailure(reply === 'late' ? `it was stopped after ${limitMs / 1000} s` : reply.message, 0)
    }
    if (!reply.ok) throw new BlockFailure(reply.message, reply.line)
    return reply.printed
  }

  return {
    open: async (dataset) => {
      await ask({ type: 'open', dataset }, openLimitMs)
      return {
        run: (text) => ask({ type: 'run', text }, blockLimitMs),
        plan: (text) => ask({ type: 'plan', text }, blockLimitMs),
        close: async () => undefined,
      }
    },
    close: end,
  }
}
