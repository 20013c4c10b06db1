/**
 * Monaco with what writing SQL needs and nothing else: one language, one worker, no diff editor, no other services.
 * Imported dynamically, so that it costs nothing until a workspace opens.
 */
import './idle-limit.ts'
import { editor, languages, MarkerSeverity, Range } from 'monaco-editor/editor'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/lineSelection/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/snippet/register'
// The package's own register file for suggestions leaves out their controller (0.57).
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/tokenization/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { Suggestion } from './completion.ts'
import { completionsAt } from './completion.ts'
import { languageId } from './sqlite-language.ts'
import { statementAt } from './statement-at.ts'
import { followTheme } from './theme.ts'

self.MonacoEnvironment = { getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module', name: 'editor' }) }

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

languages.registerCompletionItemProvider(languageId, {
  triggerCharacters: ['.'],
  provideCompletionItems: (model, position) => {
    const word = model.getWordUntilPosition(position)
    const range = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn)
    const suggestions = completionsAt(model.getValue(), model.getOffsetAt(position), schemas.get(model)?.() ?? [])
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
  schema(): readonly SchemaTable[]
  onChange(text: string): void
}

/** Puts an editor into `container`. */
export function createSqlEditor(container: HTMLElement, options: SqlEditorOptions): SqlEditor {
  const stopTheme = followTheme()
  const instance = editor.create(container, {
    value: options.text,
    language: languageId,
    ariaLabel: options.name,
    automaticLayout: true,
    fontFamily: getComputedStyle(container).getPropertyValue('--font-code'),
    fontSize: 13,
    lineHeight: 20,
    fontLigatures: false,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    wordWrap: 'on',
    padding: { top: 8, bottom: 8 },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    folding: false,
    glyphMargin: false,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: 'line',
    fixedOverflowWidgets: true,
    links: false,
    contextmenu: false,
    unicodeHighlight: { ambiguousCharacters: false },
    bracketPairColorization: { enabled: false },
    occurrencesHighlight: 'singleFile',
    wordBasedSuggestions: 'off',
    suggest: { showStatusBar: false, preview: false, showWords: false },
    stickyScroll: { enabled: false },
    cursorBlinking: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'solid' : 'blink',
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
      const statement = statementAt(model.getValue(), caret())
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
