/** The SQL editor: Monaco with SQLite's words and completion from the live schema. Imported dynamically. */
import { editorOptions } from './base-editor.ts'
import { editor, languages, MarkerSeverity, Range } from 'monaco-editor/editor'
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { Suggestion } from './completion.ts'
import { completionsAt } from './completion.ts'
import type { DialectName } from './dialect.ts'
import { dialects } from './dialect.ts'
import { postgresLanguageId } from './postgres-language.ts'
import { languageId as sqliteLanguageId } from './sqlite-language.ts'
import { followTheme } from './theme.ts'

/** Live schemas by model, so that two editors complete from their own databases. */
const schemas = new WeakMap<editor.ITextModel, () => readonly SchemaTable[]>()

const kinds: Record<Suggestion['kind'], languages.CompletionItemKind> = {
  column: languages.CompletionItemKind.Field,
  table: languages.CompletionItemKind.Struct,
  index: languages.CompletionItemKind.Reference,
  function: languages.CompletionItemKind.Function,
  keyword: languages.CompletionItemKind.Keyword,
  alias: languages.CompletionItemKind.Variable,
}

const languageIds: Record<DialectName, string> = { sqlite: sqliteLanguageId, postgres: postgresLanguageId }

languages.registerCompletionItemProvider(Object.values(languageIds), {
  triggerCharacters: ['.'],
  provideCompletionItems: (model, position) => {
    const word = model.getWordUntilPosition(position)
    const range = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn)
    const suggestions = completionsAt(model.getValue(), model.getOffsetAt(position), schemas.get(model)?.() ?? [], dialects[model.getLanguageId() === postgresLanguageId ? 'postgres' : 'sqlite'].vocabulary)
    return {
      suggestions: suggestions.map((suggestion, at) => ({
        label: { label: suggestion.label, description: suggestion.detail },
        kind: kinds[suggestion.kind],
        insertText: suggestion.insert,
        // Rank, then the order given: columns stay in the order of their table.
        sortText: `${String(suggestion.rank)}${String(at).padStart(5, '0')}`,
        range,
      })),
    }
  },
})

export interface SqlEditor {
  text(): string
  /** Replaces everything as one step that can be undone. */
  replaceText(text: string): void
  /** Inserts at the caret, as one step that can be undone, and takes the focus. */
  insert(text: string): void
  /** The selected text and where it starts, or null. */
  selection(): { text: string; start: number } | null
  /** The statement of the caret and where it starts, or null. */
  statement(): { text: string; start: number } | null
  /** Underlines a range; null clears. The message shows on hover and with F8. */
  mark(problem: { message: string; start: number; end: number } | null): void
  /** Moves the caret to an offset and takes the focus. */
  reveal(offset: number): void
  /** Whether Tab leaves the editor instead of indenting. */
  setTabLeaves(leaves: boolean): void
  setReadOnly(readOnly: boolean): void
  focus(): void
  dispose(): void
}

interface SqlEditorOptions {
  text: string
  name: string
  dialect: DialectName
  schema(): readonly SchemaTable[]
  onChange(text: string): void
}

/** Puts an editor into `container`. */
export function createSqlEditor(container: HTMLElement, options: SqlEditorOptions): SqlEditor {
  const stopTheme = followTheme()
  const languageId = languageIds[options.dialect]
  const instance = editor.create(container, {
    value: options.text,
    language: languageId,
    ...editorOptions(container, options.name),
  })
  const model = instance.getModel()
  if (model === null) throw new Error('Monaco made an editor without a model.')
  schemas.set(model, options.schema)
  model.onDidChangeContent(() => {
    editor.setModelMarkers(model, languageId, [])
    options.onChange(model.getValue())
  })

  const caret = (): number => model.getOffsetAt(instance.getPosition() ?? { lineNumber: 1, column: 1 })
  const edit = (range: Range, text: string): void => {
    instance.pushUndoStop()
    instance.executeEdits('workspace', [{ range, text, forceMoveMarkers: true }])
    instance.pushUndoStop()
  }
  return {
    text: () => model.getValue(),
    replaceText: (text) => edit(model.getFullModelRange(), text),
    insert: (text) => {
      edit(instance.getSelection() ?? new Range(1, 1, 1, 1), text)
      instance.focus()
    },
    selection: () => {
      const range = instance.getSelection()
      if (range === null || range.isEmpty()) return null
      return { text: model.getValueInRange(range), start: model.getOffsetAt(range.getStartPosition()) }
    },
    statement: () => {
      const statement = dialects[options.dialect].statementAt(model.getValue(), caret())
      return statement === null ? null : { text: statement.text, start: statement.start }
    },
    mark: (problem) => {
      if (problem === null) return editor.setModelMarkers(model, languageId, [])
      const length = model.getValueLength()
      // An error at the end of the text ("incomplete input") needs one character to underline.
      const start = Math.max(0, Math.min(problem.start, length - 1))
      const from = model.getPositionAt(start)
      const to = model.getPositionAt(Math.max(start + 1, Math.min(problem.end, length)))
      editor.setModelMarkers(model, languageId, [
        {
          severity: MarkerSeverity.Error,
          message: problem.message,
          startLineNumber: from.lineNumber,
          startColumn: from.column,
          endLineNumber: to.lineNumber,
          endColumn: to.column,
        },
      ])
    },
    reveal: (offset) => {
      const position = model.getPositionAt(offset)
      instance.setPosition(position)
      instance.revealPositionInCenterIfOutsideViewport(position)
      instance.focus()
    },
    setTabLeaves: (leaves) => instance.updateOptions({ tabFocusMode: leaves }),
    setReadOnly: (readOnly) => instance.updateOptions({ readOnly }),
    focus: () => instance.focus(),
    dispose: () => {
      stopTheme()
      instance.dispose()
      model.dispose()
    },
  }
}
