/** A thread that answers one request at a time and can be ended, so that no block of a chapter holds up validation for ever. */
import { parentPort, Worker } from 'node:worker_threads'
import { BlockFailure } from './run-engine.ts'

type Reply = { ok: true; printed: string } | { ok: false; message: string; line: number }

export interface Thread<Request> {
  /** A request that takes longer than `limitMs` fails, and the next one is put to a new thread. @throws BlockFailure */
  ask(request: Request, limitMs: number): Promise<string>
  end(): Promise<void>
}

/** @param module which calls `answerRequests`; started with the first request */
export function createThread<Request>(module: URL, workerData: unknown): Thread<Request> {
  let worker: Worker | null = null
  const end = async (): Promise<void> => {
    const ended = worker
    worker = null
    await ended?.terminate()
  }
  return {
    end,
    ask: async (request, limitMs) => {
      const asked = (worker ??= new Worker(module, { workerData }))
      const { promise, resolve } = Promise.withResolvers<Reply | 'late' | Error>()
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
    },
  }
}

/** In the thread: answers each request. */
export function answerRequests<Request>(answer: (request: Request) => Promise<string>): void {
  const reply = (message: Reply): void => parentPort?.postMessage(message)
  parentPort?.on('message', (request: Request) => {
    answer(request).then(
      (printed) => reply({ ok: true, printed }),
      (error: unknown) => reply({ ok: false, message: error instanceof Error ? error.message : String(error), line: error instanceof BlockFailure ? error.line : 0 }),
    )
  })
}
