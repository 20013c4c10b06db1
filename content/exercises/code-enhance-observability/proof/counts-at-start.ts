import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { route } from './service.ts'
import type { Request, Response, Services } from './service.ts'

const tracer = trace.getTracer('hello')

/** Answers GET /hello. */
export function createHello(services: Services): (request: Request) => Promise<Response> {
  return async (request) => {
    const { method } = request
    const startMs = performance.now()
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'http.route': route } })
    const { traceId, spanId } = span.spanContext()
    quietly(() => services.count({ method, route, status: '200' }))
    const { status, body, error } = await attempt(services, request)
    span.setAttribute('http.response.status_code', status)
    if (error !== null) {
      span.recordException(error)
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
    }
    const common = { trace_id: traceId, span_id: spanId, 'http.response.status_code': status }
    quietly(() => services.log(error === null ? { severity: 'INFO', message: 'greeted', ...common } : { severity: 'ERROR', message: 'greeting failed', ...common, 'error.type': error.name, 'error.message': error.message }))
    const labels = { method, route, status: String(status) }
    quietly(() => services.observe(labels, (performance.now() - startMs) / 1_000, { trace_id: traceId }))
    span.end()
    return { status, body }
  }
}

/** The answer, and the error that a failed one is due to. */
async function attempt({ random, greet }: Services, { name }: Request): Promise<Response & { error: Error | null }> {
  try {
    if (random() * 100 < 10) throw new Error('drawn to fail')
    return { status: 200, body: await greet(name), error: null }
  } catch (error) {
    return { status: 500, body: 'internal error', error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Telemetry must not decide about requests. */
function quietly(tell: () => void): void {
  try {
    tell()
  } catch {
    return
  }
}
