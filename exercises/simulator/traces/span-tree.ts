import type { Span, Trace } from './source.ts'

/** A span with its place in the trace. */
export interface SpanNode {
  readonly span: Span
  readonly endUs: number
  /** Null for the root, and for spans whose parent is not in the trace. */
  readonly parent: SpanNode | null
  /** By start; of those that start together the longer first. */
  readonly children: readonly SpanNode[]
  /** 0 for the root. */
  readonly depth: number
}

export interface SpanTree {
  readonly root: SpanNode
  /** Spans whose parent is missing: parts of the trace that were lost or not sampled. */
  readonly orphans: readonly SpanNode[]
  /** Every node, parents before children, in the order of a waterfall. */
  readonly nodes: readonly SpanNode[]
  readonly bySpanId: ReadonlyMap<string, SpanNode>
}

interface MutableNode {
  span: Span
  endUs: number
  parent: MutableNode | null
  children: MutableNode[]
  depth: number
}

const trees = new WeakMap<Trace, SpanTree | null>()

/**
 * Puts the spans of a trace in order. Null for a trace without spans. Spans that name each other as parents count as
 * orphans; of spans with the same id the first counts. Kept by trace object.
 */
export function spanTree(trace: Trace): SpanTree | null {
  const known = trees.get(trace)
  if (known !== undefined) return known
  const made = buildTree(trace)
  trees.set(trace, made)
  return made
}

function buildTree(trace: Trace): SpanTree | null {
  const byId = new Map<string, MutableNode>()
  for (const span of trace.spans) {
    if (!byId.has(span.spanId)) byId.set(span.spanId, { span, endUs: span.startUs + Math.max(0, span.durationUs), parent: null, children: [], depth: 0 })
  }
  const tops: MutableNode[] = []
  for (const node of byId.values()) {
    const parent = node.span.parentSpanId === null ? undefined : byId.get(node.span.parentSpanId)
    if (parent === undefined || parent === node) tops.push(node)
    else {
      node.parent = parent
      parent.children.push(node)
    }
  }
  breakCycles(byId, tops)
  const root = tops.find(({ span }) => span.parentSpanId === null) ?? tops[0]
  if (root === undefined) return null
  for (const node of byId.values()) node.children.sort(compareNodes)
  const orphans = tops.filter((node) => node !== root).sort(compareNodes)
  const nodes: MutableNode[] = []
  const pending = [root, ...orphans].reverse()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node.depth = node.parent === null ? 0 : node.parent.depth + 1
    nodes.push(node)
    for (let i = node.children.length - 1; i >= 0; i -= 1) {
      const child = node.children[i]
      if (child !== undefined) pending.push(child)
    }
  }
  return { root, orphans, nodes, bySpanId: byId }
}

/** Spans in a ring hang under no top: one of each ring becomes a top itself. */
function breakCycles(byId: ReadonlyMap<string, MutableNode>, tops: MutableNode[]): void {
  const reached = new Set<MutableNode>()
  const reach = (from: MutableNode): void => {
    const pending = [from]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (reached.has(node)) continue
      reached.add(node)
      pending.push(...node.children)
    }
  }
  tops.forEach(reach)
  for (const node of byId.values()) {
    if (reached.has(node)) continue
    if (node.parent !== null) node.parent.children = node.parent.children.filter((child) => child !== node)
    node.parent = null
    tops.push(node)
    reach(node)
  }
}

function compareNodes(a: MutableNode, b: MutableNode): number {
  return a.span.startUs - b.span.startUs || b.endUs - a.endUs || (a.span.spanId < b.span.spanId ? -1 : 1)
}

/** Microseconds of a span during which none of its children ran. */
export function selfTimeUs(node: SpanNode): number {
  let covered = 0
  let until = node.span.startUs
  for (const { span, endUs } of node.children) {
    const start = Math.max(span.startUs, until)
    const end = Math.min(endUs, node.endUs)
    if (end > start) {
      covered += end - start
      until = end
    }
  }
  return node.endUs - node.span.startUs - covered
}
