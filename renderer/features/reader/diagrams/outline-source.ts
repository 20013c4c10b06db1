/** Reads the outline of a diagram from Mermaid's own parse, so that picture and outline cannot disagree. */
import { outlineDiagram, type DiagramOutline } from '../../../../exercises/content/diagram-outline.ts'
import { fail, ok, type Result } from '../../../../exercises/core/result.ts'
import { loadMermaid } from './draw-diagram.ts'

/** The outline of `source`; a sentence when the diagram has no nodes to list or does not parse. */
export async function outlineSource(source: string): Promise<Result<DiagramOutline, string>> {
  try {
    const mermaid = await loadMermaid()
    const outline = outlineDiagram((await mermaid.mermaidAPI.getDiagramFromText(source)).db)
    if (outline === null || outline.nodes.length === 0) return fail('This kind of diagram has no nodes to list. The words under the picture say what it shows.')
    return ok(outline)
  } catch (error) {
    return fail(`The diagram does not parse, so it has no outline: ${error instanceof Error ? error.message : String(error)}`)
  }
}
