import { propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Attributes, Context, Span } from '@opentelemetry/api'
import { chargesUrl, orderQuery, route } from './shop.ts'
import type { Request, Response, Shop } from './shop.ts'

const tracer = trace.getTracer('shop')

/** Answers POST /orders/{id}/pay. */
export function createPayHandler(shop: Shop): (request: Request) => Promise<Response> {
  return (request) => {
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'url.path': request.path, 'url.scheme': request.scheme }
    const incoming = propagation.extract(ROOT_CONTEXT, request.headers)
    return inSpan(`${request.method} ${route}`, SpanKind.SERVER, attributes, incoming, async (span, requestContext) => {
      const response = await pay(shop, request, requestContext)
      setResponse(span, response.status, 500)
      return response
    })
  }
}

async function pay(shop: Shop, request: Request, requestContext: Context): Promise<Response> {
  const { traceId, spanId } = trace.getSpanContext(requestContext) ?? { traceId: '', spanId: '' }
  const log = (severity: 'INFO' | 'ERROR', message: string): void => shop.log({ severity, message, order_id: request.orderId, trace_id: traceId, span_id: spanId })
  try {
    const order = await findOrder(shop, request.orderId, requestContext)
    if (order === null) return { status: 404 }
    const charged = await charge(shop, { amount: order.total, card: request.card }, requestContext)
    if (charged.status === 402) return { status: 402 }
    if (charged.status !== 200) {
      log('ERROR', `the provider answered ${charged.status}`)
      return { status: 502 }
    }
    log('INFO', 'order paid')
    return { status: 200 }
  } catch (error) {
    log('ERROR', `payment failed: ${String(error)}`)
    return { status: 500 }
  }
}

function findOrder(shop: Shop, orderId: string, parent: Context): ReturnType<Shop['query']> {
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'orders', 'db.query.text': orderQuery.replace('$1', `'${orderId}'`) }
  return inSpan('SELECT orders', SpanKind.CLIENT, attributes, parent, () => shop.query(orderQuery, [orderId]))
}

function charge(shop: Shop, body: { amount: number; card: string }, parent: Context): Promise<Response> {
  const attributes = { 'http.request.method': 'POST', 'url.full': chargesUrl, 'server.address': 'payments.example', 'server.port': 443 }
  return inSpan('POST', SpanKind.CLIENT, attributes, parent, async (span, callContext) => {
    const headers = { 'content-type': 'application/json' }
    propagation.inject(callContext, headers)
    const response = await shop.charge(body, headers)
    setResponse(span, response.status, 400)
    return response
  })
}

/** A span that lasts as long as `work`, which gets the context to hand on. */
async function inSpan<T>(name: string, kind: SpanKind, attributes: Attributes, parent: Context, work: (span: Span, own: Context) => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, { kind, attributes }, parent)
  try {
    return await work(span, trace.setSpan(parent, span))
  } catch (error) {
    const shown = error instanceof Error ? error : new Error(String(error))
    span.recordException(shown)
    span.setStatus({ code: SpanStatusCode.ERROR })
    span.setAttribute('error.type', shown.name)
    throw error
  } finally {
    span.end()
  }
}

/** @param errorsFrom the lowest status that is an error for this kind of span */
function setResponse(span: Span, status: number, errorsFrom: number): void {
  span.setAttribute('http.response.status_code', status)
  if (status < errorsFrom) return
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute('error.type', String(status))
}
