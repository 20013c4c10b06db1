/** Reads the outline of a diagram from Mermaid's own parse, so that picture and outline cannot disagree. */
import { z } from 'zod'
import { fail, ok, type Result } from '../../../../exercises/core/result.ts'
import { plainLabel, type DiagramOutline, type OutlineEdge, type OutlineNode } from './diagram-outline.ts'
import { loadMermaid } from './draw-diagram.ts'

const vertexSchema = z.object({ id: z.string(), text: z.string().optional() })
const flowEdgeSchema = z.object({ start: z.string(), end: z.string(), text: z.string().optional() })
const subgraphSchema = z.object({ id: z.string(), title: z.string(), nodes: z.array(z.string()) })
const actorSchema = z.object({ name: z.string().optional(), description: z.string().optional() })
const messageSchema = z.object({ from: z.string().optional(), to: z.string().optional(), message: z.unknown(), placement: z.unknown().optional() })
const stateSchema = z.object({ id: z.string(), descriptions: z.array(z.string()).optional(), type: z.string().optional() })
const relationSchema = z.object({ id1: z.string(), id2: z.string(), relationTitle: z.string().optional() })
const entitySchema = z.object({ id: z.string(), label: z.string().optional(), alias: z.string().optional() })
const entityRelationSchema = z.object({ entityA: z.string(), entityB: z.string(), roleA: z.string().optional() })

/** Calls a method of the parsed diagram and keeps the entries that have the expected form. */
function read<T>(db: object, method: string, schema: z.ZodType<T>): { key: string; value: T }[] {
  const reader: unknown = Reflect.get(db, method)
  if (typeof reader !== 'function') return []
  const answer: unknown = Reflect.apply(reader, db, [])
  const entries: [unknown, unknown][] = answer instanceof Map ? [...answer.entries()] : Array.isArray(answer) ? [...answer.entries()] : []
  return entries.flatMap(([key, value]) => {
    const parsed = schema.safeParse(value)
    return parsed.success ? [{ key: String(key), value: parsed.data }] : []
  })
}

function flowchart(db: object): DiagramOutline {
  const groups = read(db, 'getSubGraphs', subgraphSchema).map(({ value }) => value)
  const groupOf = (id: string): string | null => groups.find((group) => group.nodes.includes(id))?.title ?? null
  const nodes = read(db, 'getVertices', vertexSchema).map(({ value }) => ({ id: value.id, label: plainLabel(value.text ?? value.id), group: groupOf(value.id) }))
  // An edge may end at a box; then the box is a node of the outline.
  const ends = read(db, 'getEdges', flowEdgeSchema).map(({ value }) => value)
  const boxes = groups.filter((group) => ends.some((edge) => edge.start === group.id || edge.end === group.id))
  return {
    nodes: [...nodes.filter((node) => !boxes.some((box) => box.id === node.id)), ...boxes.map((box) => ({ id: box.id, label: plainLabel(box.title), group: groupOf(box.id) }))],
    edges: ends.map((edge) => ({ from: edge.start, to: edge.end, label: plainLabel(edge.text ?? '') })),
    sequence: false,
    notes: [],
  }
}

function sequence(db: object): DiagramOutline {
  const nodes = read(db, 'getActors', actorSchema).map(({ key, value }) => ({ id: key, label: plainLabel(value.description ?? value.name ?? key), group: null }))
  const known = new Set(nodes.map((node) => node.id))
  const edges: OutlineEdge[] = []
  const notes: DiagramOutline['notes'] = []
  for (const { value } of read(db, 'getMessages', messageSchema)) {
    const { from, to, message } = value
    if (from === undefined || to === undefined || typeof message !== 'string' || !known.has(from) || !known.has(to)) continue
    if (value.placement === undefined || message === '') edges.push({ from, to, label: plainLabel(message) })
    else notes.push({ about: from, text: plainLabel(message) })
  }
  return { nodes, edges: edges.filter((edge) => edge.label !== ''), sequence: true, notes }
}

function states(db: object): DiagramOutline {
  const label = (id: string, descriptions: string[] | undefined): string => {
    if (/_start\d*$/.test(id)) return 'Start'
    if (/_end\d*$/.test(id)) return 'End'
    return plainLabel(descriptions?.join(' ') ?? '') || id
  }
  return {
    nodes: read(db, 'getStates', stateSchema).map(({ value }) => ({ id: value.id, label: label(value.id, value.descriptions), group: null })),
    edges: read(db, 'getRelations', relationSchema).map(({ value }) => ({ from: value.id1, to: value.id2, label: plainLabel(value.relationTitle ?? '') })),
    sequence: false,
    notes: [],
  }
}

function entities(db: object): DiagramOutline {
  const nodes: OutlineNode[] = read(db, 'getEntities', entitySchema).map(({ key, value }) => ({ id: value.id, label: value.alias || value.label || key, group: null }))
  return {
    nodes,
    edges: read(db, 'getRelationships', entityRelationSchema).map(({ value }) => ({ from: value.entityA, to: value.entityB, label: plainLabel(value.roleA ?? '') })),
    sequence: false,
    notes: [],
  }
}

const readers: Readonly<Record<string, (db: object) => DiagramOutline>> = {
  flowchart,
  'flowchart-v2': flowchart,
  sequence,
  state: states,
  stateDiagram: states,
  er: entities,
}

/** The outline of `source`; a sentence when the diagram has no nodes to list or does not parse. */
export async function readOutline(source: string): Promise<Result<DiagramOutline, string>> {
  try {
    const mermaid = await loadMermaid()
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(source)
    const reader = readers[diagram.type]
    const outline = reader?.(diagram.db)
    if (outline === undefined || outline.nodes.length === 0) return fail('This kind of diagram has no nodes to list. The words under the picture say what it shows.')
    return ok(outline)
  } catch (error) {
    return fail(`The diagram does not parse, so it has no outline: ${error instanceof Error ? error.message : String(error)}`)
  }
}
