/** Makes ready what the first diagram of the window needs. */
import { drawDiagram, hasBegunDrawing, loadMermaid } from './draw-diagram.ts'
import { currentDiagramColours } from './diagram-theme.ts'

/** At the latest then, even when the window is busy. */
const latestMs = 1000
/** Draws through the parts that most figures use, so that none of them is fetched in front of the reader. */
const smallest = 'flowchart LR\n  a --> b'

/**
 * Fetches the drawing library and its part for flowcharts at once, while the text is on its way, and draws with it when
 * the window is idle. A failure is told by the figure that needs it.
 */
export function warmDiagrams(): void {
  loadMermaid()
    .then((mermaid) => mermaid.mermaidAPI.getDiagramFromText(smallest))
    .catch(() => undefined)
  requestIdleCallback(
    () => {
      // A figure came first: it warms what it needs, and must not wait for this one.
      if (hasBegunDrawing()) return
      const { key, colours } = currentDiagramColours()
      void drawDiagram(smallest, key, colours)
    },
    { timeout: latestMs },
  )
}
