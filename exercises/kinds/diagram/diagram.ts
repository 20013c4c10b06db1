/** A diagram as the checks see it: plain data, made of what Mermaid's own parser read. */

export type DiagramKind = 'flowchart' | 'state' | 'sequence'

/** A node of a graph or a participant of a sequence. */
export interface DiagramNode {
  id: string
  /** Without tags and marks, on one line; the id where there is none. */
  label: string
  /** First line of the label, which names the thing; further lines describe it. */
  title: string
  /** `decision`, `store`, `actor` and the like; `box` for whatever says nothing. */
  shape: DiagramShape
  /** Id of the group around it. */
  group: string | null
  /** 1-based line where it is first named; null when that cannot be told. */
  line: number | null
}

export type DiagramShape = 'box' | 'decision' | 'store' | 'round' | 'actor' | 'start' | 'end'

export interface DiagramGroup {
  id: string
  label: string
  title: string
  parent: string | null
  line: number | null
}

/** `none` is a line without a head, which says nothing of the direction. */
export type Arrow = 'forward' | 'both' | 'none'

export interface DiagramEdge {
  /** Id of a node or of a group. */
  from: string
  to: string
  label: string
  arrow: Arrow
  dotted: boolean
  line: number | null
}

/** A graph: a flowchart or a state diagram. */
export interface GraphDiagram {
  kind: 'flowchart' | 'state'
  nodes: DiagramNode[]
  edges: DiagramEdge[]
  groups: DiagramGroup[]
}

/** Where something of a sequence stands: in a block, and in which of its branches (0 for the first). */
export interface BlockPlace {
  block: number
  branch: number
}

export interface SequenceBlock {
  kind: 'alt' | 'opt' | 'loop' | 'par' | 'critical' | 'break'
  /** The words of each branch: the condition after `alt`, then those after each `else`. */
  branches: string[]
  line: number | null
}

export interface SequenceMessage extends DiagramEdge {
  /** From the outermost block to the innermost. */
  blocks: BlockPlace[]
  /** Ids of participants that are active when it is sent, the receiver's own activation by it included. */
  active: string[]
}

export interface SequenceNote {
  over: string[]
  label: string
  line: number | null
}

export interface SequenceDiagram {
  kind: 'sequence'
  nodes: DiagramNode[]
  /** The messages, in order. */
  edges: SequenceMessage[]
  groups: DiagramGroup[]
  blocks: SequenceBlock[]
  notes: SequenceNote[]
}

export type Diagram = GraphDiagram | SequenceDiagram

/** Why a text is no diagram that can be judged. */
export interface DiagramFault {
  /** One or two sentences: what is wrong, and what to write instead. */
  message: string
  /** 1-based line of the text. */
  line: number
}
