/**
 * A diagram as a list: its nodes, what leads where, and the groups around them. Made from what Mermaid's own parser
 * read (`mermaid.mermaidAPI.getDiagramFromText(source)`), so the outline and the picture cannot disagree.
 */

export interface OutlineNode {
  id: string
  label: string
  /** The group it stands in, or null. */
  group: string | null
  /** Columns of an entity, members of a class. */
  details: string[]
}

export interface OutlineEdge {
  /** Id of a node or of a group. */
  from: string
  to: string
  /** Empty where the arrow has no words. */
  label: string
  group: string | null
  /** A note over the one or two it names, which nobody sends. */
  isNote?: true
}

export interface OutlineGroup {
  id: string
  label: string
  parent: string | null
}

export interface DiagramOutline {
  nodes: OutlineNode[]
  edges: OutlineEdge[]
  groups: OutlineGroup[]
  /** True where the order of the edges is time: messages of a sequence. All other lists are in order of the source. */
  isOrdered: boolean
}

/** An edge seen from one of its ends. */
export interface OutlineStep {
  direction: 'to' | 'from'
  edge: OutlineEdge
  /** Id and words of the node or group at the other end. */
  other: { id: string; label: string }
  /** 1-based place among the edges; the place in time where the outline is ordered. */
  position: number
}

/** The edges of a node or group: each edge shows at both of its ends, one that leads back to its start once. */
export function stepsOf(outline: DiagramOutline, id: string): OutlineStep[] {
  const named = (other: string): OutlineStep['other'] => {
    const found = outline.nodes.find((node) => node.id === other) ?? outline.groups.find((group) => group.id === other)
    return { id: other, label: found?.label ?? other }
  }
  return outline.edges.flatMap((edge, index): OutlineStep[] => {
    const position = index + 1
    if (edge.from === id) return [{ direction: 'to', edge, other: named(edge.to), position }]
    return edge.to === id ? [{ direction: 'from', edge, other: named(edge.from), position }] : []
  })
}

