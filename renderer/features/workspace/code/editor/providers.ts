/** Hover, completion and parameter help in Monaco, answered by the compiler's worker. Registered once for all editors. */
import { languages, Range } from 'monaco-editor/editor'
import type { editor, IMarkdownString, Position } from 'monaco-editor/editor'
import type { CaretPlace, LanguageCall, LanguageCalls, SymbolNote } from '../lab/protocol.ts'

export const languageId = 'typescript'

/** Asks the compiler; null when it cannot answer now. */
export type AskCompiler = <Name extends Exclude<LanguageCall, 'open'>>(call: Name, input: LanguageCalls[Name]['input']) => Promise<LanguageCalls[Name]['output'] | null>

interface Binding {
  /** Name of the file that the model holds. */
  file: string
  /** The answer that the editors hold now. */
  answer(): string
  ask: AskCompiler
}

const bindings = new WeakMap<editor.ITextModel, Binding>()

/** Says which file of which exercise a model holds. */
export function bindModel(model: editor.ITextModel, binding: Binding): void {
  bindings.set(model, binding)
}

function placeOf(model: editor.ITextModel, position: Position): (CaretPlace & { ask: AskCompiler }) | null {
  const found = bindings.get(model)
  return found === undefined ? null : { answer: found.answer(), file: found.file, offset: model.getOffsetAt(position), ask: found.ask }
}

const codeBlock = (text: string): IMarkdownString => ({ value: `\`\`\`${languageId}\n${text}\n\`\`\`` })

/** Words of declarations that hold no link and no picture: the page may not reach out. */
const prose = (text: string): IMarkdownString => ({ value: text, isTrusted: false, supportHtml: false })

const wordsOf = ({ signature, documentation }: SymbolNote): IMarkdownString[] => [codeBlock(signature), ...(documentation === '' ? [] : [prose(documentation)])]

languages.registerHoverProvider(languageId, {
  provideHover: async (model, position) => {
    const place = placeOf(model, position)
    if (place === null) return null
    const { ask, ...input } = place
    const found = await ask('hover', input)
    if (found === null) return null
    return { contents: wordsOf(found), range: Range.fromPositions(model.getPositionAt(found.start), model.getPositionAt(found.start + found.length)) }
  },
})

const { CompletionItemKind: Kind } = languages
const kinds: Readonly<Record<string, languages.CompletionItemKind>> = {
  keyword: Kind.Keyword, 'primitive type': Kind.Keyword,
  var: Kind.Variable, let: Kind.Variable, 'local var': Kind.Variable, alias: Kind.Variable, parameter: Kind.Variable,
  const: Kind.Constant,
  property: Kind.Property, getter: Kind.Property, setter: Kind.Property,
  function: Kind.Function, 'local function': Kind.Function,
  method: Kind.Method, construct: Kind.Method, call: Kind.Method,
  class: Kind.Class, 'local class': Kind.Class,
  interface: Kind.Interface, type: Kind.Interface,
  'type parameter': Kind.TypeParameter,
  module: Kind.Module, string: Kind.Text,
}

/** Remembers where a suggestion was asked for, to describe it when it is chosen. */
type Suggested = languages.CompletionItem & { asked: CaretPlace & { ask: AskCompiler }; name: string }

const isSuggested = (item: languages.CompletionItem): item is Suggested => 'asked' in item

languages.registerCompletionItemProvider(languageId, {
  triggerCharacters: ['.', "'", '"', '/', '@'],
  provideCompletionItems: async (model, position, { triggerCharacter }) => {
    const place = placeOf(model, position)
    if (place === null) return { suggestions: [] }
    const { ask, ...input } = place
    const found = await ask('complete', { ...input, ...(triggerCharacter === undefined ? {} : { typed: triggerCharacter }) })
    const word = model.getWordUntilPosition(position)
    const range = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn)
    const suggestions = (found ?? []).map(({ name, kind, sortText, insertText, replaces }): Suggested => {
      const whole = replaces === undefined ? range : Range.fromPositions(model.getPositionAt(replaces.start), model.getPositionAt(replaces.start + replaces.length))
      return { label: name, name, kind: kinds[kind] ?? Kind.Variable, insertText: insertText ?? name, sortText, range: whole, asked: place }
    })
    return { suggestions }
  },
  resolveCompletionItem: async (item) => {
    if (!isSuggested(item)) return item
    const { ask, ...input } = item.asked
    const note = await ask('describe', { ...input, name: item.name })
    return note === null ? item : { ...item, detail: note.signature, documentation: prose(note.documentation) }
  },
})

languages.registerSignatureHelpProvider(languageId, {
  signatureHelpTriggerCharacters: ['(', ',', '<'],
  signatureHelpRetriggerCharacters: [')'],
  provideSignatureHelp: async (model, position) => {
    const place = placeOf(model, position)
    if (place === null) return null
    const { ask, ...input } = place
    const found = await ask('signature', input)
    if (found === null) return null
    const value: languages.SignatureHelp = {
      activeSignature: found.active,
      activeParameter: found.activeParameter,
      signatures: found.signatures.map(({ label, documentation, parameters }) => ({
        label,
        documentation: prose(documentation),
        parameters: parameters.map((one) => ({ label: one.label, documentation: prose(one.documentation) })),
      })),
    }
    return { value, dispose: () => undefined }
  },
})
