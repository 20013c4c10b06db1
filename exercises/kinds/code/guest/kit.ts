/**
 * What the parts of the guest share. Everything in this folder runs inside the sandbox: its functions are handed over as
 * source text (`toString`), so each stands alone and may use nothing from outside itself but its argument.
 */

/** One line of what happened, sent to the host at once; those of a schedule when it fails, or when something ends it. */
export type GuestEvent =
  | { kind: 'console'; atMs: number; level: string; text: string }
  | { kind: 'timer'; atMs: number; delayMs: number; stack: string }
  | { kind: 'call'; atMs: number; name: string; call: number; text: string; stack: string }
  | { kind: 'return'; atMs: number; name: string; call: number; outcome: 'value' | 'error'; text: string }
  | { kind: 'note'; atMs: number; text: string }
  /** The next schedule of a test begins: what was sent before belongs to one that passed. */
  | { kind: 'schedule'; atMs: number; number: number }
  | { kind: 'failure'; atMs: number; failure: GuestFailure }
  | { kind: 'end'; atMs: number }

/** Why a test failed, as the guest saw it. */
export interface GuestFailure {
  /** `assertion` for a failed `expect`, else the error that came out. */
  type: 'assertion' | 'error'
  name: string
  message: string
  stack: string
  expected?: string | undefined
  actual?: string | undefined
}

/** Rewrites globals: the sandbox's own realm, seen as a bag. */
export type GuestGlobal = Record<string, unknown>

export interface GuestClock {
  /** Milliseconds since the test began; never goes back. */
  nowMs(): number
  /** Calls `run` after `delayMs`, behind all timers that are due at that moment when `last` is set. */
  arm(run: () => void, delayMs: number, last: boolean): number
  disarm(id: number): void
  /** Resolves when no promise job is left, without time passing. */
  settled(): Promise<void>
  /** Moves the wall clock (`Date.now`) against the steady one. */
  jump(byMs: number): void
  /** Timers that are still armed. */
  pending(): number
  /** Disarms every timer, and begins to count anew towards the limits. */
  clear(): void
  /** Does the next thing there is to do when no promise job is left. */
  next(): 'more' | 'idle' | 'limit'
}

export interface GuestKit {
  global: GuestGlobal
  /** Uniform in [0, 1), from the run's seed. */
  random: () => number
  limits: { virtualMs: number; timers: number }
  emit: (event: GuestEvent) => void
  clock: GuestClock
  /** Short text of any value, for people. */
  show: (value: unknown, depth?: number) => string
  /** The first place where two values differ, or null. */
  difference: (actual: unknown, expected: unknown) => { path: string; actual: string; expected: string } | null
  /** Ends the test as failed. The first failure stays. */
  fail: (error: unknown) => void
  /** True once the test has failed. */
  failed: () => boolean
  /** Exports of `firedrill/test`. */
  api: Record<string, unknown>
  /** Ids of the tests, in order, with the number of seeds each runs with. */
  tests: () => { id: string; seeds: number }[]
  run: (id: string, seed: number) => void
}
