/** Loads the TypeScript compiler and the sandbox engine of `code` exercises in Node. */
import { readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { AuthorCompiler } from '../../../exercises/kinds/code/compile/compiler.ts'
import { createCompiler } from '../../../exercises/kinds/code/compile/compiler.ts'
import { engineBaseMb, engineStock } from '../../../exercises/kinds/code/engine.ts'
import type { CodeSources } from '../../../exercises/kinds/code/grade.ts'
import { loadCodePackages } from './code-packages.ts'

const pageBytes = 65_536

/** Takes about half a second; load once for each thread. @throws when the packages cannot be loaded */
export async function loadCodeSources(): Promise<CodeSources & { compiler: AuthorCompiler }> {
  const { resolve } = createRequire(import.meta.url)
  const [{ default: ts }, { newQuickJSWASMModuleFromVariant, newVariant }, { default: variant }] = await Promise.all([
    import('typescript-6'),
    import('quickjs-emscripten-core'),
    import('@jitl/quickjs-wasmfile-release-sync'),
  ])
  const wasmModule = await WebAssembly.compile(await readFile(resolve('@jitl/quickjs-wasmfile-release-sync/wasm')))
  return {
    compiler: createCompiler(ts, await readLibraries()),
    engines: engineStock((maxBytes) => {
      const wasmMemory = new WebAssembly.Memory({ initial: (engineBaseMb * 1024 * 1024) / pageBytes, maximum: maxBytes / pageBytes })
      return newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule, wasmMemory }))
    }),
    packages: loadCodePackages,
    nowMs: () => performance.now(),
  }
}

/** Texts of the compiler's declarations of the language, by file name. */
export async function readLibraries(): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(createRequire(import.meta.url).resolve('typescript-6'))
  const names = (await readdir(folder)).filter((name) => /^lib\.(es|decorators)[\w.]*\.d\.ts$/.test(name))
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)))
}
