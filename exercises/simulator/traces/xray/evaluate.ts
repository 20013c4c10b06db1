import { compareNumbers } from '../../query/comparison.ts'
import { collectTraces, type SearchResult, type SearchWindow, type TraceTest } from '../search.ts'
import { segmentsOf, type Segment } from '../service-calls.ts'
import type { AttributeValue, Span, Trace, TraceSource } from '../source.ts'
import { firstAttribute, httpStatusOf, nodeStatus, type RequestStatus } from '../span-status.ts'
import { spanTree } from '../span-tree.ts'
import type { TraceQueryResult } from '../errors.ts'
import { parseFilterExpression } from './parse.ts'
import type { AnnotationComparison, FilterNode, FlagKeyword, NodeId, NumberKeyword, TextKeyword, TextOperator } from './syntax.ts'

/** Finds traces by an X-Ray filter expression. */
export function searchByFilterExpression(source: TraceSource, expression: string, window: SearchWindow): TraceQueryResult<SearchResult> {
  const parsed = parseFilterExpression(expression)
  return parsed.ok ? { ok: true, value: collectTraces(source, compileFilter(parsed.value), window) } : parsed
}

/** Makes the test of an expression. The matched spans are those of the services and edges that it names. */
export function compileFilter(node: FilterNode): TraceTest {
  return (trace) => {
    const tree = spanTree(trace)
    if (tree === null) return null
    const segments = segmentsOf(trace)
    const root = segments.find(({ isRoot }) => isRoot)
    if (root === undefined) return null
    const matched = new Set<string>()
    const whole = wholeTrace(trace, root, segments, tree.orphans.length > 0)
    if (!holds(node, whole, { trace, segments, matched })) return null
    return matched.size === 0 ? [root.span.spanId] : [...matched]
  }
}

/** What keywords speak of: the trace as a whole, or inside braces one request to a service. */
interface Subject {
  readonly flags: RequestStatus & { readonly partial: boolean; readonly inferred: boolean; readonly root: boolean }
  /** Seconds. */
  readonly responseTime: number
  readonly duration: number
  /** Spans whose attributes answer text keywords, the first with a value counting. */
  readonly spans: readonly Span[]
  readonly names: readonly string[]
  readonly types: readonly string[]
}

interface Context {
  readonly trace: Trace
  readonly segments: readonly Segment[]
  readonly matched: Set<string>
}

function wholeTrace(trace: Trace, root: Segment, segments: readonly Segment[], partial: boolean): Subject {
  return {
    flags: { ...nodeStatus(root.span), partial, inferred: segments.some(({ isInferred }) => isInferred), root: true },
    responseTime: root.span.durationUs / 1e6, duration: trace.durationUs / 1e6,
    spans: [root.span, ...segments.filter((segment) => segment !== root).map(({ span }) => span)],
    names: segments.map(({ service }) => service), types: segments.flatMap(({ type }) => type ?? []),
  }
}

function oneSegment(segment: Segment, span: Span): Subject {
  const own = nodeStatus(span)
  const status = span === segment.span ? segment.status : own.ok ? segment.status : own
  return {
    flags: { ...status, partial: false, inferred: segment.isInferred, root: segment.isRoot },
    responseTime: span.durationUs / 1e6, duration: span.durationUs / 1e6,
    spans: span === segment.span ? [span] : [segment.span, span], names: [segment.service], types: segment.type === null ? [] : [segment.type],
  }
}

function holds(node: FilterNode, subject: Subject, context: Context): boolean {
  switch (node.kind) {
    case 'and': return holds(node.left, subject, context) && holds(node.right, subject, context)
    case 'or': return holds(node.left, subject, context) || holds(node.right, subject, context)
    case 'not': return !holds(node.inner, subject, { ...context, matched: new Set() })
    case 'flag': return flagOf(node.keyword, subject)
    case 'number': {
      const value = numberOf(node.keyword, subject)
      return value !== null && compareNumbers(value, node.operator, node.value)
    }
    case 'text': {
      const values = textsOf(node.keyword, subject)
      // As with every keyword of X-Ray, != holds where there is a value and it is another one.
      return node.operator === '!=' ? values.length > 0 && values.every((value) => value !== node.value) : values.some((value) => compareText(value, node.operator, node.value))
    }
    case 'set': return isNumberKeyword(node.keyword) ? numberOf(node.keyword, subject) !== null : textsOf(node.keyword, subject).length > 0
    case 'annotation': return annotationHolds(node.key, node.comparison, context)
    case 'service': return segmentHolds(context, (segment) => fits(node.id, segment), (segment) => segment.span, node.filter)
    case 'edge': return segmentHolds(context, (segment) => segment.caller !== null && fits(node.to, segment) && callerFits(node.from, segment, context), (segment) => segment.clientSpan ?? segment.span, node.filter)
  }
}

