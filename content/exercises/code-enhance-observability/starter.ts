import { SpanKind, trace } from '@opentelemetry/api'
import { route } from './service.ts'
import type { Request, Response, Services } from './service.ts'

const tracer = trace.getTracer('hello')

/** Answers GET /hello. */
export function createHello(services: Services): (request: Request) => Promise<Response> {
  return async ({ method, name }) => {
    const startMs = performance.now()
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'http.route': route } })
    const { traceId, spanId } = span.spanContext()
    const body = await services.greet(name)
    services.log({ severity: 'INFO', message: 'greeted', trace_id: traceId, span_id: spanId, 'http.response.status_code': 200 })
    const labels = { method, route, status: '200' }
    services.count(labels)
    services.observe(labels, (performance.now() - startMs) / 1_000, { trace_id: traceId })
    span.end()
    return { status: 200, body }
  }
}
