import { findRoute, type Request, type Response, type Route } from './http.ts'
import type { Registry } from './metrics.ts'

/** One recorder for each route, made in advance: the values of its labels are fixed before the first request. */
class Recorder {
  constructor(private readonly metrics: ReturnType<typeof register>, private readonly route: string) {}
  async around(method: string, work: () => Promise<Response>): Promise<Response> {
    const { total, seconds, inFlight } = this.metrics
    const began = performance.now()
    let status = 500
    inFlight.inc()
    try {
      const response = await work()
      status = response.status
      return response
    } catch {
      return { status }
    } finally {
      inFlight.dec()
      const labels = { method, route: this.route, status: ['1xx', '2xx', '3xx', '4xx', '5xx'][Math.floor(status / 100) - 1] ?? '5xx' }
      total.inc(labels)
      seconds.observe(labels, (performance.now() - began) / 1000)
    }
  }
}

function register(registry: Registry) {
  const labels = ['method', 'route', 'status']
  const bounds: number[] = []
  for (let bound = 0.0075; bound < 20; bound *= 2) bounds.push(bound)
  return {
    total: registry.counter('http_requests_total', labels),
    seconds: registry.histogram('http_request_duration_seconds', labels, [...bounds, 0.3].sort((a, b) => a - b)),
    inFlight: registry.gauge('http_requests_in_flight', []),
  }
}

export function createApp(routes: readonly Route[], registry: Registry) {
  const metrics = register(registry)
  const none = new Recorder(metrics, 'unmatched')
  const recorders = new Map(routes.map((route) => [route, new Recorder(metrics, route.template)] as const))
  const methods = 'GET HEAD POST PUT PATCH DELETE OPTIONS'.split(' ')
  return (request: Request): Promise<Response> => {
    const route = findRoute(routes, request)
    const recorder = (route && recorders.get(route)) ?? none
    return recorder.around(methods.includes(request.method) ? request.method : '_OTHER', async () => (route ? route.handler(request) : { status: 404 }))
  }
}
