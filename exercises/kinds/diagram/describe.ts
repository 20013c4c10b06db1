/** A diagram in words: what the grader read, as evidence quotes it and the workspace lists it. */
import type { Diagram, DiagramEdge } from './diagram.ts'

/** The label of a node or group; its id where nothing has that id. */
export function nameOf(diagram: Diagram, id: string): string {
  return (diagram.nodes.find((node) => node.id === id) ?? diagram.groups.find((group) => group.id === id))?.title ?? id
}

export function atLine(line: number | null): string {
  return line === null ? '' : ` (line ${line})`
}

/** `API -> Cache, "get" (line 4)`. */
export function describeEdge(diagram: Diagram, edge: DiagramEdge): string {
  const arrow = edge.arrow === 'forward' ? '->' : edge.arrow === 'both' ? '<->' : '---'
  const label = edge.label === '' ? '' : `, "${short(edge.label)}"`
  return `${short(nameOf(diagram, edge.from))} ${arrow} ${short(nameOf(diagram, edge.to))}${label}${atLine(edge.line)}`
}

/** A way as `A -> B -> C, "words"`. */
export function describeWay(diagram: Diagram, way: readonly DiagramEdge[]): string {
  return way.map((edge) => describeEdge(diagram, edge)).join('; ')
}

export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