function segmentHolds(context: Context, isMeant: (segment: Segment) => boolean, spanOf: (segment: Segment) => Span, filter: FilterNode | null): boolean {
  let found = false
  for (const segment of context.segments) {
    if (!isMeant(segment)) continue
    const span = spanOf(segment)
    if (filter !== null && !holds(filter, oneSegment(segment, span), context)) continue
    found = true
    context.matched.add(span.spanId)
  }
  return found
}

function fits({ name, type }: NodeId, segment: Segment): boolean {
  return (name === null || segment.service === name) && (type === null || segment.type === type)
}

function callerFits({ name, type }: NodeId, segment: Segment, { segments }: Context): boolean {
  if (name !== null && segment.caller !== name) return false
  return type === null || segments.some((other) => other.service === segment.caller && other.type === type)
}

function flagOf(keyword: FlagKeyword, { flags }: Subject): boolean {
  return flags[keyword]
}

function isNumberKeyword(keyword: NumberKeyword | TextKeyword): keyword is NumberKeyword {
  return keyword === 'responsetime' || keyword === 'duration' || keyword === 'http.status'
}

function numberOf(keyword: NumberKeyword, subject: Subject): number | null {
  if (keyword === 'responsetime') return subject.responseTime
  if (keyword === 'duration') return subject.duration
  const [span] = subject.spans
  return span === undefined ? null : httpStatusOf(span)
}

/** Attributes of OpenTelemetry behind the keywords, new names first. */
const ATTRIBUTES: Readonly<Record<Exclude<TextKeyword, 'name' | 'type' | 'message'>, readonly string[]>> = {
  'http.url': ['url.full', 'http.url', 'url.path', 'http.target', 'http.route'], 'http.method': ['http.request.method', 'http.method'],
  'http.useragent': ['user_agent.original', 'http.user_agent'], 'http.clientip': ['client.address', 'http.client_ip'],
  user: ['user.id', 'enduser.id'], availabilityzone: ['cloud.availability_zone'], 'instance.id': ['service.instance.id', 'host.id'], 'resource.arn': ['cloud.resource_id', 'aws.resource.arn'],
}

function textsOf(keyword: TextKeyword, subject: Subject): readonly string[] {
  if (keyword === 'name') return subject.names
  if (keyword === 'type') return subject.types
  if (keyword === 'message') return subject.spans.flatMap(messagesOf)
  const attributes = ATTRIBUTES[keyword]
  // What the request was is told by its first span; who made it, and where it ran, by any.
  const spans = keyword.startsWith('http.') ? subject.spans.slice(0, 1) : subject.spans
  return spans.flatMap((span) => {
    const value = firstAttribute(span, attributes)
    return value === null ? [] : [String(value)]
  })
}

function messagesOf(span: Span): string[] {
  const thrown = span.events.flatMap(({ attributes }) => (Object.hasOwn(attributes, 'exception.message') ? [String(attributes['exception.message'])] : []))
  return span.statusMessage === null ? thrown : [span.statusMessage, ...thrown]
}

function compareText(value: string, operator: TextOperator, wanted: string): boolean {
  switch (operator) {
    case '=': return value === wanted
    case '!=': return value !== wanted
    case 'CONTAINS': return value.includes(wanted)
    case 'BEGINSWITH': return value.startsWith(wanted)
    case 'ENDSWITH': return value.endsWith(wanted)
  }
}

/** Annotations are the attributes of any span of the trace. Alone, a boolean one counts by its value. */
function annotationHolds(key: string, comparison: AnnotationComparison | null, { trace }: Context): boolean {
  const values: AttributeValue[] = []
  for (const { attributes } of trace.spans) {
    const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined
    if (value !== undefined) values.push(value)
  }
  if (comparison === null) return values.some((value) => value !== false)
  const { operator, value: wanted } = comparison
  if (operator === '!=') return values.length > 0 && values.every((value) => value !== wanted)
  return values.some((value) => {
    if (operator === 'CONTAINS' || operator === 'BEGINSWITH' || operator === 'ENDSWITH') return typeof value === 'string' && compareText(value, operator, String(wanted))
    if (operator === '=') return value === wanted
    return typeof value === 'number' && typeof wanted === 'number' && compareNumbers(value, operator, wanted)
  })
}
