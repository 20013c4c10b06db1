/**
 * Runs one test in a QuickJS realm that nothing ran in before: no file, no network, no clock, no randomness of its own, and limits on memory,
 * stack, steps and virtual time. Native loops of the engine cannot be stopped from inside, so the caller runs this in a
 * thread that it can end.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core'
import type { GuestEvent } from '../guest/kit.ts'
import { nextCodes } from '../guest/program.ts'
import type { CompiledModule, ImportablePackages } from '../compile/compiler.ts'
import { nothingImportable } from '../compile/compiler.ts'
import { linesPerFile } from '../compile/line-marks.ts'
import { engineBaseMb } from '../engine.ts'
import { parseEvent } from './events.ts'
import type { LoadedProgram } from './loaded.ts'
import { keepLoaded, loadedBefore } from './loaded.ts'
import type { Realm } from './realm.ts'
import { realmOf } from './realm.ts'
import { isOutOfMemory, readThrown } from './thrown.ts'

export interface SandboxLimits {
  /** Checks of the engine's counter, each 10,000 jumps and calls. Same program, same count, on every machine. */
  steps: number
  /** Real time for one run, the backstop behind `steps`. */
  timeMs: number
  memoryMb: number
  /** How far virtual time may go. */
  virtualMs: number
  /** How many timers may fire. */
  timers: number
}

export interface SandboxTask {
  modules: readonly CompiledModule[]
  testFile: CompiledModule
  /** Id of the test, or null to list the tests of the file. */
  test: string | null
  seed: number
  limits: SandboxLimits
  /** Packages that the program and the test may import. None unless given. */
  packages?: ImportablePackages
}

/** How a run ended. */
export type SandboxEnd =
  | { type: 'done' }
  | { type: 'failed' }
  /** Nothing is left that could settle what the test waits for. */
  | { type: 'stuck' }
  | { type: 'limit'; limit: 'steps' | 'clock' | 'virtual' | 'memory'; at: { file: string; line: number } | null }
  /** The program or the test could not be loaded, or an error came out where none may. */
  | { type: 'error'; name: string; message: string; stack: string }
  /** The engine itself gave up; it must not be used again. */
  | { type: 'broken'; message: string }

export interface SandboxResult {
  end: SandboxEnd
  events: GuestEvent[]
  /** The engine's memory reached its end. It never shrinks: the engine must not be used again. */
  memoryFull: boolean
  dropped: number
  tests: { id: string; seeds: number }[]
}

/** Enough for any timeline that a person reads. */
const maxEvents = 2_000
const jobsAtOnce = 500

/** Runs `task` in a realm as it was made. Never throws. */
export function runInSandbox(engine: QuickJSWASMModule, task: SandboxTask, nowMs: () => number): SandboxResult {
  const result: SandboxResult = { end: { type: 'done' }, events: [], memoryFull: false, dropped: 0, tests: [] }
  try {
    const { limits: { memoryMb }, packages = nothingImportable } = task
    result.end = new SandboxRun(realmOf(engine, { memoryMb, packages }), task, nowMs, result).run()
  } catch (error) {
    result.end = { type: 'broken', message: error instanceof Error ? error.message : String(error) }
  }
  const grownBytes = engine.getWasmMemory().buffer.byteLength
  result.memoryFull = grownBytes > (engineBaseMb + task.limits.memoryMb * 0.8) * 1024 * 1024
  return result
}

class SandboxRun {
  readonly #task: SandboxTask
  readonly #result: SandboxResult
  readonly #realm: Realm
  readonly #context: QuickJSContext
  readonly #nowMs: () => number
  readonly #startMs: number
  #ended = false
  #failed = false
  #flushing = false
  #limit: Extract<SandboxEnd, { type: 'limit' }> | null = null

  constructor(realm: Realm, task: SandboxTask, nowMs: () => number, result: SandboxResult) {
    this.#task = task
    this.#result = result
    this.#nowMs = nowMs
    this.#startMs = nowMs()
    this.#realm = realm
    this.#context = realm.context
  }

  run(): SandboxEnd {
    const { modules, testFile, test } = this.#task
    const loaded = loadedBefore(this.#realm, this.#task)
    const guest = {
      files: new Map(modules.map((module) => [module.name, module.javascript])),
      testFile: testFile.name,
      onText: (text: string) => this.#take(text),
      shouldStop: (checks: number) => this.#shouldStop(checks),
    }
    this.#realm.enter(guest, loaded?.state)
    try {
      const end = loaded === null ? this.#loadProgram() : this.#loadAgain(loaded)
      if (end !== null || test === null) return end ?? { type: 'done' }
      const started = this.#call(this.#realm.control.run, this.#context.newString(test))
      const ended = 'type' in started ? started : this.#turn(() => this.#ended || this.#failed)
      if (ended.type !== 'done' && ended.type !== 'failed') this.#flush()
      return ended
    } finally {
      this.#realm.leave()
    }
  }

  /** Loads the program and its tests. Null when that went well. */
  #loadProgram(): SandboxEnd | null {
    const { testFile, seed, limits } = this.#task
    const { begin, tests } = this.#realm.control
    const begun = this.#call(begin, ...[seed, limits.virtualMs, limits.timers].map((value) => this.#context.newNumber(value)))
    if ('type' in begun) return begun
    const end = this.#load(testFile.javascript, testFile.name)
    if (end !== null) return end
    const listed = this.#call(tests)
    if ('type' in listed) return listed
    this.#result.tests = JSON.parse(this.#context.getString(listed))
    if (!this.#failed) keepLoaded(this.#realm, this.#task, { state: this.#realm.state(), events: [...this.#result.events], dropped: this.#result.dropped, tests: this.#result.tests })
    return null
  }

  #loadAgain({ events, dropped, tests }: LoadedProgram): null {
    this.#result.events = [...events]
    this.#result.dropped = dropped
    this.#result.tests = tests
    return null
  }

