/** Types of what the sandbox offers beside the language, for the compiler and for the editor. */

/** As the platform's own types have it for reasons of an abort. */
const unchecked = 'any'

/** Globals that a learner's program sees. */
export const globalTypes = `
interface Console {
  log(...values: unknown[]): void
  info(...values: unknown[]): void
  debug(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
  trace(...values: unknown[]): void
}
declare var console: Console
declare var setTimeout: (run: (...values: never[]) => void, delayMs?: number, ...values: unknown[]) => number
declare var setInterval: (run: (...values: never[]) => void, delayMs?: number, ...values: unknown[]) => number
declare function clearTimeout(timer: number | undefined | null): void
declare function clearInterval(timer: number | undefined | null): void
declare var queueMicrotask: (run: () => void) => void
declare function structuredClone<T>(value: T): T
declare var performance: { readonly now: () => number; readonly timeOrigin: number }
declare var crypto: { readonly randomUUID: () => string }
declare class DOMException extends Error {
  constructor(message?: string, name?: string)
  readonly code: number
}
interface AbortEvent {
  readonly type: 'abort'
  readonly target: AbortSignal
}
type AbortListener = ((event: AbortEvent) => void) | { handleEvent(event: AbortEvent): void }
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: ${unchecked}
  onabort: ((event: AbortEvent) => void) | null
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: AbortListener | null, options?: boolean | { once?: boolean; signal?: AbortSignal }): void
  removeEventListener(type: 'abort', listener: AbortListener | null): void
}
declare var AbortSignal: {
  abort(reason?: unknown): AbortSignal
  timeout(delayMs: number): AbortSignal
  any(signals: Iterable<AbortSignal>): AbortSignal
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare var AbortController: { new (): AbortController }
`

/** The module `firedrill/test`, which only tests may import. */
export const testTypes = `
declare module 'firedrill/test' {
  /** One test, one check of the grade. With \`seeds\`, it runs once for each, in a fresh sandbox, until one fails. */
  export function test(id: string, run: (context: { seed: number; random: () => number }) => unknown): void
  export function test(id: string, options: { seeds: number }, run: (context: { seed: number; random: () => number }) => unknown): void
  export interface Expectation {
    toBe(expected: unknown): void
    /** Equal in depth. A property that is undefined equals one that is not there. */
    toEqual(expected: unknown): void
    toBeTrue(): void
    toBeFalse(): void
    toBeAtLeast(bound: number): void
    toBeAtMost(bound: number): void
    toBeBetween(low: number, high: number): void
    toBeCloseTo(expected: number, within: number): void
    toContain(part: unknown): void
    toMatch(pattern: RegExp): void
    toDifferFrom(other: unknown): void
  }
  /** \`note\` says what the value is: "calls to the provider". */
  export function expect(actual: unknown, note?: string): Expectation
  export function failTest(message: string, expected: string, actual: string): never
  /** Looks at a promise without waiting for it. */
  export function watch<T>(promise: Promise<T> | T): { readonly state: 'pending' | 'fulfilled' | 'rejected'; readonly value: T | undefined; readonly error: unknown; readonly atMs: number | null }
  /** Waits for a promise, and never rejects. */
  export function outcome<T>(promise: Promise<T> | T): Promise<{ state: 'fulfilled' | 'rejected'; value: T | undefined; error: unknown; tookMs: number }>
  export interface Fake<A extends unknown[], R> {
    (...args: A): R
    readonly calls: readonly { readonly args: A; readonly startMs: number; readonly endMs: number | null }[]
    readonly running: number
    readonly mostRunning: number
  }
  /** A function that records its calls and shows them in the timeline under \`name\`. */
  export function fake<A extends unknown[], R>(name: string, answer: (...args: A) => R): Fake<A, R>
  export function sleep(delayMs: number): Promise<void>
  export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason?: unknown) => void }
  export function note(text: string): void
  export const clock: {
    /** Milliseconds since the test began; steady. */
    now(): number
    /** Lets time pass; timers that are due at its end have fired when it resolves. */
    advance(byMs: number): Promise<void>
    /** Waits until no promise job is left, without time passing. */
    settle(): Promise<void>
    /** Moves the wall clock (\`Date.now\`), as a correction of the system's time does. */
    jump(byMs: number): void
    /** Timers that are armed. */
    pending(): number
  }
  /** Listeners for \`abort\` that nobody removed. */
  export function abortListeners(signal: AbortSignal): number
  /** What can go wrong in a call: it has no effect and throws; it has its effect and throws; the process dies before or after the effect. */
  export type CallFault = 'fails' | 'loses its answer' | 'dies before' | 'dies after'
  /** One way in which the calls of a scenario are ordered and fail. */
  export interface Schedule {
    /** 1 for the first, in which nothing fails and calls are answered in order. */
    readonly number: number
    /** One of \`options\`; another schedule takes another. */
    choose<T>(what: string, options: readonly T[]): T
    /** What goes wrong here in this schedule, or null. */
    fault<T extends string>(what: string, kinds: readonly T[]): T | null
    /** Resolves when this schedule lets it go on before all others that wait. */
    turn(what: string): Promise<void>
    /** A remote call: waits for its turn, then has its \`effect\`, with one of the faults in some schedules. */
    call<T>(what: string, effect: () => T, faults?: readonly CallFault[]): Promise<T>
    /** The process dies here: its calls are never answered, its timers never fire. */
    crash(): Promise<never>
    /** The life of a process: until \`run\` has ended, or until it dies. */
    life<T>(run: () => Promise<T> | T): Promise<{ state: 'fulfilled' | 'rejected' | 'crashed'; value?: T; error?: unknown }>
  }
  /**
   * Runs \`scenario\` once for each order of its calls and each fault, with at most \`faults\` (1) of them in one schedule
   * and at most \`most\` (400) schedules in all. The first that fails ends the test; the timeline shows that one alone.
   */
  export function everySchedule(options: { faults?: number; most?: number }, scenario: (schedule: Schedule) => Promise<void>): Promise<number>
}
`
