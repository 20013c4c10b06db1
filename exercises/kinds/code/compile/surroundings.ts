/** What a program of an exercise is compiled with: options, libraries, globals, and what its imports may name. */
import type * as TypeScript from 'typescript-6'
import { resolveTypes } from '../packages/packages.ts'
import { globalTypes, testTypes } from './ambient.ts'
import type { ImportablePackages } from './compiler.ts'

const globalTypesName = 'globals.d.ts'
const testTypesName = 'testing.d.ts'

/** The options of every program. */
export function compilerOptions(ts: typeof TypeScript): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2024.d.ts'],
    types: [],
    strict: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    sourceMap: true,
    inlineSources: false,
  }
}

/** Files that a program begins with; `withTests` adds the types of `firedrill/test`. */
export function rootNames(names: Iterable<string>, withTests: boolean): string[] {
  return [...names, globalTypesName, ...(withTests ? [testTypesName] : [])].map((name) => `/${name}`)
}

/** The part of a compiler's host, or of a language service's, that says which files there are. */
export interface Surroundings {
  fileExists(path: string): boolean
  readFile(path: string): string | undefined
  getDefaultLibFileName(): string
  getDefaultLibLocation(): string
  getCurrentDirectory(): string
  useCaseSensitiveFileNames(): boolean
  getNewLine(): string
  writeFile(): void
  resolveModuleNameLiterals(literals: readonly TypeScript.StringLiteralLike[], from: string): readonly TypeScript.ResolvedModuleWithFailedLookupLocations[]
}

/**
 * @param libraries texts of the compiler's `lib.*.d.ts` by file name
 * @param texts the program's own files by name; read at each question
 */
export function surroundingsOf(libraries: ReadonlyMap<string, string>, texts: ReadonlyMap<string, string>, packages: ImportablePackages): Surroundings {
  const { types } = packages.available
  const given = new Map([[globalTypesName, globalTypes], [testTypesName, testTypes]])
  const read = (path: string): string | undefined => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return types.get(path) ?? texts.get(name) ?? given.get(name) ?? libraries.get(name)
  }
  const resolve = (specifier: string, from: string): TypeScript.ResolvedModuleFull | undefined => {
    // Declarations of packages reach each other; programs reach those that the exercise allows.
    const path = types.has(from) || packages.allowed.includes(specifier) ? resolveTypes(specifier, from, types) : null
    if (path !== null) return { resolvedFileName: path, extension: '.d.mts', isExternalLibraryImport: true }
    const found = resolveModule(specifier, texts)
    return found === null ? undefined : { resolvedFileName: `/${found}`, extension: '.ts', isExternalLibraryImport: false }
  }
  return {
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    getDefaultLibFileName: () => '/lib.es2024.d.ts',
    getDefaultLibLocation: () => '/',
    getCurrentDirectory: () => '/',
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
    resolveModuleNameLiterals: (literals, from) => literals.map(({ text }) => ({ resolvedModule: resolve(text, from) })),
  }
}

/** The file that a module specifier names among `files`, or null. `./retry`, `./retry.js` and `./retry.ts` are one. */
export function resolveModule(specifier: string, files: { has(name: string): boolean }): string | null {
  if (!specifier.startsWith('./')) return null
  const stem = specifier.slice(2).replace(/\.(ts|js)$/, '')
  return files.has(`${stem}.ts`) ? `${stem}.ts` : null
}
