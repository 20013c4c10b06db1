/** The TypeScript compiler, in its own thread: it checks while the learner types, and compiles what is to run. */
import { filesOfAnswer } from '../../../../../exercises/kinds/code/answer-files.ts'
import type { SourceFile } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { createCompiler } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { importablePackages } from '../../../../../exercises/kinds/code/grade.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { createLanguage } from './language-service.ts'
import { loadPackages } from './load-packages.ts'
import type { LanguageCall, LanguageCalls, LanguageRequest, WorkerReply } from './protocol.ts'
import { toPlain } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

type Opened = Awaited<ReturnType<typeof open>>
const reply = (message: WorkerReply): void => self.postMessage(message)
let opened: Promise<Opened> | null = null

async function open(exercise: CodeExercise, told: (share: number) => void) {
  const { default: ts } = await import('typescript-6')
  told(0.5)
  const [{ libraries }, packages] = await Promise.all([import('./libraries.ts'), importablePackages(exercise, { packages: loadPackages })])
  told(0.6)
  const shown = exercise.tests.filter((test) => !test.hidden)
  const compiler = createCompiler(ts, libraries)
  const language = createLanguage(ts, libraries, packages)
  const filesOf = (answer: string): SourceFile[] => filesOfAnswer(exercise, answer)
  const check = (answer: string) => [...compiler.check(filesOf(answer), packages), ...compiler.checkTests(filesOf(answer), shown, packages)]
  // Parses and binds the language's own declarations, so that the first check while typing is quick.
  check(exercise.starter)
  return { exercise, packages, shown, compiler, language, filesOf, check }
}

function answer({ exercise, packages, shown, compiler, language, filesOf, check }: Opened, request: Exclude<LanguageRequest, { call: 'open' }>): LanguageCalls[LanguageCall]['output'] {
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
      return language.complete(file, offset)
    case 'describe':
      return language.describe(file, offset, request.input.name)
    case 'signature':
      return language.signature(file, offset)
  }
}

async function serve(request: LanguageRequest): Promise<unknown> {
  if (request.call === 'open') {
    opened = open(request.input.exercise, (share) => reply({ id: request.id, news: { type: 'loaded', share } }))
    await opened
    return null
  }
  if (opened === null) throw new Error('The compiler has no exercise.')
  return answer(await opened, request)
}

self.addEventListener('message', ({ data }: MessageEvent<LanguageRequest>) => {
  serve(data).then(
    (value) => reply({ id: data.id, ok: true, value }),
    (error: unknown) => reply({ id: data.id, ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  )
})
