/** Times database work by name, and tells of what took long. */
export interface QueryClock {
  time<T>(name: string, work: () => T): T
}

/** Above this a statement is worth a line in the log: the window waits for it. */
export const slowQueryMs = 40

/**
 * @param report is told the name and the milliseconds of slow work
 * @param nowMs a clock that only goes forward; `performance.now` by default
 */
export function createQueryClock(report: (name: string, durationMs: number) => void, nowMs: () => number = () => performance.now()): QueryClock {
  return {
    time(name, work) {
      const startMs = nowMs()
      try {
        return work()
      } finally {
        const durationMs = nowMs() - startMs
        if (durationMs > slowQueryMs) report(name, durationMs)
      }
    },
  }
}
