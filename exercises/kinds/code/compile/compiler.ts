/** Checks and compiles TypeScript with the compiler's own API, in memory. */
import type * as TypeScript from 'typescript-6'
import { globalTypes, testTypes } from './ambient.ts'
import { lineMarks, markImport } from './line-marks.ts'
import { SourceMap } from './source-map.ts'

export interface SourceFile {
  /** File name without folders, such as `retry.ts`. */
  name: string
  text: string
}

/** What the compiler says about a place. */
export interface Diagnostic {
  file: string
  /** 1-based. */
  line: number
  column: number
  /** UTF-16 units. */
  length: number
  /** Such as `TS2322`. */
  code: string
  message: string
}

/** A module ready to run. */
export interface CompiledModule {
  name: string
  javascript: string
  map: SourceMap
}

export interface Compiler {
  /** Checks `files` and compiles them; the modules are empty when something is wrong. */
  compile(files: readonly SourceFile[]): { diagnostics: Diagnostic[]; modules: CompiledModule[] }
  /** Compiles a test without checking it against the learner's files. */
  compileTest(file: SourceFile): CompiledModule
  /** Checks tests against files, for authors. */
  checkTests(files: readonly SourceFile[], tests: readonly SourceFile[]): Diagnostic[]
}

type Ts = typeof TypeScript
const globalTypesName = 'globals.d.ts'
const testTypesName = 'testing.d.ts'

/**
 * @param ts the module `typescript-6`; 9 MB, so the caller loads it when it is first needed
 * @param libraries texts of the compiler's `lib.*.d.ts` by file name; those of `ES2024` must be among them
 */
export function createCompiler(ts: Ts, libraries: ReadonlyMap<string, string>): Compiler {
  const options: TypeScript.CompilerOptions = {
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
  /** Libraries are parsed and bound once; they are most of the work. */
  const parsed = new Map<string, TypeScript.SourceFile>()
  const tests = new Map<string, CompiledModule>()
  const given = new Map([...libraries, [globalTypesName, globalTypes], [testTypesName, testTypes]])

  function programOf(files: readonly SourceFile[], withTests: boolean): TypeScript.Program {
    const texts = new Map(files.map((file) => [file.name, file.text]))
    const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
    const read = (path: string): string | undefined => texts.get(baseName(path)) ?? given.get(baseName(path))
    const host: TypeScript.CompilerHost = {
      fileExists: (path) => read(path) !== undefined,
      readFile: read,
      getSourceFile: (path, language) => {
        const name = baseName(path)
        const known = texts.has(name) ? undefined : parsed.get(name)
        if (known !== undefined) return known
        const text = read(path)
        if (text === undefined) return undefined
        const file = ts.createSourceFile(path, text, language)
        if (!texts.has(name)) parsed.set(name, file)
        return file
      },
      getDefaultLibFileName: () => '/lib.es2024.d.ts',
      getDefaultLibLocation: () => '/',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => undefined,
      resolveModuleNameLiterals: (literals) =>
        literals.map(({ text }) => {
          const found = resolveModule(text, texts)
          return { resolvedModule: found === null ? undefined : { resolvedFileName: `/${found}`, extension: '.ts', isExternalLibraryImport: false } }
        }),
    }
    const roots = [...texts.keys(), globalTypesName, ...(withTests ? [testTypesName] : [])]
    return ts.createProgram({ rootNames: roots.map((name) => `/${name}`), options, host })
  }

  function diagnosticsOf(program: TypeScript.Program, files: readonly SourceFile[]): Diagnostic[] {
    return files.flatMap((file) => {
      const source = program.getSourceFile(`/${file.name}`)
      if (source === undefined) return []
      const syntactic = program.getSyntacticDiagnostics(source)
      // Types of text that does not parse say nothing new.
      const all = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(source)
      return all.map((found) => describe(found, file.name))
    })
  }

  function describe(found: TypeScript.Diagnostic, name: string): Diagnostic {
    const place = found.file === undefined ? { line: 0, character: 0 } : ts.getLineAndCharacterOfPosition(found.file, found.start ?? 0)
    return {
      file: name,
      line: place.line + 1,
      column: place.character + 1,
      length: found.length ?? 0,
      code: `TS${found.code}`,
      // There is nothing to install here.
      message: ts.flattenDiagnosticMessageText(found.messageText, '\n').replace(/ Do you need to [\s\S]*$/, ''),
    }
  }

  return {
    compile(files) {
      const program = programOf(files, false)
      const diagnostics = diagnosticsOf(program, files)
      if (diagnostics.length > 0) return { diagnostics, modules: [] }
      const modules = files.map((file, index) => {
        let javascript = ''
        let mappings = ''
        const write: TypeScript.WriteFileCallback = (path, text) => {
          if (path.endsWith('.map')) mappings = mappingsOf(text)
          else javascript = text
        }
        program.emit(program.getSourceFile(`/${file.name}`), write, undefined, false, { before: [lineMarks(ts, index)] })
        return { name: file.name, javascript: `${markImport}${javascript}`, map: new SourceMap(mappings) }
      })
      return { diagnostics, modules }
    },
    compileTest(file) {
      const key = `${file.name}\n${file.text}`
      const known = tests.get(key)
      if (known !== undefined) return known
      const { outputText, sourceMapText } = ts.transpileModule(file.text, { compilerOptions: options, fileName: file.name })
      const compiled = { name: file.name, javascript: outputText, map: new SourceMap(mappingsOf(sourceMapText ?? '{}')) }
      tests.set(key, compiled)
      return compiled
    },
    checkTests(files, testFiles) {
      return diagnosticsOf(programOf([...files, ...testFiles], true), testFiles)
    },
  }
}

/** The file that a module specifier names among `files`, or null. `./retry`, `./retry.js` and `./retry.ts` are one. */
export function resolveModule(specifier: string, files: { has(name: string): boolean }): string | null {
  if (!specifier.startsWith('./')) return null
  const stem = specifier.slice(2).replace(/\.(ts|js)$/, '')
  return files.has(`${stem}.ts`) ? `${stem}.ts` : null
}

function mappingsOf(text: string): string {
  const map: unknown = JSON.parse(text)
  return typeof map === 'object' && map !== null && 'mappings' in map && typeof map.mappings === 'string' ? map.mappings : ''
}
