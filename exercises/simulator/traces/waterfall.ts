import { criticalPath } from './critical-path.ts'
import type { Span, Trace } from './source.ts'
import { selfTimeUs, spanTree, type SpanNode } from './span-tree.ts'

/** One bar of a waterfall. Times in microseconds. */
export interface WaterfallRow {
  readonly span: Span
  readonly depth: number
  /** Index of the parent's row, or -1. */
  readonly parentIndex: number
  /** From the start of the trace. */
  readonly offsetUs: number
  readonly durationUs: number
  readonly selfTimeUs: number
  /** Time of this span on the critical path, and where on the trace's own clock. */
  readonly criticalUs: number
  readonly criticalParts: readonly { readonly offsetUs: number; readonly durationUs: number }[]
  readonly childCount: number
  /** All spans below, for "12 more" when the row is closed. */
  readonly descendantCount: number
  readonly hasError: boolean
  /** An error in this span or below, so that a closed row still shows it. */
  readonly hasErrorBelow: boolean
  /** True where the parent is missing. */
  readonly isOrphan: boolean
}

export interface Waterfall {
  readonly startUs: number
  readonly durationUs: number
  /** Parents before children, children by start. */
  readonly rows: readonly WaterfallRow[]
}

/** Lays a trace out. Null for a trace without spans. */
export function layOutTrace(trace: Trace): Waterfall | null {
  const tree = spanTree(trace)
  const path = criticalPath(trace)
  if (tree === null || path === null) return null
  const startUs = tree.nodes.reduce((first, { span }) => Math.min(first, span.startUs), Infinity)
  const endUs = tree.nodes.reduce((last, node) => Math.max(last, node.endUs), -Infinity)
  const indexes = new Map<SpanNode, number>(tree.nodes.map((node, index) => [node, index]))
  const descendants = new Int32Array(tree.nodes.length)
  const errorsBelow = new Uint8Array(tree.nodes.length)
  for (let index = tree.nodes.length - 1; index >= 0; index -= 1) {
    const node = tree.nodes[index]
    if (node === undefined) continue
    if (node.span.status === 'error') errorsBelow[index] = 1
    const parentIndex = node.parent === null ? -1 : (indexes.get(node.parent) ?? -1)
    if (parentIndex < 0) continue
    descendants[parentIndex] = (descendants[parentIndex] ?? 0) + (descendants[index] ?? 0) + 1
    if (errorsBelow[index] === 1) errorsBelow[parentIndex] = 1
  }
  const parts = new Map<string, { offsetUs: number; durationUs: number }[]>()
  for (const segment of path.segments) {
    const list = parts.get(segment.span.spanId) ?? []
    list.push({ offsetUs: segment.startUs - startUs, durationUs: segment.endUs - segment.startUs })
    parts.set(segment.span.spanId, list)
  }
  const rows = tree.nodes.map((node, index): WaterfallRow => ({
    span: node.span, depth: node.depth, parentIndex: node.parent === null ? -1 : (indexes.get(node.parent) ?? -1),
    offsetUs: node.span.startUs - startUs, durationUs: node.endUs - node.span.startUs, selfTimeUs: selfTimeUs(node),
    criticalUs: path.timeUsBySpanId.get(node.span.spanId) ?? 0, criticalParts: parts.get(node.span.spanId) ?? [],
    childCount: node.children.length, descendantCount: descendants[index] ?? 0,
    hasError: node.span.status === 'error', hasErrorBelow: errorsBelow[index] === 1, isOrphan: node.parent === null && node !== tree.root,
  }))
  return { startUs, durationUs: endUs - startUs, rows }
}
