/** Loads the sandbox's engine, QuickJS in WebAssembly, in a worker. */
import variant from '@jitl/quickjs-wasmfile-release-sync'
import wasmUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url'
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core'
import type { EngineStock } from '../../../../../exercises/kinds/code/engine.ts'
import { engineBaseMb, engineStock } from '../../../../../exercises/kinds/code/engine.ts'

const pageBytes = 65_536

/** @throws when the engine's file cannot be loaded */
export async function loadSandbox(): Promise<EngineStock> {
  const wasmModule = await WebAssembly.compileStreaming(fetch(wasmUrl))
  return engineStock((maxBytes) => {
    const wasmMemory = new WebAssembly.Memory({ initial: (engineBaseMb * 1024 * 1024) / pageBytes, maximum: maxBytes / pageBytes })
    return newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule, wasmMemory }))
  })
}
