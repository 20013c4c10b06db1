/** Programs as they were when they had been loaded: the tests of one file begin at the same place, and so load it once. */
import type { CompiledModule } from '../compile/compiler.ts'
import type { GuestEvent } from '../guest/kit.ts'
import type { Realm, RealmState } from './realm.ts'
import type { SandboxTask } from './sandbox.ts'

export interface LoadedProgram {
  state: RealmState
  /** What happened while it loaded. */
  events: readonly GuestEvent[]
  dropped: number
  tests: { id: string; seeds: number }[]
}

interface Kept {
  modules: readonly CompiledModule[]
  byTestFile: Map<CompiledModule, { seed: number; limits: SandboxTask['limits']; program: LoadedProgram }>
}

/** One program for each realm: an image is some megabytes. */
const keptPrograms = new WeakMap<Realm, Kept>()

/** The program of `task` with its tests, loaded with the same seed; null when that was not kept. */
export function loadedBefore(realm: Realm, { modules, testFile, seed, limits }: SandboxTask): LoadedProgram | null {
  const kept = keptPrograms.get(realm)
  const found = kept?.modules === modules ? kept.byTestFile.get(testFile) : undefined
  return found !== undefined && found.seed === seed && found.limits === limits ? found.program : null
}

/** Keeps what the next test can begin with. Most tests have one seed: the first one is worth its memory. */
export function keepLoaded(realm: Realm, { modules, testFile, seed, limits }: SandboxTask, program: LoadedProgram): void {
  const known = keptPrograms.get(realm)
  const kept = known?.modules === modules ? known : { modules, byTestFile: new Map() }
  keptPrograms.set(realm, kept)
  if (!kept.byTestFile.has(testFile)) kept.byTestFile.set(testFile, { seed, limits, program })
}
