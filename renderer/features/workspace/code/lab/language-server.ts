/** The compiler as a server of requests: it checks while the learner types, and compiles what is to run. */
import type * as TypeScript from 'typescript-6'
import { filesOfAnswer } from '../../../../../exercises/kinds/code/answer-files.ts'
import type { SourceFile } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { createCompiler } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { importablePackages } from '../../../../../exercises/kinds/code/grade.ts'
import type { CodePackages } from '../../../../../exercises/kinds/code/packages/packages.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { createLanguage } from './language-service.ts'
import type { LanguageCall, LanguageCalls, LanguageRequest, WorkerReply } from './protocol.ts'
import { toPlain } from './protocol.ts'

export interface LanguageSources {
  typescript(): Promise<typeof TypeScript>
  libraries(): Promise<ReadonlyMap<string, string>>
  packages(): Promise<CodePackages>
}

/** Shares of the work of loading, as measured: the compiler itself, then what it reads, then the first check. */
const compilerShare = 0.5
const librariesShare = 0.6

export class LanguageServer {
  readonly #sources: LanguageSources
  readonly #reply: (message: WorkerReply) => void
  #opened: ReturnType<typeof open> | null = null

  constructor(sources: LanguageSources, reply: (message: WorkerReply) => void) {
    this.#sources = sources
    this.#reply = reply
  }

  /** Answers one request. Never rejects. */
  async serve(request: LanguageRequest): Promise<void> {
    try {
      this.#reply({ id: request.id, ok: true, value: await this.#answer(request) })
    } catch (error) {
      this.#reply({ id: request.id, ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
    }
  }

  async #answer(request: LanguageRequest): Promise<LanguageCalls[LanguageCall]['output']> {
    if (request.call === 'open') {
      this.#opened = open(request.input.exercise, this.#sources, (share) => this.#reply({ id: request.id, news: { type: 'loaded', share } }))
      await this.#opened
      return null
    }
    if (this.#opened === null) throw new Error('The compiler has no exercise.')
    const { exercise, packages, shown, compiler, language, filesOf, check } = await this.#opened
    if (request.call === 'check') return check(request.input.answer)
    if (request.call === 'compile') {
      const { diagnostics, modules } = compiler.compile(filesOf(request.input.answer), packages)
      return { diagnostics, modules: modules.map(toPlain), tests: exercise.tests.map((test) => toPlain(compiler.compileTest(test))) }
    }
    const { file, offset } = request.input
    language.update([...filesOf(request.input.answer), ...shown])
    switch (request.call) {
      case 'hover':
        return language.hover(file, offset)
      case 'complete':
        return language.complete(file, offset, request.input.typed)
      case 'describe':
        return language.describe(file, offset, request.input.name)
      case 'signature':
        return language.signature(file, offset)
    }
  }
}

async function open(exercise: CodeExercise, sources: LanguageSources, told: (share: number) => void) {
  const ts = await sources.typescript()
  told(compilerShare)
  const [libraries, packages] = await Promise.all([sources.libraries(), importablePackages(exercise, sources)])
  told(librariesShare)
  const shown = exercise.tests.filter((test) => !test.hidden)
  const compiler = createCompiler(ts, libraries)
  const language = createLanguage(ts, libraries, packages)
  const filesOf = (answer: string): SourceFile[] => filesOfAnswer(exercise, answer)
  const check = (answer: string) => [...compiler.check(filesOf(answer), packages), ...compiler.checkTests(filesOf(answer), shown, packages)]
  // Parses and binds the language's own declarations, so that the first check while typing is quick.
  check(exercise.starter)
  return { exercise, packages, shown, compiler, language, filesOf, check }
}
