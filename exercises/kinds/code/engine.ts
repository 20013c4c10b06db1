/** Keeps a QuickJS in WebAssembly from one run to the next, and replaces it when it broke. */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core'

export interface EngineStock {
  /** An engine whose memory cannot grow beyond what programs with this limit may take. */
  get(memoryMb: number): Promise<QuickJSWASMModule>
  /** The engine broke or grew: the next `get` makes another. */
  discard(): void
}

/** What the engine has taken before any program runs, in MB. */
export const engineBaseMb = 16

/**
 * @param make instantiates the engine's WebAssembly with at most so many bytes of memory. The engine's own limit counts
 *   single allocations only (its allocator cannot tell sizes here), so this is the one that holds.
 */
export function engineStock(make: (maxBytes: number) => Promise<QuickJSWASMModule>): EngineStock {
  let kept: { memoryMb: number; engine: Promise<QuickJSWASMModule> } | null = null
  return {
    get: (memoryMb) => {
      if (kept?.memoryMb !== memoryMb) kept = { memoryMb, engine: make((engineBaseMb + memoryMb) * 1024 * 1024) }
      return kept.engine
    },
    discard: () => {
      kept = null
    },
  }
}
