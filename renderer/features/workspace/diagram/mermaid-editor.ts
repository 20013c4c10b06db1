/** Monaco for Mermaid: its words, its names, errors at their line. Imported dynamically. */
import { editorOptions } from '../editor/base-editor.ts'
import { editor, KeyCode, languages, MarkerSeverity, Range } from 'monaco-editor/editor'
import { followTheme } from '../editor/theme.ts'
import { languageId } from './mermaid-language.ts'
import type { DiagramWord } from './mermaid-words.ts'
import { wordsAt } from './mermaid-words.ts'

const kinds: Record<DiagramWord['kind'], languages.CompletionItemKind> = {
  name: languages.CompletionItemKind.Variable,
  keyword: languages.CompletionItemKind.Keyword,
  snippet: languages.CompletionItemKind.Snippet,
}

languages.registerCompletionItemProvider(languageId, {
  triggerCharacters: ['>', '-'],
  provideCompletionItems: (model, position) => {
    const word = model.getWordUntilPosition(position)
    const range = new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn)
    return {
      suggestions: wordsAt(model.getValue(), model.getOffsetAt(position)).map((found, at) => ({
        label: { label: found.label, description: found.detail },
        kind: kinds[found.kind],
        insertText: found.insert,
        ...(found.kind === 'snippet' ? { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
        sortText: String(at).padStart(5, '0'),
        range,
      })),
    }
  },
})

/** Monaco's part for text with places to fill in, as far as it is used here; the package exports no type for it. */
interface SnippetController extends editor.IEditorContribution {
  insert(template: string): void
}

export interface MermaidEditor {
  text(): string
  /** Replaces everything as one step that can be undone. */
  replaceText(text: string): void
  /** Inserts a piece on a line of its own, with places to fill in. */
  insertSnippet(snippet: string): void
  /** Underlines a line; null clears. The message shows on hover and with F8. */
  mark(fault: { message: string; line: number } | null): void
  goToLine(line: number): void
  setTabLeaves(leaves: boolean): void
  focus(): void
  dispose(): void
}

/** Puts an editor into `container`. */
export function createMermaidEditor(container: HTMLElement, options: { text: string; name: string; onChange(text: string): void }): MermaidEditor {
  const stopTheme = followTheme()
  const common = editorOptions(container, options.name)
  // A line of Mermaid often ends in a whole word ("end", "cache"): Enter takes a suggestion only after one was moved to.
  const instance = editor.create(container, { value: options.text, language: languageId, ...common, suggest: { ...common.suggest, selectionMode: 'never' } })
  instance.addCommand(
    KeyCode.Tab,
    () => {
      instance.trigger('completion', 'selectNextSuggestion', {})
      instance.trigger('completion', 'acceptSelectedSuggestion', {})
    },
    'suggestWidgetVisible && !suggestWidgetHasFocusedSuggestion && !editorTabMovesFocus',
  )
  const model = instance.getModel()
  if (model === null) throw new Error('Monaco made an editor without a model.')
  model.onDidChangeContent(() => options.onChange(model.getValue()))
  return {
    text: () => model.getValue(),
    replaceText: (text) => {
      instance.pushUndoStop()
      instance.executeEdits('workspace', [{ range: model.getFullModelRange(), text, forceMoveMarkers: true }])
      instance.pushUndoStop()
    },
    insertSnippet: (snippet) => {
      instance.focus()
      const line = instance.getPosition()?.lineNumber ?? 1
      const isBlank = model.getLineContent(line).trim() === ''
      instance.setPosition({ lineNumber: line, column: model.getLineMaxColumn(line) })
      const indent = isBlank && model.getLineContent(line) !== '' ? '' : '  '
      instance.getContribution<SnippetController>('snippetController2')?.insert(`${isBlank ? '' : '\n'}${indent}${snippet}`)
    },
    mark: (fault) => {
      if (fault === null) return editor.setModelMarkers(model, languageId, [])
      const line = Math.min(Math.max(fault.line, 1), model.getLineCount())
      editor.setModelMarkers(model, languageId, [
        {
          severity: MarkerSeverity.Error,
          message: fault.message,
          startLineNumber: line,
          startColumn: model.getLineFirstNonWhitespaceColumn(line) || 1,
          endLineNumber: line,
          endColumn: model.getLineMaxColumn(line),
        },
      ])
    },
    goToLine: (line) => {
      const within = Math.min(Math.max(line, 1), model.getLineCount())
      instance.setSelection(new Range(within, model.getLineFirstNonWhitespaceColumn(within) || 1, within, model.getLineMaxColumn(within)))
      instance.revealLineInCenterIfOutsideViewport(within)
      instance.focus()
    },
    setTabLeaves: (leaves) => instance.updateOptions({ tabFocusMode: leaves }),
    focus: () => instance.focus(),
    dispose: () => {
      stopTheme()
      instance.dispose()
      model.dispose()
    },
  }
}
