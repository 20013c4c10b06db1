/** Flowcharts and state diagrams: nodes, arrows and the groups around them. */
import { labelText } from '../../../content/diagram-outline.ts'
import type { Arrow, DiagramEdge, DiagramShape, GraphDiagram } from '../diagram.ts'
import type { Fields } from './fields.ts'
import { call, fieldsList, isFields, textOf } from './fields.ts'
import { lineOfEdge, lineOfName } from './source-lines.ts'

const shapes = new Map<string, DiagramShape>([
  ...['diamond', 'rhombus', 'decision', 'diam', 'question', 'hexagon', 'hex', 'prepare', 'choice'].map((name): [string, DiagramShape] => [name, 'decision']),
  ...['cylinder', 'cyl', 'database', 'db', 'datastore', 'h-cyl', 'das', 'horizontal-cylinder', 'lin-cyl', 'disk', 'lined-cylinder', 'bow-rect', 'stored-data'].map((name): [string, DiagramShape] => [name, 'store']),
  ...['roundedRect', 'rounded', 'event', 'stadium', 'pill', 'terminal', 'circle', 'circ', 'doublecircle', 'dbl-circ', 'ellipse'].map((name): [string, DiagramShape] => [name, 'round']),
  ['stateStart', 'start'],
  ['stateEnd', 'end'],
])

/** The label split into the line that names the thing and all of it. */
export function labelOf(raw: unknown, id: string): { label: string; title: string } {
  const label = labelText(raw) || id
  const first = labelText(textOf(raw).split(/<br\s*\/?>|\\n|\n/i, 1)[0] ?? '')
  return { label, title: first || label }
}

function arrowOf(edge: Fields): Arrow {
  const has = (name: string): boolean => edge[name] !== undefined && edge[name] !== 'none' && edge[name] !== ''
  if (has('arrowTypeStart') && has('arrowTypeEnd')) return 'both'
  return has('arrowTypeEnd') ? 'forward' : 'none'
}

/** Reads Mermaid's database of a flowchart or of a state diagram. */
export function readGraph(kind: GraphDiagram['kind'], db: Fields, lines: readonly string[]): GraphDiagram {
  const data = call(db, 'getData')
  const nodes = fieldsList(isFields(data) ? data['nodes'] : null)
  const edges = fieldsList(isFields(data) ? data['edges'] : null)
  // Mermaid wraps the note of a state in a group of its own; neither is a node that somebody drew.
  const notes = new Set(nodes.filter((node) => node['shape'] === 'noteGroup' || node['shape'] === 'note').map((node) => textOf(node['id'])))
  const drawn = nodes.filter((node) => !notes.has(textOf(node['id'])))
  const taken = new Set<string>()
  const common = (node: Fields): { id: string; label: string; title: string; line: number | null } => {
    const id = textOf(node['id'])
    return { id, ...labelOf(node['label'], id), line: lineOfName(lines, id) }
  }
  const parentOf = (node: Fields): string | null => textOf(node['parentId']) || null
  return {
    kind,
    nodes: drawn.filter((node) => node['isGroup'] !== true).map((node) => {
      const shape = shapes.get(textOf(node['shape'])) ?? 'box'
      const names = shape === 'start' ? { label: 'Start', title: 'Start' } : shape === 'end' ? { label: 'End', title: 'End' } : {}
      return { ...common(node), ...names, shape, group: parentOf(node) }
    }),
    groups: drawn.filter((node) => node['isGroup'] === true).map((node) => ({ ...common(node), parent: parentOf(node) })),
    edges: edges.flatMap((edge): DiagramEdge[] => {
      const from = textOf(edge['start'])
      const to = textOf(edge['end'])
      // `~~~` is a line that nobody sees: it places nodes and says nothing.
      if (edge['thickness'] === 'invisible' || notes.has(from) || notes.has(to)) return []
      const label = labelText(edge['label'])
      return [{ from, to, label, arrow: arrowOf(edge), dotted: edge['pattern'] === 'dotted', line: lineOfEdge(lines, from, to, label, taken) }]
    }),
  }
}
