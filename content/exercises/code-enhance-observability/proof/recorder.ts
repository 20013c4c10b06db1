import { SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api'
import { route, type LogRecord, type Request, type Response, type Services } from './service.ts'

class DrawnFailure extends Error {
  override name = 'DrawnFailure'
}

/** Follows one request and tells everything at its end, once. */
class RequestRecorder {
  private readonly span: Span
  private readonly began = performance.now()
  private failure: Error | undefined

  constructor(private readonly services: Services, private readonly request: Request) {
    this.span = trace.getTracer('hello', '1').startSpan(`GET ${route}`, { kind: SpanKind.SERVER })
    this.span.setAttribute('http.request.method', request.method).setAttribute('http.route', route)
  }

  fail(cause: unknown): Response {
    this.failure = cause as Error
    return { status: 500, body: 'Sorry.' }
  }

  finish({ status }: Response): void {
    const { traceId: trace_id, spanId: span_id } = this.span.spanContext()
    const seconds = (performance.now() - this.began) / 1000
    const record: LogRecord = { severity: this.failure ? 'ERROR' : 'INFO', message: `GET ${route}: ${status}`, trace_id, span_id, 'http.response.status_code': status }
    if (this.failure) {
      record['error.type'] = this.failure.name
      record['error.message'] = this.failure.message
      this.span.recordException(this.failure)
      this.span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.span.setAttribute('http.response.status_code', status)
    this.span.end()
    const labels = { method: this.request.method, route, status: `${status}` }
    const sinks = [() => this.services.log(record), () => this.services.count(labels), () => this.services.observe(labels, seconds, { trace_id })]
    for (const sink of sinks) void new Promise<void>((resolve) => resolve(sink())).catch(() => undefined)
  }
}

export function createHello(services: Services) {
  return async (request: Request): Promise<Response> => {
    const recorder = new RequestRecorder(services, request)
    const isDrawn = Math.floor(services.random() * 100) < 10
    const work = isDrawn ? Promise.reject(new DrawnFailure('one in ten')) : new Promise<string>((resolve) => resolve(services.greet(request.name)))
    const response = await work.then((body) => ({ status: 200, body }), (error: unknown) => recorder.fail(error))
    recorder.finish(response)
    return response
  }
}
