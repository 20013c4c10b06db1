import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { route } from './service.ts'
import type { Request, Response, Services } from './service.ts'

type Outcome = { ok: true; text: string } | { ok: false; type: string; why: string; stack?: string | undefined }

const safe = <A extends unknown[]>(call: (...args: A) => void) => (...args: A) => {
  try { call(...args) } catch { /* telemetry is not worth a request */ }
}

export const createHello = (services: Services) => {
  const [log, count, observe] = [safe(services.log), safe(services.count), safe(services.observe)]
  const outcomeOf = async (name: string): Promise<Outcome> => {
    const draw = 100 * services.random()
    const greeting = await Promise.resolve().then(() => services.greet(name)).then(
      (text): Outcome => ({ ok: true, text }),
      (error: Error): Outcome => ({ ok: false, type: error.name, why: error.message, stack: error.stack }),
    )
    return draw < 10 && greeting.ok ? { ok: false, type: 'Chance', why: 'this request was to fail' } : greeting
  }
  return async (request: Request): Promise<Response> => {
    const start = performance.now()
    return trace.getTracer('x').startActiveSpan('GET /hello', { kind: SpanKind.SERVER }, async (span) => {
      const outcome = await outcomeOf(request.name)
      const status = outcome.ok ? 200 : 500
      const ids = { trace_id: span.spanContext().traceId, span_id: span.spanContext().spanId, 'http.response.status_code': status }
      if (outcome.ok) {
        log({ severity: 'INFO', message: 'fine', ...ids })
      } else {
        span.addEvent('exception', { 'exception.type': outcome.type, 'exception.message': outcome.why })
        span.setStatus({ code: SpanStatusCode.ERROR, message: outcome.why })
        log({ severity: 'ERROR', message: 'failed', 'error.type': outcome.type, 'error.message': outcome.why, ...ids })
      }
      span.setAttributes({ 'http.response.status_code': status, 'http.route': route, 'http.request.method': request.method })
      const labels = { method: request.method, route, status: String(status) }
      count(labels)
      observe(labels, (performance.now() - start) / 1000, { trace_id: ids.trace_id })
      span.end()
      return outcome.ok ? { status, body: outcome.text } : { status, body: '' }
    })
  }
}
