/** One worker as the page drives it: numbered requests, and an end that always works. */

/** What a worker is to us; a test gives a fake one. */
export interface WorkerPort {
  post(message: unknown): void
  /** Called once, before the first post. `crashed` gets the browser's words. */
  listen(received: (message: unknown) => void, crashed: (why: string) => void): void
  /** Ends the thread at once, whatever it is doing. */
  end(): void
}

/** Puts a real module worker behind a port. */
export function workerPort(worker: Worker): WorkerPort {
  return {
    post: (message) => worker.postMessage(message),
    listen: (received, crashed) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => received(event.data))
      worker.addEventListener('error', (event) => crashed(event.message === '' ? 'The worker could not start.' : event.message))
      worker.addEventListener('messageerror', () => crashed('A message could not be read.'))
    },
    end: () => worker.terminate(),
  }
}

export interface Clock {
  /** Milliseconds; only differences are used. */
  now(): number
  /** Calls back after a time; returns the function that cancels it. */
  later(delayMs: number, callback: () => void): () => void
}

export const pageClock: Clock = {
  now: () => performance.now(),
  later: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
