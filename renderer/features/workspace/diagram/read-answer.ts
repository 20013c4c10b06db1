/** Reads diagrams in the window with the same parser, settings and code as the command line. */
import type { Result } from '../../../../exercises/core/result.ts'
import type { Diagram, DiagramFault } from '../../../../exercises/kinds/diagram/diagram.ts'
import { readDiagram } from '../../../../exercises/kinds/diagram/read/read-diagram.ts'
import { loadMermaid } from '../../reader/diagrams/draw-diagram.ts'

/** Mermaid's own parser. Rejects with what it throws, and when the library cannot be loaded. */
export async function parseMermaid(source: string): Promise<{ type: string; db: unknown }> {
  const mermaid = await loadMermaid()
  return mermaid.mermaidAPI.getDiagramFromText(source)
}

/** What a text draws, or what is wrong with it. */
export function readAnswer(source: string): Promise<Result<Diagram, DiagramFault>> {
  return readDiagram(source, parseMermaid)
}
