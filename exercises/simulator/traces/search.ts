import { compareNumbers } from '../query/comparison.ts'
import { matcherTest, type MatcherOperator } from '../query/matcher.ts'
import type { AttributeValue, Span, Trace, TraceSource } from './source.ts'
import { spanTree } from './span-tree.ts'

export type SearchOperator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '=~' | '!~'

/** A condition on one attribute of a span. Numbers compare as numbers, `=~` matches the whole text. */
export interface AttributeCondition {
  readonly key: string
  readonly operator: SearchOperator
  readonly value: string
}

/** Conditions on spans and traces; those left out hold for all. All conditions on a span must hold for one and the same span. */
export interface TraceQuery {
  readonly service?: TextCondition
  readonly operation?: TextCondition
  readonly kind?: Span['kind']
  readonly status?: { readonly value: Span['status']; readonly negated: boolean }
  readonly duration?: readonly NumberCondition[]
  readonly attributes?: readonly AttributeCondition[]
  /** Conditions on the trace as a whole. */
  readonly traceDuration?: readonly NumberCondition[]
  readonly traceSpans?: readonly NumberCondition[]
  /** Services that must appear anywhere in the trace. */
  readonly traceServices?: readonly string[]
  readonly traceHasError?: boolean
}

export interface TextCondition { readonly operator: MatcherOperator; readonly value: string }

/** `value` in microseconds for durations. */
export interface NumberCondition { readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<='; readonly value: number }

export interface SearchWindow {
  /** Microseconds since the epoch; traces that start in fromUs <= t < toUs. */
  readonly fromUs: number
  readonly toUs: number
  readonly limit: number
  readonly order: 'newest' | 'oldest' | 'slowest'
}

export interface FoundTrace {
  readonly trace: Trace
  /** The spans that fit, for the list to show why the trace was found. */
  readonly matchedSpanIds: readonly string[]
}

export interface SearchResult {
  readonly found: readonly FoundTrace[]
  /** Traces that fit, whether shown or not. */
  readonly matchedCount: number
  readonly scannedCount: number
}

/** Tells which spans of a trace fit; null when the trace does not. */
export type TraceTest = (trace: Trace) => readonly string[] | null

/** Finds traces. */
export function searchTraces(source: TraceSource, query: TraceQuery, window: SearchWindow): SearchResult {
  return collectTraces(source, compileTraceQuery(query), window)
}

/** Goes through a window and keeps the traces that fit, up to the limit, in the order that is asked for. */
export function collectTraces(source: TraceSource, test: TraceTest, { fromUs, toUs, limit, order }: SearchWindow): SearchResult {
  let kept: FoundTrace[] = []
  let matchedCount = 0
  let scannedCount = 0
  const inOrder = (): void => {
    if (order === 'slowest') kept.sort((a, b) => b.trace.durationUs - a.trace.durationUs || a.trace.startUs - b.trace.startUs)
    kept = order === 'newest' ? kept.slice(Math.max(0, kept.length - limit)) : kept.slice(0, limit)
  }
  for (const trace of source.traces(fromUs, toUs)) {
    scannedCount += 1
    const matchedSpanIds = test(trace)
    if (matchedSpanIds === null) continue
    matchedCount += 1
    if (order === 'oldest' && kept.length >= limit) continue
    kept.push({ trace, matchedSpanIds })
    // Cut now and then, so that a wide search does not hold every trace.
    if (kept.length >= 2 * limit + 1000) inOrder()
  }
  inOrder()
  if (order === 'newest') kept.reverse()
  return { found: kept, matchedCount, scannedCount }
}

/** Makes the test of a query. Throws a RegexSyntaxError for an expression that is none; the text form checks before. */
export function compileTraceQuery(query: TraceQuery): TraceTest {
  const spanTests: ((span: Span) => boolean)[] = []
  const { service, operation, kind, status, duration, attributes } = query
  if (service !== undefined) spanTests.push(textTest(service, (span) => span.service))
  if (operation !== undefined) spanTests.push(textTest(operation, (span) => span.name))
  if (kind !== undefined) spanTests.push((span) => span.kind === kind)
  if (status !== undefined) spanTests.push((span) => (span.status === status.value) !== status.negated)
  for (const condition of duration ?? []) spanTests.push((span) => compareNumbers(span.durationUs, condition.operator, condition.value))
  for (const condition of attributes ?? []) spanTests.push(attributeTest(condition))
  return (trace) => {
    for (const { operator, value } of query.traceDuration ?? []) if (!compareNumbers(trace.durationUs, operator, value)) return null
    for (const { operator, value } of query.traceSpans ?? []) if (!compareNumbers(trace.spans.length, operator, value)) return null
    for (const wanted of query.traceServices ?? []) if (!trace.spans.some((span) => span.service === wanted)) return null
    if (query.traceHasError !== undefined && trace.spans.some((span) => span.status === 'error') !== query.traceHasError) return null
    if (spanTests.length === 0) {
      const root = spanTree(trace)?.root
      return root === undefined ? null : [root.span.spanId]
    }
    const matched = trace.spans.filter((span) => spanTests.every((test) => test(span)))
    return matched.length === 0 ? null : matched.map((span) => span.spanId)
  }
}

function textTest({ operator, value }: TextCondition, read: (span: Span) => string): (span: Span) => boolean {
  const test = matcherTest({ op: operator, value })
  return (span) => test(read(span))
}

/** An attribute that a span does not have fits no condition, not even `!=`. */
function attributeTest({ key, operator, value }: AttributeCondition): (span: Span) => boolean {
  const read = (span: Span): AttributeValue | undefined => (Object.hasOwn(span.attributes, key) ? span.attributes[key] : undefined)
  if (operator === '=' || operator === '!=' || operator === '=~' || operator === '!~') {
    const asNumber = value.trim() === '' ? NaN : Number(value)
    const test = matcherTest({ op: operator, value })
    return (span) => {
      const actual = read(span)
      if (actual === undefined) return false
      if (typeof actual === 'number' && (operator === '=' || operator === '!=') && !Number.isNaN(asNumber)) return (actual === asNumber) === (operator === '=')
      return test(String(actual))
    }
  }
  const limit = Number(value)
  return (span) => {
    const actual = read(span)
    return actual !== undefined && typeof actual !== 'boolean' && compareNumbers(Number(actual), operator, limit)
  }
}
