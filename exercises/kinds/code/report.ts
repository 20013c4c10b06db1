/** What running an answer brought to light, beside its grade. Plain data: it crosses threads and may be kept. */
import type { Grade } from '../../core/grade.ts'
import type { Diagnostic } from './compile/compiler.ts'

/** A place in a file that the learner or the author wrote. */
export interface Place {
  file: string
  /** 1-based. */
  line: number
  /** Name of the function, where known. */
  inside?: string
}

/** One line of a test's timeline, in virtual milliseconds since the test began. */
export type TraceEntry =
  | { kind: 'timer'; atMs: number; delayMs: number; place?: Place }
  | { kind: 'call'; atMs: number; name: string; call: number; text: string; place?: Place }
  | { kind: 'return'; atMs: number; name: string; call: number; outcome: 'value' | 'error'; text: string }
  | { kind: 'note'; atMs: number; text: string }
  | { kind: 'console'; atMs: number; level: 'log' | 'info' | 'debug' | 'warn' | 'error'; text: string }

/** Why a test did not pass. */
export interface RunFailure {
  /** As in a grade: `crash` is an error that the program did not mean, `time` a limit of steps, of virtual time or of the clock. */
  failure: 'wrong' | 'time' | 'memory' | 'crash'
  message: string
  /** Source of the expectation that failed, such as `expect(calls).toBe(3)`. */
  expression?: string
  expected?: string
  actual?: string
  /** The place in the learner's files, where one is known. */
  place?: Place
  /** The place in the test. */
  testPlace?: Place
}

/** One test, run with one seed. */
export interface TestRun {
  test: string
  seed: number
  /** With `everySchedule`: the schedule that failed, or the last one. The trace and times are of this one alone. */
  schedule?: number
  passed: boolean
  failure?: RunFailure
  trace: TraceEntry[]
  /** Entries that were left out of `trace` because there were too many. */
  dropped: number
  /** Virtual time when it ended. */
  endMs: number
}

/** The judgement of an answer with everything that was seen on the way. */
export interface CodeReport {
  grade: Grade
  diagnostics: Diagnostic[]
  /** The decisive run of each test: the first seed that failed, else the last one. */
  runs: TestRun[]
}
