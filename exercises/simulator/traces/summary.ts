import { httpStatusOf, nodeStatus } from './span-status.ts'
import type { Span, Trace } from './source.ts'
import { spanTree } from './span-tree.ts'

/** One line about a trace, as in a list of search results. */
export interface TraceSummary {
  readonly traceId: string
  readonly startUs: number
  /** From the first start to the last end. */
  readonly durationUs: number
  /** What the caller waited: the root's duration. */
  readonly responseTimeUs: number
  readonly rootService: string
  readonly rootName: string
  readonly httpStatus: number | null
  /** `error` when the root failed, `partial-error` when only spans below it did. */
  readonly status: 'ok' | 'error' | 'partial-error'
  readonly spanCount: number
  readonly errorSpanCount: number
  /** Services in the order in which they appear. */
  readonly services: readonly string[]
  /** True when spans are missing: some name a parent that is not there. */
  readonly isIncomplete: boolean
}

/** Sums a trace up. Null for a trace without spans. */
export function summariseTrace(trace: Trace): TraceSummary | null {
  const tree = spanTree(trace)
  if (tree === null) return null
  const { root } = tree
  const errorSpanCount = tree.nodes.filter(({ span }) => isErrorSpan(span)).length
  const rootStatus = nodeStatus(root.span)
  return {
    traceId: trace.traceId, startUs: trace.startUs, durationUs: trace.durationUs, responseTimeUs: root.endUs - root.span.startUs,
    rootService: root.span.service, rootName: root.span.name, httpStatus: httpStatusOf(root.span),
    status: rootStatus.fault || root.span.status === 'error' ? 'error' : errorSpanCount > 0 ? 'partial-error' : 'ok',
    spanCount: tree.nodes.length, errorSpanCount, services: [...new Set(tree.nodes.map(({ span }) => span.service))],
    isIncomplete: tree.orphans.length > 0,
  }
}

function isErrorSpan(span: Span): boolean {
  return span.status === 'error'
}
