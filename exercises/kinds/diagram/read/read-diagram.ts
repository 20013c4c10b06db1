/** From a learner's text to a diagram as plain data. Mermaid itself comes in as a function, since it needs a page. */
import type { Result } from '../../../core/result.ts'
import { fail, ok } from '../../../core/result.ts'
import type { Diagram, DiagramFault } from '../diagram.ts'
import { faultOf } from './fault.ts'
import { isFields } from './fields.ts'
import { readGraph } from './read-graph.ts'
import { readSequence } from './read-sequence.ts'
import { drawingLimits, refuseContent, refuseNames, refuseText } from './refusals.ts'
import { codeLines } from './source-lines.ts'

/** `mermaid.mermaidAPI.getDiagramFromText`: rejects with what Mermaid throws. */
export type ParseMermaid = (source: string) => Promise<{ type: string; db: unknown }>

/**
 * Settings of Mermaid that decide what its parser makes of a label. Every host takes the same, so that a text is the
 * same diagram everywhere.
 */
export const mermaidParseSettings = { startOnLoad: false, securityLevel: 'strict', suppressErrorRendering: true, htmlLabels: false } as const

const kinds: ReadonlyMap<string, Diagram['kind']> = new Map([
  ['flowchart', 'flowchart'],
  ['flowchart-v2', 'flowchart'],
  ['flowchart-elk', 'flowchart'],
  ['state', 'state'],
  ['stateDiagram', 'state'],
  ['sequence', 'sequence'],
])

/** Reads `source`; a fault says what is wrong with it and where. Never rejects. */
export async function readDiagram(source: string, parse: ParseMermaid): Promise<Result<Diagram, DiagramFault>> {
  const text = source.replaceAll('\r\n', '\n')
  const lines = codeLines(text)
  if (lines.every((line) => line.trim() === '')) return fail({ line: 1, message: 'There is no diagram yet.' })
  const refused = refuseText(text, text.split('\n'))
  if (refused !== null) return fail(refused)
  const code = lines.join('\n')
  // Mermaid drops blank lines at the start before it counts.
  const leading = (/^\s*/.exec(code)?.[0] ?? '').split('\n').length - 1
  let parsed: { type: string; db: unknown }
  try {
    parsed = await parse(code)
  } catch (error) {
    return fail(faultOf(error, lines, leading))
  }
  const kind = kinds.get(parsed.type)
  if (kind === undefined || !isFields(parsed.db)) {
    return fail({ line: leading + 1, message: 'This kind of diagram cannot be judged here. Draw a `flowchart`, a `stateDiagram-v2` or a `sequenceDiagram`.' })
  }
  const content = refuseContent(parsed.db, lines)
  if (content !== null) return fail(content)
  const diagram = kind === 'sequence' ? readSequence(parsed.db, lines) : readGraph(kind, parsed.db, lines)
  const names = refuseNames(diagram)
  if (names !== null) return fail(names)
  if (diagram.nodes.length > drawingLimits.nodes || diagram.edges.length > drawingLimits.edges || diagram.groups.length > drawingLimits.groups) {
    const found = `${diagram.nodes.length} nodes, ${diagram.edges.length} arrows and ${diagram.groups.length} groups`
    return fail({ line: 1, message: `The diagram has ${found}; at most ${drawingLimits.nodes}, ${drawingLimits.edges} and ${drawingLimits.groups} are read.` })
  }
  return ok(diagram)
}
