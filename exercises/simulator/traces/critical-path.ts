import type { Span, Trace } from './source.ts'
import { spanTree, type SpanNode } from './span-tree.ts'

/** A stretch of time during which one span held up the whole request. */
export interface CriticalSegment {
  readonly span: Span
  readonly startUs: number
  readonly endUs: number
}

export interface CriticalPath {
  /** In order of time, without gaps: from the start of the root to its end. */
  readonly segments: readonly CriticalSegment[]
  /** Microseconds on the path by span id; they add up to the root's duration. */
  readonly timeUsBySpanId: ReadonlyMap<string, number>
  readonly totalUs: number
}

/**
 * The chain of work that decided how long a request took: make anything else faster and the request takes as long. Walks
 * back from the end of each span: the child that ended last before that moment was waited for; before it started, the
 * child that ended last before then, and so on. What is between is the span's own time. A child that runs on after its
 * parent has ended was not waited for. (The method of Uber's CRISP and of Jaeger.) Null for a trace without spans.
 */
export function criticalPath(trace: Trace): CriticalPath | null {
  const tree = spanTree(trace)
  if (tree === null) return null
  const segments: CriticalSegment[] = []
  const timeUsBySpanId = new Map<string, number>()
  const add = (node: SpanNode, startUs: number, endUs: number): void => {
    if (endUs <= startUs) return
    segments.push({ span: node.span, startUs, endUs })
    timeUsBySpanId.set(node.span.spanId, (timeUsBySpanId.get(node.span.spanId) ?? 0) + endUs - startUs)
  }
  const pending: Walk[] = [walkOf(tree.root, tree.root.span.startUs, tree.root.endUs)]
  for (let walk = pending.at(-1); walk !== undefined; walk = pending.at(-1)) {
    const child = walk.waiting.pop()
    if (child === undefined) {
      add(walk.node, walk.fromUs, walk.cursorUs)
      pending.pop()
      continue
    }
    if (child.endUs > walk.cursorUs || child.endUs <= walk.fromUs) continue
    add(walk.node, child.endUs, walk.cursorUs)
    const childFromUs = Math.max(child.span.startUs, walk.fromUs)
    walk.cursorUs = childFromUs
    pending.push(walkOf(child, childFromUs, child.endUs))
  }
  segments.reverse()
  const totalUs = tree.root.endUs - tree.root.span.startUs
  return { segments: inOrder(segments), timeUsBySpanId, totalUs }
}

interface Walk {
  readonly node: SpanNode
  readonly fromUs: number
  cursorUs: number
  /** Children by end, the last to end on top. */
  readonly waiting: SpanNode[]
}

function walkOf(node: SpanNode, fromUs: number, toUs: number): Walk {
  // Of children that end together, the one that ran longest was waited for.
  const waiting = node.children.toSorted((a, b) => a.endUs - b.endUs || b.span.startUs - a.span.startUs)
  return { node, fromUs, cursorUs: toUs, waiting }
}

function inOrder(segments: readonly CriticalSegment[]): CriticalSegment[] {
  return segments.toSorted((a, b) => a.startUs - b.startUs)
}
