import { SpanKind, trace } from '@opentelemetry/api'
import { orderQuery, route } from './shop.ts'
import type { Request, Response, Shop } from './shop.ts'

const tracer = trace.getTracer('shop')

/** Answers POST /orders/{id}/pay. */
export function createPayHandler(shop: Shop): (request: Request) => Promise<Response> {
  return async (request) => {
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER })
    const log = (severity: 'INFO' | 'ERROR', message: string): void => shop.log({ severity, message, order_id: request.orderId, trace_id: '', span_id: '' })
    try {
      const order = await shop.query(orderQuery, [request.orderId])
      if (order === null) return { status: 404 }
      const charged = await shop.charge({ amount: order.total, card: request.card }, { 'content-type': 'application/json' })
      if (charged.status === 402) return { status: 402 }
      if (charged.status !== 200) {
        log('ERROR', `the provider answered ${charged.status}`)
        return { status: 502 }
      }
      log('INFO', 'order paid')
      span.end()
      return { status: 200 }
    } catch (error) {
      log('ERROR', `payment failed: ${String(error)}`)
      return { status: 500 }
    }
  }
}
