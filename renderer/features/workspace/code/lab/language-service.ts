/** What the editor asks while code is written: types under the pointer, names that fit, parameters of a call. */
import type * as TypeScript from 'typescript-6'
import type { ImportablePackages, SourceFile } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { compilerOptions, rootNames, surroundingsOf } from '../../../../../exercises/kinds/code/compile/surroundings.ts'
import type { CodeSuggestion, HoverNote, SignatureHelp, SymbolNote } from './protocol.ts'

export interface CodeLanguage {
  /** The files as they are now; those of the tests that are shown among them. */
  update(files: readonly SourceFile[]): void
  hover(file: string, offset: number): HoverNote | null
  /** `typed`: the character that asked, where one did; not everywhere does it ask for something. */
  complete(file: string, offset: number, typed?: string): CodeSuggestion[]
  describe(file: string, offset: number, name: string): SymbolNote | null
  signature(file: string, offset: number): SignatureHelp | null
}

const triggers = ['.', "'", '"', '/', '@'] as const

/** Declarations are written out this far at most: a hover is read, not studied. */
const maxSignature = 1_200

/** @param libraries texts of the compiler's `lib.*.d.ts` by file name, as for the compiler */
export function createLanguage(ts: typeof TypeScript, libraries: ReadonlyMap<string, string>, packages: ImportablePackages): CodeLanguage {
  const texts = new Map<string, string>()
  const versions = new Map<string, number>()
  const options = compilerOptions(ts)
  const surroundings = surroundingsOf(libraries, texts, packages)
  const service = ts.createLanguageService({
    ...surroundings,
    getCompilationSettings: () => options,
    getScriptFileNames: () => rootNames(texts.keys(), true),
    getScriptVersion: (path) => String(versions.get(path.slice(1)) ?? 0),
    getScriptSnapshot: (path) => {
      const text = surroundings.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
  })
  const plain = (parts: readonly TypeScript.SymbolDisplayPart[] | undefined): string => ts.displayPartsToString(parts === undefined ? undefined : [...parts])
  const noteOf = (found: { displayParts?: readonly TypeScript.SymbolDisplayPart[]; documentation?: readonly TypeScript.SymbolDisplayPart[]; tags?: readonly TypeScript.JSDocTagInfo[] }): SymbolNote => {
    const signature = plain(found.displayParts)
    const tags = (found.tags ?? []).map(({ name, text }) => `*@${name}* ${plain(text)}`.trim())
    return {
      signature: signature.length > maxSignature ? `${signature.slice(0, maxSignature)}...` : signature,
      documentation: [plain(found.documentation), ...tags].filter((text) => text !== '').join('\n\n'),
    }
  }

  return {
    update(files) {
      for (const { name, text } of files) {
        if (texts.get(name) === text) continue
        texts.set(name, text)
        versions.set(name, (versions.get(name) ?? 0) + 1)
      }
    },
    hover(file, offset) {
      const found = service.getQuickInfoAtPosition(`/${file}`, offset)
      return found === undefined ? null : { ...noteOf(found), start: found.textSpan.start, length: found.textSpan.length }
    },
    complete(file, offset, typed) {
      const triggerCharacter = triggers.find((trigger) => trigger === typed)
      const found = service.getCompletionsAtPosition(`/${file}`, offset, { includeCompletionsWithInsertText: true, ...(triggerCharacter === undefined ? {} : { triggerCharacter }) })
      return (found?.entries ?? []).map(({ name, kind, sortText, insertText, replacementSpan }) => ({
        name,
        kind,
        sortText,
        ...(insertText === undefined ? {} : { insertText }),
        ...(replacementSpan === undefined ? {} : { replaces: { start: replacementSpan.start, length: replacementSpan.length } }),
      }))
    },
    describe(file, offset, name) {
      const found = service.getCompletionEntryDetails(`/${file}`, offset, name, undefined, undefined, undefined, undefined)
      return found === undefined ? null : noteOf(found)
    },
    signature(file, offset) {
      const found = service.getSignatureHelpItems(`/${file}`, offset, undefined)
      if (found === undefined) return null
      return {
        active: found.selectedItemIndex,
        activeParameter: found.argumentIndex,
        signatures: found.items.map((item) => {
          const parameters = item.parameters.map(({ displayParts, documentation }) => ({ label: plain(displayParts), documentation: plain(documentation) }))
          const label = `${plain(item.prefixDisplayParts)}${parameters.map((one) => one.label).join(plain(item.separatorDisplayParts))}${plain(item.suffixDisplayParts)}`
          return { label, documentation: plain(item.documentation), parameters }
        }),
      }
    },
  }
}
