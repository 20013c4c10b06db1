/**
 * Leaves out the parts of Monaco that its editor can do without and that nothing here uses: comparing two texts, its
 * own command palette, trees, quick fixes, definitions, the minimap, tree-sitter grammars, drawing on the GPU. They hang on the editor by plain imports,
 * so a bundler cannot drop them; each is replaced by the little that its importers ask of it.
 */
import type { Plugin } from 'vite'

/** Modules of monaco-editor 0.57 below `esm/vs/`, and what takes their place. */
export const trimmedModules: Readonly<Record<string, string>> = {
  'editor/browser/widget/diffEditor/diffEditorWidget.js': 'export class DiffEditorWidget {}',
  'editor/browser/widget/multiDiffEditor/multiDiffEditorWidget.js': 'export class MultiDiffEditorWidget {}',
  'editor/standalone/browser/quickInput/standaloneQuickInputService.js': 'export class StandaloneQuickInputService {}',
  'editor/common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend.js': 'export class TreeSitterSyntaxTokenBackend {}',
  'editor/browser/viewParts/viewLinesGpu/viewLinesGpu.js': 'export class ViewLinesGpu {}',
  'editor/contrib/codeAction/browser/codeActionController.js': 'export class CodeActionController { static get() { return null } }',
  'editor/contrib/inlayHints/browser/inlayHintsHover.js': 'export class InlayHintsHover {}',
  'editor/contrib/gotoSymbol/browser/link/goToDefinitionAtPosition.js': 'export class GotoDefinitionAtPositionEditorContribution { static get() { return null } }',
  'editor/contrib/inlineCompletions/browser/hintsWidget/inlineCompletionsHintsWidget.js': 'export class InlineSuggestionHintsContentWidget { static dropDownVisible = false }',
  'platform/list/browser/listService.js': `
    import { createDecorator } from '../../instantiation/common/instantiation.js'
    export const IListService = createDecorator('listService')
    export class ListService {}`,
  'editor/common/diff/linesDiffComputers.js': 'export const linesDiffComputers = {}',
  'editor/browser/gpu/viewGpuContext.js': 'export class ViewGpuContext {}',
  // The view adds one whatever the options say.
  'editor/browser/viewParts/minimap/minimap.js': `
    import { createFastDomNode } from '../../../../base/browser/fastDomNode.js'
    import { ViewPart } from '../../view/viewPart.js'
    export class Minimap extends ViewPart {
      node = createFastDomNode(document.createElement('div'))
      getDomNode() { return this.node }
      prepareRender() {}
      render() {}
    }`,
  'editor/contrib/dropOrPasteInto/browser/copyPasteController.js': 'export class CopyPasteController { static get() { return null } }',
}

const root = '/monaco-editor/esm/vs/'

/** In a build only: in development Monaco is served whole, as it is pre-bundled. */
export function trimMonaco(): Plugin {
  return {
    name: 'trim-monaco',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const at = id.lastIndexOf(root)
      return at === -1 ? null : (trimmedModules[id.slice(at + root.length)] ?? null)
    },
  }
}
