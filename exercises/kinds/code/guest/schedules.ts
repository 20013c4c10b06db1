import type { GuestKit } from './kit.ts'

/**
 * Fault injection for tests: runs a scenario once for each way in which its calls can be ordered and fail. The paths are
 * taken in depth, the plain one first; beyond half of `most` the rest are drawn by chance, so that early choices vary too.
 */
export function installSchedules(kit: GuestKit): void {
  const { clock, api, emit } = kit
  type Fault = 'fails' | 'loses its answer' | 'dies before' | 'dies after'
  interface Waiting {
    what: string
    go: () => void
  }
  const note = (text: string): void => emit({ kind: 'note', atMs: clock.nowMs(), text })
  const never = (): Promise<never> => new Promise(() => undefined)

  /** The choices of the schedule that runs, and how many there were of each. */
  let path: { picked: number; count: number }[] = []
  let depth = 0
  let sampling = false
  const pick = (count: number): number => {
    if (count <= 1) return 0
    const known = path[depth]
    depth += 1
    if (known !== undefined) return Math.min(known.picked, count - 1)
    const picked = sampling ? Math.trunc(kit.random() * count) : 0
    path.push({ picked, count })
    return picked
  }
  /** Moves to the next path in depth; false when there is none. */
  const proceed = (): boolean => {
    while (path.length > 0) {
      const last = path.pop()
      if (last !== undefined && last.picked + 1 < last.count) {
        path.push({ picked: last.picked + 1, count: last.count })
        return true
      }
    }
    return false
  }

  const scheduleOf = (number: number, faults: number) => {
    let faultsLeft = faults
    let dead = false
    let die: (() => void) | null = null
    let pumping = false
    const waiting: Waiting[] = []
    const pump = async (): Promise<void> => {
      pumping = true
      for (;;) {
        await clock.settled()
        if (waiting.length === 0) break
        const [next] = waiting.splice(pick(waiting.length), 1)
        next?.go()
      }
      pumping = false
    }
    const schedule = {
      number,
      choose: <T>(what: string, options: readonly T[]): T | undefined => {
        const option = options[pick(options.length)]
        note(`${what}: ${typeof option === 'string' ? option : kit.show(option)}`)
        return option
      },
      fault: <T extends string>(what: string, kinds: readonly T[]): T | null => {
        if (faultsLeft <= 0) return null
        const picked = pick(kinds.length + 1)
        const kind = picked === 0 ? undefined : kinds[picked - 1]
        if (kind === undefined) return null
        faultsLeft -= 1
        note(`${what} ${kind}`)
        return kind
      },
      turn: (what: string): Promise<void> =>
        new Promise((resolve) => {
          waiting.push({ what, go: () => resolve() })
          if (!pumping) void pump()
        }),
      crash: (): Promise<never> => {
        dead = true
        // Nothing of a process outlives it: no timer, and no call that was under way.
        clock.clear()
        waiting.length = 0
        die?.()
        return never()
      },
      call: async <T>(what: string, effect: () => T, kinds: readonly Fault[] = []): Promise<T> => {
        if (dead) return never()
        await schedule.turn(what)
        // What runs outside a life has no process that could die.
        const fault = schedule.fault(what, die === null ? kinds.filter((kind) => !kind.startsWith('dies')) : kinds)
        if (fault === 'dies before') return schedule.crash()
        if (fault === 'fails') throw new Error(`${what} failed`)
        const value = effect()
        if (fault === 'dies after') return schedule.crash()
        if (fault === 'loses its answer') throw new Error(`${what}: no answer`)
        return value
      },
      life: async (run: () => unknown): Promise<{ state: string; value?: unknown; error?: unknown }> => {
        dead = false
        const ended = (async () => {
          try {
            return { state: 'fulfilled', value: await run() }
          } catch (error) {
            return { state: 'rejected', error }
          }
        })()
        const crashed = new Promise<{ state: string }>((resolve) => {
          die = () => resolve({ state: 'crashed' })
        })
        const end = await Promise.race([crashed, ended])
        if (dead) await clock.settled()
        die = null
        return dead ? { state: 'crashed' } : end
      },
    }
    return schedule
  }

  api.everySchedule = async (options: { faults?: number; most?: number }, run: (schedule: ReturnType<typeof scheduleOf>) => unknown): Promise<number> => {
    const { faults = 1, most = 400 } = options
    path = []
    sampling = false
    for (let number = 1; ; number += 1) {
      depth = 0
      clock.clear()
      emit({ kind: 'schedule', atMs: clock.nowMs(), number })
      await run(scheduleOf(number, faults))
      // What comes after a failure would only hide it.
      if (kit.failed()) return number
      if (number >= most || (!sampling && !proceed())) return number
      if (number >= most / 2) sampling = true
      if (sampling) path = []
    }
  }
}
