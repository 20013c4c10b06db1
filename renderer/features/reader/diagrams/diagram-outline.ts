/** A diagram as nodes and edges: the same graph that is drawn, in a form that can be read and walked. */

export interface OutlineNode {
  id: string
  label: string
  /** The box around it, if any. */
  group: string | null
}

export interface OutlineEdge {
  from: string
  to: string
  label: string
}

export interface DiagramOutline {
  nodes: OutlineNode[]
  /** In the order of the source; for a sequence that is the order in time. */
  edges: OutlineEdge[]
  /** True where the order of edges is time. */
  sequence: boolean
  /** Text of notes, with the node that each is about. */
  notes: { about: string; text: string }[]
}

/** An edge seen from one of its nodes. */
export interface NodeStep {
  direction: 'to' | 'from'
  other: OutlineNode
  label: string
  /** 1-based place in time, for sequences. */
  position: number
}

/** Labels are drawn with breaks and may carry entities; the outline is plain text. */
export function plainLabel(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?(?:b|i|em|strong|code|span|sub|sup)>/gi, '')
    .replace(/#(?:quot|34);/g, '"')
    .replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/`(.+?)`/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The edges of a node, each with the node at its other end. */
export function stepsOf(outline: DiagramOutline, nodeId: string): NodeStep[] {
  return outline.edges.flatMap((edge, index): NodeStep[] => {
    const find = (id: string): OutlineNode => outline.nodes.find((node) => node.id === id) ?? { id, label: id, group: null }
    const out: NodeStep[] = edge.from === nodeId ? [{ direction: 'to', other: find(edge.to), label: edge.label, position: index + 1 }] : []
    const back: NodeStep[] = edge.to === nodeId && edge.from !== nodeId ? [{ direction: 'from', other: find(edge.from), label: edge.label, position: index + 1 }] : []
    return [...out, ...back]
  })
}
