/** There is no room: nothing was started. Try another instance, or come back later. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

/** It cannot end, or has not ended, before its deadline. */
export class TooLate extends Error {
  override readonly name = 'TooLate'
}

/** What a running job is told. */
export interface JobContext {
  /** For the calls that it makes: their deadline is the same. */
  deadlineMs: number
  /** Aborts at the deadline. */
  signal: AbortSignal
}

export interface Job<T> {
  run: (context: JobContext) => Promise<T>
  /** By the queue's `nowMs`. After it, nobody waits for the result. */
  deadlineMs: number
  /** How long it usually takes. With less than that left, it is not worth starting. */
  needsMs: number
}
