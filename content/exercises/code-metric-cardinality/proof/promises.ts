import { findRoute } from './http.ts'
import type { Request, Response, Route } from './http.ts'
import type { Labels, Registry } from './metrics.ts'

type App = (request: Request) => Promise<Response>

const measured = (registry: Registry, describe: (request: Request) => Omit<Labels, 'status'>, next: App): App => {
  const names = ['method', 'route', 'status']
  const count = registry.counter('http_requests_total', names)
  const time = registry.histogram('http_request_duration_seconds', names, [0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10])
  const gauge = registry.gauge('http_requests_in_flight')
  return (request) => {
    const from = performance.now()
    gauge.inc()
    return next(request).then((response) => {
      const labels: Labels = { ...describe(request), status: String(response.status).charAt(0) + 'xx' }
      count.inc(labels)
      time.observe(labels, (performance.now() - from) * 1e-3)
      return response
    }).finally(() => gauge.dec())
  }
}

export function createApp(routes: readonly Route[], registry: Registry): App {
  const plain: App = (request) => {
    const route = findRoute(routes, request)
    if (!route) return Promise.resolve({ status: 404 })
    return new Promise<Response>((resolve) => resolve(route.handler(request))).catch(() => ({ status: 500 }))
  }
  const describe = (request: Request) => ({
    method: /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method) ? request.method : 'other',
    route: findRoute(routes, request)?.template ?? '',
  })
  return measured(registry, describe, plain)
}
