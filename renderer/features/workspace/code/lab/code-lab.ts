/** One `code` exercise as the window works on it: a compiler that answers while the learner types, and a sandbox that runs tests. */
import type { Diagnostic } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import type { CodeReport } from '../../../../../exercises/kinds/code/report.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { testFileOf } from '../../../../../exercises/kinds/code/source.ts'
import type { RunningStep } from '../../../../../exercises/kinds/code/stopped.ts'
import { crashedReport, graceMs, stepName, unendedReport } from '../../../../../exercises/kinds/code/stopped.ts'
import type { Clock, WorkerPort } from '../../session/port.ts'
import type { CompiledAnswer, LanguageCall, LanguageCalls, RunRequest } from './protocol.ts'
import type { CallOutcome } from './worker-calls.ts'
import { WorkerCalls } from './worker-calls.ts'

export interface CodeLabOptions {
  exercise: CodeExercise
  /** Starts the compiler's worker. */
  spawnLanguage(): WorkerPort
  /** Starts the sandbox's worker. */
  spawnSandbox(): WorkerPort
  clock: Clock
}

/** Where the compiler is: its first load takes a second or more. `share`: how much of it is there, 0..1. */
export type CompilerState = { name: 'loading'; share: number } | { name: 'ready' } | { name: 'failed' }

export type RunOutcome = { ok: true; report: CodeReport; elapsedMs: number } | { ok: false; message: string }

/** Loading the compiler, or compiling, may take this long on a slow machine. */
const loadLimitMs = 60_000
const compileLimitMs = 20_000
/** Loading the sandbox's engine, before its first step. */
const sandboxLimitMs = 60_000

const ready: CompilerState = { name: 'ready' }
const failed: CompilerState = { name: 'failed' }
const notLoaded: CompilerState = { name: 'loading', share: 0 }

export class CodeLab {
  readonly #options: CodeLabOptions
  readonly #listeners = new Set<() => void>()
  #language: WorkerCalls | null = null
  #sandbox: WorkerCalls | null = null
  #state: CompilerState = notLoaded
  #closed = false
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: CodeLabOptions) {
    this.#options = options
  }

  get compilerState(): CompilerState {
    return this.#state
  }

  /** Tells of changes of `compilerState`; returns the function that stops. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts both workers, so that the first check is quick. Never rejects. */
  async prepare(): Promise<void> {
    this.#closed = false
    this.#languageCalls()
    this.#sandboxCalls()
  }

  /** Asks the compiler's worker. Null when it cannot answer now; asking again is fine. Never rejects. */
  async ask<Name extends Exclude<LanguageCall, 'open'>>(call: Name, input: LanguageCalls[Name]['input']): Promise<LanguageCalls[Name]['output'] | null> {
    const outcome = await this.#askLanguage(call, input, compileLimitMs)
    // The worker is ours: see protocol.ts.
    return outcome.state === 'answered' ? (outcome.value as LanguageCalls[Name]['output']) : null
  }

  /** What is wrong in the files and in the tests that are shown; null when the compiler cannot say now. */
  check(answer: string): Promise<Diagnostic[] | null> {
    return this.ask('check', { answer })
  }

  /**
   * Compiles the answer and runs the tests of `scope`, one call at a time. An answer that hangs or crashes is a failing
   * report that says so; `ok: false` means that nothing was judged. Never rejects.
   */
  run(answer: string, scope: 'shown' | 'all', onStep: (step: string) => void): Promise<RunOutcome> {
    const result = this.#queue.then(() => this.#run(answer, scope, onStep))
    this.#queue = result
    return result
  }

  /** Ends both workers. A later call starts them again. */
  close(): void {
    this.#closed = true
    this.#language?.end()
    this.#sandbox?.end()
  }

  async #run(answer: string, scope: 'shown' | 'all', onStep: (step: string) => void): Promise<RunOutcome> {
    if (this.#closed) return { ok: false, message: 'The exercise was closed.' }
    const exercise = scope === 'all' ? this.#options.exercise : shownPart(this.#options.exercise)
    const startedMs = this.#options.clock.now()
    const judged = (report: CodeReport): RunOutcome => ({ ok: true, report, elapsedMs: this.#options.clock.now() - startedMs })
    onStep('Compiling')
    const compiled = await this.#askLanguage('compile', { answer }, this.#state.name === 'ready' ? compileLimitMs : loadLimitMs)
    if (compiled.state === 'late') return judged(unendedReport(exercise, null))
    if (compiled.state !== 'answered') return { ok: false, message: `The compiler did not answer: ${reasonOf(compiled)}.` }
    let running: RunningStep = null
    const request = (id: number): RunRequest => ({ id, exercise, answer, compiled: compiled.value as CompiledAnswer })
    const outcome = await this.#sandboxCalls().ask(request, sandboxLimitMs, (news) => {
      if (news.type === 'step') {
        running = news
        onStep(`Running ${stepName(news)}`)
      }
      return exercise.limits.timeMs + graceMs
    })
    if (outcome.state === 'answered') return judged(outcome.value as CodeReport)
    if (outcome.state === 'refused') return { ok: false, message: outcome.message }
    if (running === null || this.#closed) return { ok: false, message: `The sandbox did not start: ${reasonOf(outcome)}.` }
    return judged(outcome.state === 'late' ? unendedReport(exercise, running) : crashedReport(exercise, running, outcome.why))
  }

  async #askLanguage<Name extends LanguageCall>(call: Name, input: LanguageCalls[Name]['input'], limitMs: number): Promise<CallOutcome> {
    if (this.#closed) return { state: 'crashed', why: 'the exercise was closed' }
    return this.#languageCalls().ask((id) => ({ id, call, input }), limitMs)
  }

  #languageCalls(): WorkerCalls {
    if (this.#language !== null) return this.#language
    const calls = new WorkerCalls(this.#options.spawnLanguage(), this.#options.clock, () => {
      if (this.#language !== calls) return
      this.#language = null
      this.#change(notLoaded)
    })
    this.#language = calls
    this.#change(notLoaded)
    void calls
      .ask(
        (id) => ({ id, call: 'open', input: { exercise: this.#options.exercise } }),
        loadLimitMs,
        (news) => {
          if (news.type === 'loaded') this.#change({ name: 'loading', share: news.share })
          return loadLimitMs
        },
      )
      .then((outcome) => {
        if (this.#closed || (this.#language !== null && this.#language !== calls)) return
        this.#change(outcome.state === 'answered' ? ready : failed)
        if (outcome.state === 'refused') calls.end()
      })
    return calls
  }

  #sandboxCalls(): WorkerCalls {
    if (this.#sandbox !== null) return this.#sandbox
    const calls = new WorkerCalls(this.#options.spawnSandbox(), this.#options.clock, () => {
      if (this.#sandbox === calls) this.#sandbox = null
    })
    this.#sandbox = calls
    return calls
  }

  #change(state: CompilerState): void {
    if (this.#state === state) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** The exercise with those checks alone whose tests are shown. */
export function shownPart(exercise: CodeExercise): CodeExercise {
  return { ...exercise, checks: exercise.checks.filter((check) => testFileOf(exercise, check.id)?.hidden === false) }
}

function reasonOf(outcome: Exclude<CallOutcome, { state: 'answered' }>): string {
  switch (outcome.state) {
    case 'late':
      return 'it took too long'
    case 'crashed':
      return outcome.why
    case 'refused':
      return outcome.message
  }
}