/** Labels of the groups around something, the outermost first. */
export function groupPath(outline: DiagramOutline, group: string | null): string[] {
  const labels: string[] = []
  const left = new Map(outline.groups.map((one) => [one.id, one]))
  for (let id = group; id !== null; ) {
    const found = left.get(id)
    if (found === undefined) break
    left.delete(id)
    labels.unshift(found.label)
    id = found.parent
  }
  return labels
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Outlines a parsed diagram.
 * @param db the `db` of Mermaid's diagram object
 * @returns null for kinds that have no nodes and edges (a pie, a chart); their description in words stands alone
 */
export function outlineDiagram(db: unknown): DiagramOutline | null {
  if (!isFields(db)) return null
  if (typeof db['getActors'] === 'function' && typeof db['getMessages'] === 'function') return outlineSequence(db['getActors'](), db['getMessages'](), db['LINETYPE'])
  if (typeof db['getData'] !== 'function') return null
  const data: unknown = db['getData']()
  if (!isFields(data) || !Array.isArray(data['nodes']) || !Array.isArray(data['edges'])) return null
  return outlineGraph(data['nodes'].filter(isFields), data['edges'].filter(isFields))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** Words of a label as a person reads them: without tags, marks and codes. Lines become one. */
export function labelText(value: unknown): string {
  if (Array.isArray(value)) return value.map(labelText).filter((part) => part !== '').join(': ')
  if (typeof value !== 'string') return ''
  return value
    // What Mermaid makes of `#lt;` and `#65;` before it parses.
    .replaceAll('ﬂ°°', '#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';')
    .replaceAll(/<br\s*\/?>|\\n|\n/gi, ' ')
    .replaceAll(/<\/?[a-z][^>]*>/gi, '')
    .replaceAll(/#quot;|&quot;/g, '"')
    .replaceAll(/#lt;|&lt;/g, '<')
    .replaceAll(/#gt;|&gt;/g, '>')
    .replaceAll(/#amp;|&amp;/g, '&')
    .replaceAll(/#(\d+);/g, (_, code: string) => characterOf(Number(code)))
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function outlineGraph(nodes: readonly Fields[], edges: readonly Fields[]): DiagramOutline {
  // Mermaid wraps a note of a state in a group of its own, which means nothing to a reader.
  const noteGroups = new Set(nodes.filter((node) => node['shape'] === 'noteGroup').map((node) => labelText(node['id'])))
  const parentOf = (node: Fields): string | null => {
    const parent = labelText(node['parentId'])
    return parent === '' || noteGroups.has(parent) ? null : parent
  }
  const shown = nodes.filter((node) => !noteGroups.has(labelText(node['id'])))
  return {
    nodes: shown.filter((node) => node['isGroup'] !== true).map((node) => ({ id: labelText(node['id']), label: nodeLabel(node), group: parentOf(node), details: details(node) })),
    edges: edges.map((edge) => ({ from: labelText(edge['start']), to: labelText(edge['end']), label: edgeLabel(edge), group: null })),
    groups: shown.filter((node) => node['isGroup'] === true).map((node) => ({ id: labelText(node['id']), label: labelText(node['label']) || labelText(node['id']), parent: parentOf(node) })),
    isOrdered: false,
  }
}

function nodeLabel(node: Fields): string {
  const shapes: Record<string, string> = { stateStart: 'Start', stateEnd: 'End', fork: 'Fork', join: 'Join', choice: 'Choice' }
  const shape = typeof node['shape'] === 'string' ? node['shape'] : ''
  const special = Object.hasOwn(shapes, shape) ? shapes[shape] : undefined
  if (special !== undefined) return special
  const label = labelText(node['label']) || labelText(node['id'])
  return shape === 'note' ? `Note: ${label}` : label
}

function details(node: Fields): string[] {
  const members = [node['members'], node['methods']].flatMap((list) => (Array.isArray(list) ? list.filter(isFields) : []))
  const columns = (Array.isArray(node['attributes']) ? node['attributes'].filter(isFields) : []).map((column) => {
    const keys = Array.isArray(column['keys']) ? column['keys'].map(labelText) : []
    return [labelText(column['name']), labelText(column['type']), ...keys, labelText(column['comment'])].filter((part) => part !== '').join(' ')
  })
  return [...members.map((member) => labelText(member['text']).replace(/^\\/, '')), ...columns]
}

/** Arrow heads that carry a meaning of their own, in words. */
const heads: Record<string, string> = {
  only_one: 'exactly one',
  zero_or_one: 'zero or one',
  zero_or_more: 'zero or more',
  one_or_more: 'one or more',
  extension: 'is extended by',
  composition: 'is composed of',
  aggregation: 'has',
  dependency: 'is used by',
  lollipop: 'offers',
}

function edgeLabel(edge: Fields): string {
  const label = labelText(edge['label'])
  const head = (name: string): string | undefined => {
    const type = edge[name]
    return typeof type === 'string' && Object.hasOwn(heads, type) ? heads[type] : undefined
  }
  const [start, end] = [head('arrowTypeStart'), head('arrowTypeEnd')]
  if (start !== undefined && end !== undefined) return [start, label, end].filter((part) => part !== '').join(' ')
  return label || start || ''
}

/** Blocks of a sequence diagram by Mermaid's names of message types. */
const opening: Record<string, string> = {
  LOOP_START: 'Loop',
  ALT_START: 'If',
  OPT_START: 'Optional',
  PAR_START: 'In parallel',
  PAR_OVER_START: 'In parallel',
  CRITICAL_START: 'Critical',
  BREAK_START: 'Break',
}
const turning: Record<string, string> = { ALT_ELSE: 'Else', PAR_AND: 'And', CRITICAL_OPTION: 'Option' }
const closing = new Set(['LOOP_END', 'ALT_END', 'OPT_END', 'PAR_END', 'CRITICAL_END', 'BREAK_END'])

function outlineSequence(actors: unknown, messages: unknown, types: unknown): DiagramOutline {
  const names = new Map(isFields(types) ? Object.entries(types).map(([name, value]) => [value, name]) : [])
  const outline: DiagramOutline = { nodes: [], edges: [], groups: [], isOrdered: true }
  if (actors instanceof Map) {
    for (const [id, actor] of actors as Map<unknown, unknown>) {
      if (typeof id === 'string' && isFields(actor)) outline.nodes.push({ id, label: labelText(actor['description']) || id, group: null, details: [] })
    }
  }
  const open: string[] = []
  const enter = (word: string, message: Fields): void => {
    const id = `block-${outline.groups.length + 1}`
    outline.groups.push({ id, label: `${word} ${labelText(message['message'])}`.trim(), parent: open.at(-1) ?? null })
    open.push(id)
  }
  for (const message of Array.isArray(messages) ? messages.filter(isFields) : []) {
    const name = names.get(message['type']) ?? ''
    const opens = Object.hasOwn(opening, name) ? opening[name] : undefined
    const turns = Object.hasOwn(turning, name) ? turning[name] : undefined
    if (opens !== undefined) enter(opens, message)
    else if (turns !== undefined) {
      open.pop()
      enter(turns, message)
    } else if (closing.has(name)) open.pop()
    else if (typeof message['from'] === 'string' && typeof message['to'] === 'string' && typeof message['message'] === 'string') {
      const isNote = name === 'NOTE'
      outline.edges.push({ from: message['from'], to: message['to'], label: labelText(message['message']), group: open.at(-1) ?? null, ...(isNote ? { isNote } : {}) })
    }
  }
  return outline
}
