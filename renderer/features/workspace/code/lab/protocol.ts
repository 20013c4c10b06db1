/** What the page says to its two workers: one has the compiler, the other the sandbox. Plain data, for structured cloning. */
import type { CompiledModule, Diagnostic } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { SourceMap } from '../../../../../exercises/kinds/code/compile/source-map.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'

/** A compiled module as data. */
export interface PlainModule {
  name: string
  javascript: string
  mappings: string
}

export const toPlain = ({ name, javascript, map }: CompiledModule): PlainModule => ({ name, javascript, mappings: map.mappings })
export const fromPlain = ({ name, javascript, mappings }: PlainModule): CompiledModule => ({ name, javascript, map: new SourceMap(mappings) })

/** What the compiler makes of an answer. */
export interface CompiledAnswer {
  diagnostics: Diagnostic[]
  modules: PlainModule[]
  /** One for each test file, in their order. */
  tests: PlainModule[]
}

/** A place in a file of the editor: a UTF-16 offset in the text that `answer` gives it. */
export interface CaretPlace {
  answer: string
  file: string
  offset: number
}

/** Words about a symbol. */
export interface SymbolNote {
  /** Its type, as TypeScript. */
  signature: string
  documentation: string
}

export interface HoverNote extends SymbolNote {
  start: number
  length: number
}

export interface CodeSuggestion {
  name: string
  /** The compiler's own word: `method`, `const`, `keyword`. */
  kind: string
  sortText: string
  insertText?: string
  /** What it takes the place of, where that is more than the word at the caret. */
  replaces?: { start: number; length: number }
}

export interface SignatureNote {
  label: string
  documentation: string
  parameters: { label: string; documentation: string }[]
}

export interface SignatureHelp {
  signatures: SignatureNote[]
  active: number
  activeParameter: number
}

/** Requests to the compiler's worker and their answers. The first is `open`. */
export interface LanguageCalls {
  open: { input: { exercise: CodeExercise }; output: null }
  /** What is wrong in the learner's files and in the tests that are shown. */
  check: { input: { answer: string }; output: Diagnostic[] }
  compile: { input: { answer: string }; output: CompiledAnswer }
  hover: { input: CaretPlace; output: HoverNote | null }
  /** `typed`: the character that asked, where one did. */
  complete: { input: CaretPlace & { typed?: string }; output: CodeSuggestion[] }
  describe: { input: CaretPlace & { name: string }; output: SymbolNote | null }
  signature: { input: CaretPlace; output: SignatureHelp | null }
}
export type LanguageCall = keyof LanguageCalls
export type LanguageRequest = { [Name in LanguageCall]: { id: number; call: Name; input: LanguageCalls[Name]['input'] } }[LanguageCall]

/** Runs compiled tests in the sandbox. `exercise`: with the checks that are to run. */
export interface RunRequest {
  id: number
  exercise: CodeExercise
  answer: string
  compiled: CompiledAnswer
}

/** What is being done: another run of a test begins, or so much of the compiler is there, 0..1. */
export type WorkerNews = { type: 'step'; test: string; seed: number } | { type: 'loaded'; share: number }

/** What either worker says. */
export type WorkerReply =
  | { id: number; news: WorkerNews }
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; message: string }
