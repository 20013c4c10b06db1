import { context, propagation, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api'
import { chargesUrl, orderQuery, route, type Request, type Response, type Shop } from './shop.ts'

function failed(span: Span, type: string) {
  span.setStatus({ code: SpanStatusCode.ERROR, message: type }).setAttribute('error.type', type)
}

// Everything in one place, each span begun and ended by hand.
export const createPayHandler = (shop: Shop) => async (request: Request): Promise<Response> => {
  const tracer = trace.getTracer('pay', '1.0.0')
  const from = propagation.extract(context.active(), request.headers)
  const server = tracer.startSpan('POST ' + route, { kind: SpanKind.SERVER }, from)
  server.setAttributes({ 'http.request.method': 'POST', 'http.route': route, 'url.path': request.path, 'url.scheme': 'https' })
  const here = trace.setSpan(from, server)
  const ids = { trace_id: server.spanContext().traceId, span_id: server.spanContext().spanId, order_id: request.orderId }
  let open: Span | null = null
  let status = 500
  try {
    open = tracer.startSpan('SELECT orders', { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'orders', 'db.query.text': orderQuery } }, here)
    const order = await shop.query(orderQuery, [request.orderId])
    open.end()
    open = null
    if (!order) {
      status = 404
    } else {
      open = tracer.startSpan('POST', { kind: SpanKind.CLIENT }, here)
      open.setAttributes({ 'http.request.method': 'POST', 'url.full': chargesUrl, 'server.address': 'payments.example', 'server.port': 443 })
      const headers: Record<string, string> = { 'content-type': 'application/json' }
      propagation.inject(trace.setSpan(here, open), headers)
      const reply = await shop.charge({ amount: order.total, card: request.card }, headers)
      open.setAttribute('http.response.status_code', reply.status)
      if (reply.status >= 400) failed(open, `${reply.status}`)
      open.end()
      open = null
      if (reply.status === 200) {
        status = 200
        shop.log({ severity: 'INFO', message: 'order paid', ...ids })
      } else if (reply.status === 402) {
        status = 402
      } else {
        status = 502
        shop.log({ severity: 'ERROR', message: `the provider answered ${reply.status}`, ...ids })
      }
    }
  } catch (error) {
    shop.log({ severity: 'ERROR', message: `payment failed: ${String(error)}`, ...ids })
    if (open && error instanceof Error) {
      open.recordException(error)
      failed(open, error.name)
    }
  } finally {
    open?.end()
    server.setAttribute('http.response.status_code', status)
    if (status >= 500) failed(server, String(status))
    server.end()
  }
  return { status }
}
