import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Span, SpanOptions } from '@opentelemetry/api'
import { chargesUrl, orderQuery, route } from './shop.ts'
import type { Request, Response, Shop } from './shop.ts'

/** Runs `work` with a span of the context that is active now, at the call; whatever must be in it is called before any await. */
function traced<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer('shop').startActiveSpan(name, options, (span) => {
    const fail = (error: unknown): never => {
      const { name: type } = error as Error
      span.recordException(error as Error)
      span.setAttribute('error.type', type)
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    }
    let running: Promise<T>
    try {
      running = work(span)
    } catch (error) {
      running = Promise.reject(error as Error)
    }
    return running.catch(fail).finally(() => span.end())
  })
}

function answered(span: Span, { status }: Response, worst: number): void {
  span.setAttribute('http.response.status_code', status)
  if (status > worst) span.setStatus({ code: SpanStatusCode.ERROR }).setAttributes({ 'error.type': status.toString() })
}

export function createPayHandler(shop: Shop): (request: Request) => Promise<Response> {
  const charge = (amount: number, card: string) => {
    const attributes = { 'http.request.method': 'POST', 'url.full': chargesUrl, 'server.address': new RegExp('//([^/]+)').exec(chargesUrl)?.[1] ?? '', 'server.port': 443 }
    return traced('POST', { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const headers: Record<string, string> = {}
      headers['content-type'] = 'application/json'
      propagation.inject(context.active(), headers)
      const reply = await shop.charge({ amount, card }, headers)
      answered(span, reply, 399)
      return reply
    })
  }
  const find = (id: string) =>
    traced('SELECT orders', { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', 'db.collection.name': 'orders', 'db.operation.name': 'SELECT', 'db.query.text': orderQuery } }, () => shop.query(orderQuery, [id]))

  return (request) =>
    context.with(propagation.extract(context.active(), request.headers), () =>
      traced(`POST ${route}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'POST', 'http.route': route, 'url.path': request.path, 'url.scheme': request.scheme } }, async (span) => {
        const mine = context.active()
        const { traceId: trace_id, spanId: span_id } = span.spanContext()
        const log = (severity: 'INFO' | 'ERROR', message: string) => shop.log({ severity, message, order_id: request.orderId, trace_id, span_id })
        const steps = async (): Promise<Response> => {
          const order = await context.with(mine, find, undefined, request.orderId)
          if (order === null) return { status: 404 }
          const { status } = await context.with(mine, () => charge(order.total, request.card))
          if (status === 200) log('INFO', 'order paid')
          else if (status !== 402) log('ERROR', `the provider answered ${status}`)
          return { status: status === 200 || status === 402 ? status : 502 }
        }
        const response = await steps().catch((error: unknown) => {
          log('ERROR', `payment failed: ${String(error)}`)
          return { status: 500 }
        })
        answered(span, response, 499)
        return response
      }),
    )
}