  /** Whatever ended the run, the guest's own code still works: it sends what it held of the schedule that ran. */
  #flush(): void {
    this.#flushing = true
    this.#context.callFunction(this.#realm.control.flush, this.#context.undefined).dispose()
  }

  #shouldStop(checks: number): boolean {
    if (this.#flushing) return false
    const { steps, timeMs } = this.#task.limits
    const limit = checks > steps ? 'steps' : this.#nowMs() - this.#startMs > timeMs ? 'clock' : null
    if (limit === null) return false
    this.#limit ??= { type: 'limit', limit, at: this.#lineNow() }
    return true
  }

  /** The line of the learner's files that was begun last. */
  #lineNow(): { file: string; line: number } | null {
    const handle = this.#context.getProp(this.#realm.control.line, 0)
    const mark = this.#context.getNumber(handle)
    handle.dispose()
    const file = this.#task.modules[Math.trunc(mark / linesPerFile)]
    const line = mark % linesPerFile
    return file === undefined || line === 0 ? null : { file: file.name, line }
  }

  #load(code: string, name: string): SandboxEnd | null {
    const promise = this.#value(this.#context.evalCode(code, name, { type: 'module' }))
    if ('type' in promise) return promise
    const settled = (): boolean => {
      const state = this.#context.getPromiseState(promise)
      if (state.type === 'pending') return false
      if (state.type === 'fulfilled' && state.notAPromise !== true) state.value.dispose()
      if (state.type === 'rejected') state.error.dispose()
      return true
    }
    const end = this.#turn(settled)
    if (end.type !== 'done' && end.type !== 'failed') return end
    const state = this.#context.getPromiseState(promise)
    if (state.type === 'rejected') return this.#errorEnd(state.error)
    if (state.type === 'fulfilled' && state.notAPromise !== true) state.value.dispose()
    return null
  }

  /** Runs promise jobs, and lets time pass whenever none is left, until `finished`. */
  #turn(finished: () => boolean): SandboxEnd {
    const { runtime, control } = this.#realm
    for (;;) {
      while (runtime.hasPendingJob()) {
        const jobs = runtime.executePendingJobs(jobsAtOnce)
        const thrown = jobs.error
        if (thrown !== undefined) {
          const end = this.#errorEnd(thrown)
          thrown.dispose()
          return end
        }
        if (this.#limit !== null) return this.#limit
        if (finished()) return { type: this.#failed ? 'failed' : 'done' }
      }
      if (this.#limit !== null) return this.#limit
      if (finished()) return { type: this.#failed ? 'failed' : 'done' }
      const called = this.#context.callFunction(control.next, this.#context.undefined)
      if (called.error !== undefined) {
        const end = this.#errorEnd(called.error)
        called.error.dispose()
        return end
      }
      const what = this.#context.getNumber(called.value)
      called.value.dispose()
      if (this.#limit !== null) return this.#limit
      if (what === nextCodes.limit) return { type: 'limit', limit: 'virtual', at: this.#lineNow() }
      if (what === nextCodes.idle) return finished() ? { type: this.#failed ? 'failed' : 'done' } : { type: 'stuck' }
    }
  }

  #take(text: string): void {
    const event = parseEvent(text)
    if (event === null) return
    if (event.kind === 'end') this.#ended = true
    if (event.kind === 'failure') this.#failed = true
    if (event.kind === 'schedule' && !this.#failed) {
      this.#result.events.length = 0
      this.#result.dropped = 0
    }
    if (event.kind === 'end' || event.kind === 'failure' || this.#result.events.length < maxEvents) this.#result.events.push(event)
    else this.#result.dropped += 1
  }

  #call(called: QuickJSHandle, ...values: QuickJSHandle[]): QuickJSHandle | SandboxEnd {
    return this.#value(this.#context.callFunction(called, this.#context.undefined, ...values))
  }

  #value(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle | SandboxEnd {
    return result.error === undefined ? result.value : this.#errorEnd(result.error)
  }

  #errorEnd(error: QuickJSHandle): SandboxEnd {
    if (this.#limit !== null) return this.#limit
    const thrown = readThrown(this.#context, error)
    return isOutOfMemory(thrown) ? { type: 'limit', limit: 'memory', at: this.#lineNow() } : { type: 'error', ...thrown }
  }
}
