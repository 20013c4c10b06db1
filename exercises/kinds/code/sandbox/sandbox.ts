/**
 * Runs one test in a fresh QuickJS realm: no file, no network, no clock, no randomness of its own, and limits on memory,
 * stack, steps and virtual time. Native loops of the engine cannot be stopped from inside, so the caller runs this in a
 * thread that it can end.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core'
import type { GuestEvent } from '../guest/kit.ts'
import { guestProgram, testModule } from '../guest/program.ts'
import type { CompiledModule, ImportablePackages } from '../compile/compiler.ts'
import { resolveModule } from '../compile/surroundings.ts'
import { linesPerFile, markModule, markModuleName } from '../compile/line-marks.ts'
import { engineBaseMb } from '../engine.ts'
import { parseEvent } from './events.ts'

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
/**
 * Deeper recursion is an error of the program. WebAssembly uses the host's stack as well, which is smaller in a worker of
 * a browser, so this stays far below it.
 */
const stackBytes = 160 * 1024
const jobsAtOnce = 500
const testModuleName = 'firedrill/test'

/** Runs `task` in a realm of its own. Never throws. */
export function runInSandbox(engine: QuickJSWASMModule, task: SandboxTask, nowMs: () => number): SandboxResult {
  const result: SandboxResult = { end: { type: 'done' }, events: [], memoryFull: false, dropped: 0, tests: [] }
  try {
    const run = new SandboxRun(engine, task, nowMs, result)
    result.end = run.run()
    if (!run.close() && result.end.type !== 'limit') result.end = { type: 'broken', message: 'the sandbox could not be cleared away' }
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
  readonly #runtime: QuickJSRuntime
  readonly #context: QuickJSContext
  readonly #handles: QuickJSHandle[] = []
  readonly #nowMs: () => number
  #ended = false
  #failed = false
  #limit: Extract<SandboxEnd, { type: 'limit' }> | null = null
  /** Where compiled files store the line that they are at. */
  #line: QuickJSHandle | null = null

  constructor(engine: QuickJSWASMModule, task: SandboxTask, nowMs: () => number, result: SandboxResult) {
    this.#task = task
    this.#result = result
    this.#nowMs = nowMs
    this.#runtime = engine.newRuntime()
    this.#runtime.setMemoryLimit(task.limits.memoryMb * 1024 * 1024)
    this.#runtime.setMaxStackSize(stackBytes)
    this.#context = this.#runtime.newContext()
    this.#watchLimits()
    this.#offerModules()
  }

  run(): SandboxEnd {
    const { test, testFile, seed, limits } = this.#task
    const prelude = this.#value(this.#context.evalCode(guestProgram, 'sandbox'))
    if ('type' in prelude) return prelude
    const emit = this.#own(this.#context.newFunction('emit', (text) => this.#take(this.#context.getString(text))))
    const settings = [seed, limits.virtualMs, limits.timers].map((value) => this.#own(this.#context.newNumber(value)))
    const control = this.#value(this.#context.callFunction(prelude, this.#context.undefined, emit, ...settings))
    if ('type' in control) return control
    this.#line = this.#own(this.#context.getProp(control, 'line'))
    // The handover is over before the first line of the learner runs.
    for (const [code, name] of [[`import '${testModuleName}'; import '${markModuleName}'`, 'sandbox'], [testFile.javascript, testFile.name]] as const) {
      const end = this.#load(code, name, control)
      if (end !== null) return end
    }
    const listed = this.#value(this.#context.callFunction(this.#own(this.#context.getProp(control, 'tests')), control))
    if ('type' in listed) return listed
    this.#result.tests = JSON.parse(this.#context.getString(listed))
    if (test === null) return { type: 'done' }
    const started = this.#value(this.#context.callFunction(this.#own(this.#context.getProp(control, 'run')), control, this.#own(this.#context.newString(test))))
    if ('type' in started) return started
    return this.#turn(control, () => this.#ended || this.#failed)
  }

  /** Frees everything; false when the engine did not survive it. */
  close(): boolean {
    try {
      for (const handle of this.#handles.toReversed()) if (handle.alive) handle.dispose()
      this.#context.dispose()
      this.#runtime.dispose()
      return true
    } catch {
      return false
    }
  }

  #watchLimits(): void {
    const { steps, timeMs } = this.#task.limits
    const startMs = this.#nowMs()
    let taken = 0
    this.#runtime.setInterruptHandler(() => {
      taken += 1
      const limit = taken > steps ? 'steps' : this.#nowMs() - startMs > timeMs ? 'clock' : null
      if (limit === null) return false
      this.#limit ??= { type: 'limit', limit, at: this.#lineNow() }
      return true
    })
  }

  /** The line of the learner's files that was begun last. */
  #lineNow(): { file: string; line: number } | null {
    if (this.#line === null) return null
    const handle = this.#context.getProp(this.#line, 0)
    const mark = this.#context.getNumber(handle)
    handle.dispose()
    const file = this.#task.modules[Math.trunc(mark / linesPerFile)]
    const line = mark % linesPerFile
    return file === undefined || line === 0 ? null : { file: file.name, line }
  }

  #offerModules(): void {
    const files = new Map(this.#task.modules.map((module) => [module.name, module.javascript]))
    const packages = this.#task.packages?.available.modules ?? new Map<string, string>()
    const allowed = this.#task.packages?.allowed ?? []
    this.#runtime.setModuleLoader(
      (name) => (name === testModuleName ? testModule : name === markModuleName ? markModule : (files.get(name) ?? packages.get(name) ?? { error: new Error(`There is no module "${name}".`) })),
      (from, specifier) => {
        // Packages reach each other and nothing else; programs reach those that the exercise allows.
        if (packages.has(from) || allowed.includes(specifier)) return packages.has(specifier) ? specifier : { error: new Error(`There is no module "${specifier}".`) }
        const mayTest = from === this.#task.testFile.name || from === 'sandbox'
        if (specifier === testModuleName && mayTest) return testModuleName
        if (specifier === markModuleName) return markModuleName
        return resolveModule(specifier, files) ?? { error: new Error(`There is no module "${specifier}". Only the files of this exercise can be imported.`) }
      },
    )
  }

  #load(code: string, name: string, control: QuickJSHandle): SandboxEnd | null {
    const promise = this.#value(this.#context.evalCode(code, name, { type: 'module' }))
    if ('type' in promise) return promise
    const settled = (): boolean => {
      const state = this.#context.getPromiseState(promise)
      if (state.type === 'pending') return false
      if (state.type === 'fulfilled' && state.notAPromise !== true) state.value.dispose()
      if (state.type === 'rejected') state.error.dispose()
      return true
    }
    const end = this.#turn(control, settled)
    if (end.type !== 'done' && end.type !== 'failed') return end
    const state = this.#context.getPromiseState(promise)
    if (state.type === 'rejected') return this.#errorEnd(this.#own(state.error))
    if (state.type === 'fulfilled' && state.notAPromise !== true) state.value.dispose()
    return null
  }

  /** Runs promise jobs, and lets time pass whenever none is left, until `finished`. */
  #turn(control: QuickJSHandle, finished: () => boolean): SandboxEnd {
    const next = this.#own(this.#context.getProp(control, 'next'))
    for (;;) {
      while (this.#runtime.hasPendingJob()) {
        const jobs = this.#runtime.executePendingJobs(jobsAtOnce)
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
      const called = this.#context.callFunction(next, control)
      if (called.error !== undefined) {
        const end = this.#errorEnd(called.error)
        called.error.dispose()
        return end
      }
      const what = this.#context.getString(called.value)
      called.value.dispose()
      if (this.#limit !== null) return this.#limit
      if (what === 'limit') return { type: 'limit', limit: 'virtual', at: this.#lineNow() }
      if (what === 'idle') return finished() ? { type: this.#failed ? 'failed' : 'done' } : { type: 'stuck' }
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

  #value(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle | SandboxEnd {
    if (result.error === undefined) return this.#own(result.value)
    return this.#errorEnd(this.#own(result.error))
  }

  #errorEnd(error: QuickJSHandle): SandboxEnd {
    if (this.#limit !== null) return this.#limit
    const read = (name: string): string => {
      const handle = this.#context.getProp(error, name)
      const text = this.#context.typeof(handle) === 'string' ? this.#context.getString(handle) : ''
      handle.dispose()
      return text
    }
    // Without memory for an error, the engine throws null.
    if (this.#context.typeof(error) !== 'object' || this.#context.dump(error) === null) return { type: 'error', name: '', message: `threw ${String(this.#context.dump(error))}`, stack: '' }
    const found = { name: read('name'), message: read('message'), stack: read('stack') }
    if (isOutOfMemory(found)) return { type: 'limit', limit: 'memory', at: this.#lineNow() }
    return { type: 'error', ...found }
  }

  #own<H extends QuickJSHandle>(handle: H): H {
    this.#handles.push(handle)
    return handle
  }
}

/** True for the error with which the engine reports that its memory limit is reached. */
export function isOutOfMemory(error: { name: string; message: string }): boolean {
  return error.name === 'InternalError' && (error.message === 'out of memory' || error.message === 'string too long')
}
