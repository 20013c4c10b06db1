/** The TypeScript editor: Monaco over several files, with our own compiler behind it. Imported dynamically. */
import { editorOptions } from '../../editor/base-editor.ts'
import { editor, MarkerSeverity, Range, Uri } from 'monaco-editor/editor'
import 'monaco-editor/features/parameterHints/register'
import 'monaco-editor/features/readOnlyMessage/register'
import 'monaco-editor/languages/definitions/typescript/register'
import type { Diagnostic } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import { followTheme } from '../../editor/theme.ts'
import type { AskCompiler } from './providers.ts'
import { bindModel, languageId } from './providers.ts'

export interface EditorFile {
  name: string
  text: string
  /** Given: it can be read and not written. */
  isGiven: boolean
}

export interface CodeEditor {
  /** Texts of the files that are written here, by name. */
  texts(): Map<string, string>
  /** Replaces files as one step each that can be undone. */
  replaceTexts(texts: ReadonlyMap<string, string>): void
  /** Shows a file where it was left. */
  show(file: string): void
  /** Shows a line of a file and takes the focus. */
  reveal(file: string, line: number, column?: number): void
  /** Underlines what the compiler complains of. */
  mark(diagnostics: readonly Diagnostic[]): void
  setTabLeaves(leaves: boolean): void
  focus(): void
  dispose(): void
}

interface CodeEditorOptions {
  files: readonly EditorFile[]
  /** Name of the file that is shown first. */
  shown: string
  name: string
  ask: AskCompiler
  /** The answer as one text, for questions to the compiler. */
  answer(): string
  onChange(texts: Map<string, string>): void
}

/** Models live in one list for the page; two editors of one exercise must not meet. */
let made = 0

/** Puts an editor into `container`. */
export function createCodeEditor(container: HTMLElement, { files, shown, name, ask, answer, onChange }: CodeEditorOptions): CodeEditor {
  made += 1
  const stopTheme = followTheme()
  const instance = editor.create(container, {
    ...editorOptions(container, name),
    model: null,
    wrappingIndent: 'deepIndent',
    quickSuggestions: { other: true, comments: false, strings: false },
    parameterHints: { enabled: true, cycle: true },
    readOnlyMessage: { value: 'This file is given: read it, and write in the others.' },
  })
  const models = new Map(files.map((file) => [file.name, editor.createModel(file.text, languageId, Uri.parse(`inmemory://code${made}/${file.name}`))]))
  const written = files.filter((file) => !file.isGiven)
  const texts = (): Map<string, string> => new Map(written.map((file) => [file.name, models.get(file.name)?.getValue() ?? '']))
  for (const file of files) {
    const model = models.get(file.name)
    if (model === undefined) continue
    bindModel(model, { file: file.name, answer, ask })
    if (!file.isGiven) model.onDidChangeContent(() => onChange(texts()))
  }
  const views = new Map<string, editor.ICodeEditorViewState | null>()
  let current: string | null = null
  const show = (file: string): void => {
    const model = models.get(file)
    if (model === undefined || file === current) return
    if (current !== null) views.set(current, instance.saveViewState())
    current = file
    instance.setModel(model)
    instance.restoreViewState(views.get(file) ?? null)
    instance.updateOptions({ readOnly: files.some((one) => one.name === file && one.isGiven), ariaLabel: `${name}, ${file}` })
  }
  show(shown)

  return {
    texts,
    replaceTexts: (replaced) => {
      for (const [file, text] of replaced) {
        const model = models.get(file)
        if (model === undefined || model.getValue() === text) continue
        model.pushStackElement()
        model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
        model.pushStackElement()
      }
    },
    show,
    reveal: (file, line, column = 1) => {
      show(file)
      const position = { lineNumber: Math.min(line, models.get(file)?.getLineCount() ?? 1), column }
      instance.setPosition(position)
      instance.revealPositionInCenterIfOutsideViewport(position)
      instance.focus()
    },
    mark: (diagnostics) => {
      for (const [file, model] of models) {
        const markers = diagnostics.flatMap((found) => (found.file === file ? [markerOf(model, found)] : []))
        editor.setModelMarkers(model, languageId, markers)
      }
    },
    setTabLeaves: (leaves) => instance.updateOptions({ tabFocusMode: leaves }),
    focus: () => instance.focus(),
    dispose: () => {
      stopTheme()
      instance.dispose()
      for (const model of models.values()) model.dispose()
    },
  }
}

function markerOf(model: editor.ITextModel, { line, column, length, code, message }: Diagnostic): editor.IMarkerData {
  const start = model.validatePosition({ lineNumber: line, column })
  const offset = model.getOffsetAt(start)
  // What is missing at the end of a text needs one character to underline.
  const end = model.getPositionAt(offset + Math.max(1, length))
  const range = Range.fromPositions(start, end)
  return { severity: MarkerSeverity.Error, message: `${message} (${code})`, ...range }
}
