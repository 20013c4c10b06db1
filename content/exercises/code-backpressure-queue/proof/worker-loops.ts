import { Overloaded, TooLate } from './jobs.ts'
import type { Job } from './jobs.ts'

export interface QueueOptions {
  workers: number
  capacity: number
  nowMs: () => number
}

interface Entry {
  work: () => Promise<void>
  tooLate: () => void
  latestMs: number
}

/** Each worker is a loop that takes the next entry, and sleeps while there is none. */
export class WorkQueue {
  private entries: Entry[] = []
  private sleepers: (() => void)[] = []
  private busy = 0
  private readonly nowMs: () => number
  private readonly capacity: number
  private readonly workers: number

  constructor({ workers, capacity, nowMs }: QueueOptions) {
    this.nowMs = nowMs
    this.capacity = capacity
    this.workers = workers
    for (let index = 0; index < workers; index += 1) void this.loop()
  }

  private async loop(): Promise<never> {
    for (;;) {
      const entry = this.entries.shift()
      if (!entry) {
        await new Promise<void>((wake) => this.sleepers.push(wake))
        continue
      }
      if (entry.latestMs < this.nowMs()) {
        entry.tooLate()
        continue
      }
      this.busy += 1
      await entry.work()
      this.busy -= 1
    }
  }

  submit<T>(job: Job<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const latestMs = job.deadlineMs - job.needsMs
    const refuse = () => reject(new TooLate('cannot end in time'))
    if (latestMs < this.nowMs()) {
      refuse()
      return promise
    }
    // Entries that an idle worker is about to take do not wait.
    const idle = this.workers - this.busy
    if (this.entries.length - idle >= this.capacity) {
      reject(new Overloaded('full'))
      return promise
    }
    const entry: Entry = { latestMs, tooLate: refuse, work: async () => {
      const stop = new AbortController()
      const alarm = setTimeout(() => {
        stop.abort()
        reject(new TooLate('deadline'))
      }, job.deadlineMs - this.nowMs())
      try {
        resolve(await job.run({ deadlineMs: job.deadlineMs, signal: stop.signal }))
      } catch (error) {
        reject(error)
      } finally {
        clearTimeout(alarm)
      }
    } }
    this.entries.push(entry)
    setTimeout(() => {
      if (!this.entries.includes(entry)) return
      this.entries = this.entries.filter((other) => other !== entry)
      refuse()
    }, latestMs - this.nowMs() + 1)
    this.sleepers.shift()?.()
    return promise
  }
}
