/**
 * Monaco with what writing needs and nothing else: one worker, no diff editor, no other services. The languages bring
 * what they need themselves. Imported dynamically, so that it costs nothing until a workspace opens.
 */
import './idle-limit.ts'
import type { editor } from 'monaco-editor/editor'
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

self.MonacoEnvironment = { getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module', name: 'editor' }) }

/** How every editor of a workspace looks and behaves. */
export function editorOptions(container: HTMLElement, name: string): editor.IStandaloneEditorConstructionOptions {
  return {
    ariaLabel: name,
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
    // Dimmed, its number would be too faint to read.
    renderFinalNewline: 'on',
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
    // A word that is complete takes no Enter.
    acceptSuggestionOnEnter: 'smart',
    suggest: { showStatusBar: false, preview: false, showWords: false },
    stickyScroll: { enabled: false },
    cursorBlinking: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'solid' : 'blink',
  }
}
