import type { GuestKit } from './kit.ts'

/**
 * Virtual time: timers that fire in the order of Node, without waiting. Time moves only when no promise job is left, to
 * the next timer. Also the dates and randomness that a program can see: both from the run's seed and start.
 */
export function installClock(kit: GuestKit): void {
  interface Timer {
    id: number
    atMs: number
    order: number
    delayMs: number
    every: boolean
    quiet: boolean
    stack: string
    run: () => void
  }
  /** Monday, 5 January 2026, 09:00 UTC. */
  let wallOffsetMs = 1_767_603_600_000
  let nowMs = 0
  let nextId = 1
  let fired = 0
  /** Since when the limits count. */
  let sinceMs = 0
  const timers: Timer[] = []
  const settlers: (() => void)[] = []
  /** Kept out of reach of code that replaces them. */
  const { apply, construct } = Reflect
  const { splice, shift, push, findIndex } = Array.prototype
  const NativePromise = Promise
  /** Stacks are taken for the first timers only: they cost, and nobody reads more. */
  const stacksKept = 300

  const add = (timer: Timer): void => {
    let low = 0
    let high = timers.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = timers[middle]
      if (other !== undefined && (other.atMs < timer.atMs || (other.atMs === timer.atMs && other.order < timer.order))) low = middle + 1
      else high = middle
    }
    apply(splice, timers, [low, 0, timer])
  }
  /** As Node: whatever is no delay of at least 1 ms, or is too long for 32 bits, is 1 ms. */
  const delayOf = (value: unknown): number => {
    const delay = Number(value)
    return delay >= 1 && delay <= 2_147_483_647 ? Math.trunc(delay) : 1
  }
  const arm = (run: () => void, delayMs: number, every: boolean, quiet: boolean, last: boolean): number => {
    const id = nextId
    nextId += 1
    const stack = !quiet && id <= stacksKept ? String(new Error('timer').stack) : ''
    add({ id, atMs: nowMs + delayMs, order: last ? 1e9 + id : id, delayMs, every, quiet, stack, run })
    return id
  }
  const disarm = (id: unknown): void => {
    const index = apply(findIndex, timers, [(timer: Timer) => timer.id === id])
    if (index >= 0) apply(splice, timers, [index, 1])
  }
  const next = (): 'more' | 'idle' | 'limit' => {
    const settler = apply(shift, settlers, [])
    if (settler !== undefined) {
      settler()
      return 'more'
    }
    const timer: Timer | undefined = apply(shift, timers, [])
    if (timer === undefined) return 'idle'
    fired += 1
    if (timer.atMs - sinceMs > kit.limits.virtualMs || fired > kit.limits.timers) return 'limit'
    nowMs = Math.max(nowMs, timer.atMs)
    if (!timer.quiet) kit.emit({ kind: 'timer', atMs: nowMs, delayMs: timer.delayMs, stack: timer.stack })
    if (timer.every) add({ ...timer, atMs: nowMs + timer.delayMs, order: nextId++ })
    try {
      timer.run()
    } catch (error) {
      kit.fail(error)
    }
    return 'more'
  }

  const caller = (run: unknown, values: unknown[]): (() => void) => {
    if (typeof run !== 'function') throw new TypeError('The callback of a timer must be a function.')
    return () => {
      apply(run, undefined, values)
    }
  }
  const { global } = kit
  global.setTimeout = (run: unknown, delay?: unknown, ...values: unknown[]) => arm(caller(run, values), delayOf(delay), false, false, false)
  global.setInterval = (run: unknown, delay?: unknown, ...values: unknown[]) => arm(caller(run, values), delayOf(delay), true, false, false)
  global.clearTimeout = disarm
  global.clearInterval = disarm
  global.performance = Object.freeze({ now: () => nowMs, timeOrigin: wallOffsetMs })

  const NativeDate = Date
  const wallMs = (): number => wallOffsetMs + nowMs
  /** The sandbox's time zone is UTC, whatever the host's is. */
  const parse = (text: string): number => NativeDate.parse(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text}Z` : text)
  const VirtualDate = function (this: unknown, ...values: unknown[]): unknown {
    if (new.target === undefined) return new NativeDate(wallMs()).toUTCString()
    const [first] = values
    let time: unknown = first
    if (values.length === 0) time = wallMs()
    else if (values.length > 1) time = apply(NativeDate.UTC, undefined, values)
    else if (typeof first === 'string') time = parse(first)
    return construct(NativeDate, [time], new.target)
  }
  const prototype = NativeDate.prototype as unknown as Record<string, unknown>
  for (const part of ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds']) {
    prototype[`get${part}`] = prototype[`getUTC${part}`]
    if (part !== 'Day') prototype[`set${part}`] = prototype[`setUTC${part}`]
  }
  prototype.getTimezoneOffset = () => 0
  for (const name of ['toString', 'toLocaleString']) prototype[name] = prototype.toUTCString
  prototype.constructor = VirtualDate
  Object.defineProperty(VirtualDate, 'prototype', { value: prototype, writable: false })
  Object.defineProperty(VirtualDate, 'name', { value: 'Date' })
  Object.assign(VirtualDate, { now: wallMs, parse, UTC: NativeDate.UTC })
  global.Date = VirtualDate
  Math.random = kit.random

  kit.clock = {
    nowMs: () => nowMs,
    arm: (run, delayMs, last) => arm(run, delayMs, false, true, last),
    disarm,
    settled: () => new NativePromise((resolve) => apply(push, settlers, [resolve])),
    jump: (byMs) => {
      wallOffsetMs += byMs
    },
    pending: () => timers.length,
    clear: () => {
      apply(splice, timers, [0, timers.length])
      fired = 0
      sinceMs = nowMs
    },
    next,
  }
}
