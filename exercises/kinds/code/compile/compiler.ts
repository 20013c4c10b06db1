/** Checks and compiles TypeScript with the compiler's own API, in memory. */
import type * as TypeScript from 'typescript-6'
import { lineMarks, markImport } from './line-marks.ts'
import type { CodePackages } from '../packages/packages.ts'
import { noPackages } from '../packages/packages.ts'
import { SourceMap } from './source-map.ts'
import { compilerOptions, rootNames, surroundingsOf } from './surroundings.ts'

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
  /** Checks `files` and compiles them; the modules are empty when something is wrong. `packages` are those that they may import. */
  compile(files: readonly SourceFile[], packages?: ImportablePackages): { diagnostics: Diagnostic[]; modules: CompiledModule[] }
  /** Compiles a test without checking it against the learner's files. */
  compileTest(file: SourceFile): CompiledModule
}

/** What those need who write code or tests, beside what grading needs. */
export interface AuthorCompiler extends Compiler {
  /** Checks `files` and compiles nothing. */
  check(files: readonly SourceFile[], packages?: ImportablePackages): Diagnostic[]
  /** Checks tests against files. */
  checkTests(files: readonly SourceFile[], tests: readonly SourceFile[], packages?: ImportablePackages): Diagnostic[]
}

/** The packages there are, and the names of those that an exercise allows. */
export interface ImportablePackages {
  available: CodePackages
  allowed: readonly string[]
}

/** What a program may import that no exercise allows anything. */
export const nothingImportable: ImportablePackages = { available: noPackages, allowed: [] }

type Ts = typeof TypeScript

/**
 * @param ts the module `typescript-6`; 9 MB, so the caller loads it when it is first needed
 * @param libraries texts of the compiler's `lib.*.d.ts` by file name; those of `ES2024` must be among them
 */
export function createCompiler(ts: Ts, libraries: ReadonlyMap<string, string>): AuthorCompiler {
  const options = compilerOptions(ts)
  /** Libraries are parsed and bound once; they are most of the work. */
  const parsed = new Map<string, TypeScript.SourceFile>()
  const tests = new Map<string, CompiledModule>()

  function programOf(files: readonly SourceFile[], withTests: boolean, packages: ImportablePackages): TypeScript.Program {
    const texts = new Map(files.map((file) => [file.name, file.text]))
    const surroundings = surroundingsOf(libraries, texts, packages)
    const host: TypeScript.CompilerHost = {
      ...surroundings,
      getSourceFile: (path, language) => {
        const isOwn = texts.has(path.slice(1))
        const known = isOwn ? undefined : parsed.get(path)
        if (known !== undefined) return known
        const text = surroundings.readFile(path)
        if (text === undefined) return undefined
        const file = ts.createSourceFile(path, text, language)
        if (!isOwn) parsed.set(path, file)
        return file
      },
      getCanonicalFileName: (path) => path,
    }
    return ts.createProgram({ rootNames: rootNames(texts.keys(), withTests), options, host })
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
    check: (files, packages = nothingImportable) => diagnosticsOf(programOf(files, false, packages), files),
    compile(files, packages = nothingImportable) {
      const program = programOf(files, false, packages)
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
    checkTests(files, testFiles, packages = nothingImportable) {
      return diagnosticsOf(programOf([...files, ...testFiles], true, packages), testFiles)
    },
  }
}

function mappingsOf(text: string): string {
  const map: unknown = JSON.parse(text)
  return typeof map === 'object' && map !== null && 'mappings' in map && typeof map.mappings === 'string' ? map.mappings : ''
}
