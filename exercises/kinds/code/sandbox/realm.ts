/**
 * A QuickJS realm with the guest and the packages in it, made once for an engine. Every run begins from an image of its
 * memory: that is as good as a new realm, and takes less than a millisecond.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core'
import type { ImportablePackages } from '../compile/compiler.ts'
import { markModule, markModuleName } from '../compile/line-marks.ts'
import { resolveModule } from '../compile/surroundings.ts'
import { guestProgram, testModule } from '../guest/program.ts'
import { MemoryImage } from './memory-image.ts'
import { readThrown } from './thrown.ts'

/** What a run gives to the realm while it lasts. */
export interface RealmGuest {
  /** JavaScript of the program's files by name. */
  files: ReadonlyMap<string, string>
  testFile: string
  /** Text that the guest sent. */
  onText(text: string): void
  /** Called every 10,000 jumps and calls; true stops the program. `checks` counts from the beginning of the realm. */
  shouldStop(checks: number): boolean
}

/** The realm at one moment. */
export interface RealmState {
  image: MemoryImage
  checks: number
}

export interface RealmSettings {
  memoryMb: number
  packages: ImportablePackages
}

/**
 * Deeper recursion is an error of the program. WebAssembly uses the host's stack as well, which is smaller in a worker of
 * a browser, so this stays far below it.
 */
const stackBytes = 160 * 1024
export const testModuleName = 'firedrill/test'

export class Realm {
  readonly runtime: QuickJSRuntime
  readonly context: QuickJSContext
  /** What the host drives: see `guestProgram`. */
  readonly control: Readonly<Record<'line' | 'begin' | 'flush' | 'next' | 'run' | 'tests', QuickJSHandle>>
  readonly #settings: RealmSettings
  readonly #engine: QuickJSWASMModule
  readonly #fresh: RealmState
  #checks = 0
  #guest: RealmGuest | null = null

  /** @throws when the guest or a package cannot be loaded */
  constructor(engine: QuickJSWASMModule, settings: RealmSettings) {
    this.#engine = engine
    this.#settings = settings
    this.runtime = engine.newRuntime()
    this.runtime.setMemoryLimit(settings.memoryMb * 1024 * 1024)
    this.runtime.setMaxStackSize(stackBytes)
    this.runtime.setInterruptHandler(() => {
      this.#checks += 1
      return this.#guest?.shouldStop(this.#checks) ?? false
    })
    this.context = this.runtime.newContext()
    this.#offerModules()
    const prelude = this.#unwrap(this.context.evalCode(guestProgram, 'sandbox'))
    const emit = this.context.newFunction('emit', (text) => this.#guest?.onText(this.context.getString(text)))
    const control = this.#unwrap(this.context.callFunction(prelude, this.context.undefined, emit))
    const part = (name: string): QuickJSHandle => this.context.getProp(control, name)
    this.control = { line: part('line'), begin: part('begin'), flush: part('flush'), next: part('next'), run: part('run'), tests: part('tests') }
    // The handover is over before the first line of the learner runs.
    const { available, allowed } = settings.packages
    for (const name of [testModuleName, markModuleName, ...allowed.filter((other) => available.modules.has(other))]) this.#load(name)
    this.#fresh = this.state()
  }

  isFor({ memoryMb, packages }: RealmSettings): boolean {
    const mine = this.#settings
    return mine.memoryMb === memoryMb && mine.packages.available === packages.available && mine.packages.allowed.join() === packages.allowed.join()
  }

  /** Goes back to when it was new, or to `state`. Handles of what was since mean nothing any more, and need not be freed. */
  enter(guest: RealmGuest, { image, checks } = this.#fresh): void {
    image.restore()
    this.#checks = checks
    this.#guest = guest
  }

  /** Its present state, to `enter` again. Takes some milliseconds. */
  state(): RealmState {
    return { image: new MemoryImage(this.#engine.getWasmMemory()), checks: this.#checks }
  }

  /** No call of the engine reaches the run that ended. */
  leave(): void {
    this.#guest = null
  }

  #load(name: string): void {
    const loaded = this.#unwrap(this.context.evalCode(`import '${name}'`, 'sandbox', { type: 'module' }))
    while (this.runtime.hasPendingJob()) {
      const { error } = this.runtime.executePendingJobs()
      if (error !== undefined) throw this.#errorOf(error)
    }
    const state = this.context.getPromiseState(loaded)
    if (state.type === 'rejected') throw this.#errorOf(state.error)
    if (state.type === 'pending') throw new Error(`the module "${name}" did not load`)
  }

  #unwrap(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
    if (result.error !== undefined) throw this.#errorOf(result.error)
    return result.value
  }

  #errorOf(error: QuickJSHandle): Error {
    const { name, message } = readThrown(this.context, error)
    return new Error(`${name}: ${message}`)
  }

  #offerModules(): void {
    const { available, allowed } = this.#settings.packages
    const packages = available.modules
    const none = new Map<string, string>()
    this.runtime.setModuleLoader(
      (name) => (name === testModuleName ? testModule : name === markModuleName ? markModule : (this.#guest?.files.get(name) ?? packages.get(name) ?? { error: new Error(`There is no module "${name}".`) })),
      (from, specifier) => {
        // Packages reach each other and nothing else; programs reach those that the exercise allows.
        if (packages.has(from) || allowed.includes(specifier)) return packages.has(specifier) ? specifier : { error: new Error(`There is no module "${specifier}".`) }
        const mayTest = from === this.#guest?.testFile || from === 'sandbox'
        if (specifier === testModuleName && mayTest) return testModuleName
        if (specifier === markModuleName) return markModuleName
        return resolveModule(specifier, this.#guest?.files ?? none) ?? { error: new Error(`There is no module "${specifier}". Only the files of this exercise can be imported.`) }
      },
    )
  }
}

/** What an engine was before its first realm, and the realm that it holds. */
const realms = new WeakMap<QuickJSWASMModule, { untouched: MemoryImage; realm: Realm | null }>()

/** The engine's realm with these settings. One for each engine: another one takes its place. @throws as `Realm` */
export function realmOf(engine: QuickJSWASMModule, settings: RealmSettings): Realm {
  const known = realms.get(engine) ?? { untouched: new MemoryImage(engine.getWasmMemory()), realm: null }
  realms.set(engine, known)
  if (known.realm?.isFor(settings) === true) return known.realm
  known.realm = null
  known.untouched.restore()
  known.realm = new Realm(engine, settings)
  return known.realm
}
