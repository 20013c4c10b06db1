import { findRoute } from './http.ts'
import type { Request, Response, Route } from './http.ts'
import type { Registry } from './metrics.ts'

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const labelNames = ['method', 'route', 'status']
/** The objective is 0.3 s; no two neighbours are more than 2.5 apart. */
const bounds = [5, 10, 25, 50, 100, 200, 300, 500, 1_000, 2_500, 5_000, 10_000]

/** Answers requests and measures them. */
export function createApp(routes: readonly Route[], registry: Registry): (request: Request) => Promise<Response> {
  const requests = registry.counter('http_requests_total', labelNames)
  const durations = registry.histogram('http_request_duration_seconds', labelNames, bounds)
  const running = registry.gauge('http_requests_in_flight')
  return async (request) => {
    const route = findRoute(routes, request)
    const startMs = performance.now()
    running.inc()
    const response = await answer(route, request)
    running.dec()
    const labels = {
      method: knownMethods.has(request.method) ? request.method : 'OTHER',
      route: route?.template ?? '(none)',
      status: `${Math.trunc(response.status / 100)}xx`,
    }
    requests.inc(labels)
    durations.observe(labels, performance.now() - startMs)
    return response
  }
}

async function answer(route: Route | undefined, request: Request): Promise<Response> {
  try {
    return route === undefined ? { status: 404 } : await route.handler(request)
  } catch {
    return { status: 500 }
  }
}
