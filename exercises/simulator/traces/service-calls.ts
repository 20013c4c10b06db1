import type { Span, Trace } from './source.ts'
import { firstAttribute, nodeStatus, type RequestStatus } from './span-status.ts'
import { spanTree, type SpanNode } from './span-tree.ts'

/**
 * One request to one service: what X-Ray calls a segment. A service that sends no spans of its own, such as a database,
 * has segments inferred from its callers' client spans.
 */
export interface Segment {
  readonly service: string
  /** `Database::SQL` and the like for inferred services, `AWS::ECS::Container` and the like where attributes tell; else null. */
  readonly type: string | null
  readonly isInferred: boolean
  readonly isRoot: boolean
  /** The span that stands for the request: of the service itself, or of the caller for inferred services. */
  readonly span: Span
  readonly status: RequestStatus
  /** Null for the root, and where the caller's spans are missing. */
  readonly caller: string | null
  /** The caller's client span, where there is one. */
  readonly clientSpan: Span | null
}

const segmentsByTrace = new WeakMap<Trace, readonly Segment[]>()

/** The requests to services that a trace is made of, in the order of the waterfall. Kept by trace object. */
export function segmentsOf(trace: Trace): readonly Segment[] {
  const known = segmentsByTrace.get(trace)
  if (known !== undefined) return known
  const tree = spanTree(trace)
  const made = tree === null ? [] : tree.nodes.flatMap((node) => {
    const segment = entrySegment(node, node === tree.root)
    const inferred = inferredSegment(node)
    return [...(segment === null ? [] : [segment]), ...(inferred === null ? [] : [inferred])]
  })
  segmentsByTrace.set(trace, made)
  return made
}

function entrySegment({ span, parent }: SpanNode, isRoot: boolean): Segment | null {
  const isEntry = parent === null || parent.span.service !== span.service || span.kind === 'server' || span.kind === 'consumer'
  if (!isEntry) return null
  const isClient = parent !== null && (parent.span.kind === 'client' || parent.span.kind === 'producer')
  return {
    service: span.service, type: platformType(span), isInferred: false, isRoot, span, status: nodeStatus(span),
    caller: parent?.span.service ?? null, clientSpan: isClient ? parent.span : null,
  }
}

/** A call that left the service and that nobody below answered with spans. */
function inferredSegment({ span, children }: SpanNode): Segment | null {
  if (span.kind !== 'client' && span.kind !== 'producer') return null
  if (children.some((child) => child.span.service !== span.service || child.span.kind === 'server' || child.span.kind === 'consumer')) return null
  const system = firstAttribute(span, ['db.system.name', 'db.system'])
  const messaging = firstAttribute(span, ['messaging.system'])
  const name = firstAttribute(span, ['peer.service', 'server.address', 'db.namespace', 'messaging.destination.name']) ?? system ?? messaging
  if (name === null) return null
  const type = system !== null ? databaseType(String(system)) : messaging !== null ? 'Messaging' : 'remote'
  return { service: String(name), type, isInferred: true, isRoot: false, span, status: nodeStatus(span), caller: span.service, clientSpan: span }
}

const NOT_SQL = new Set(['redis', 'mongodb', 'memcached', 'cassandra', 'dynamodb', 'aws.dynamodb', 'elasticsearch', 'opensearch', 'neo4j'])

function databaseType(system: string): string {
  if (system.endsWith('dynamodb')) return 'AWS::DynamoDB'
  return NOT_SQL.has(system) ? `Database::${system}` : 'Database::SQL'
}

const PLATFORMS: Readonly<Record<string, string>> = {
  aws_ecs: 'AWS::ECS::Container', aws_eks: 'AWS::EKS::Container', aws_ec2: 'AWS::EC2::Instance', aws_lambda: 'AWS::Lambda::Function',
  aws_elastic_beanstalk: 'AWS::ElasticBeanstalk::Environment',
}

function platformType(span: Span): string | null {
  const platform = firstAttribute(span, ['cloud.platform'])
  return typeof platform === 'string' && Object.hasOwn(PLATFORMS, platform) ? (PLATFORMS[platform] ?? null) : null
}
