/** Numbered requests to one worker, each with a limit of time. What is late ends the worker: nothing else stops it. */
import type { Clock, WorkerPort } from '../../session/port.ts'
import type { WorkerNews, WorkerReply } from './protocol.ts'

export type CallOutcome =
  | { state: 'answered'; value: unknown }
  /** It ran into its limit, or waited behind a request that did; the worker was ended. */
  | { state: 'late' }
  /** The worker broke down; it was ended. */
  | { state: 'crashed'; why: string }
  /** The worker answered that it cannot. */
  | { state: 'refused'; message: string }

interface Pending {
  settle(outcome: CallOutcome): void
  hear(news: WorkerNews): void
}

export class WorkerCalls {
  readonly #port: WorkerPort
  readonly #clock: Clock
  readonly #pending = new Map<number, Pending>()
  readonly #onEnd: () => void
  #nextId = 1
  #ended = false

  /** @param onEnd told once, when the worker was ended for whatever reason */
  constructor(port: WorkerPort, clock: Clock, onEnd: () => void) {
    this.#port = port
    this.#clock = clock
    this.#onEnd = onEnd
    port.listen(
      (message) => {
        // Both workers are ours: see protocol.ts.
        const reply = message as WorkerReply
        const pending = this.#pending.get(reply.id)
        if (pending === undefined) return
        if ('news' in reply) pending.hear(reply.news)
        else pending.settle(reply.ok ? { state: 'answered', value: reply.value } : { state: 'refused', message: reply.message })
      },
      (why) => this.#end({ state: 'crashed', why }),
    )
  }

  /** `onNews` hears what is being done; the limit that it returns, ms, starts the clock anew. Never rejects. */
  ask(request: (id: number) => { id: number }, limitMs: number, onNews?: (news: WorkerNews) => number): Promise<CallOutcome> {
    if (this.#ended) return Promise.resolve({ state: 'crashed', why: 'the worker was ended' })
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve) => {
      const startClock = (ms: number): (() => void) => this.#clock.later(ms, () => this.#end({ state: 'late' }))
      let stopClock = startClock(limitMs)
      this.#pending.set(id, {
        settle: (outcome) => {
          stopClock()
          this.#pending.delete(id)
          resolve(outcome)
        },
        hear: (news) => {
          const nextMs = onNews?.(news)
          if (nextMs === undefined) return
          stopClock()
          stopClock = startClock(nextMs)
        },
      })
      this.#port.post(request(id))
    })
  }

  /** Ends the worker at once. What is under way is told that it crashed. */
  end(): void {
    this.#end({ state: 'crashed', why: 'it was ended' })
  }

  #end(outcome: CallOutcome): void {
    if (this.#ended) return
    this.#ended = true
    this.#port.end()
    for (const pending of this.#pending.values()) pending.settle(outcome)
    this.#onEnd()
  }
}
