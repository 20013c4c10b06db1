import { findRoute } from './http.ts'
import type { Request, Response, Route } from './http.ts'
import type { Registry } from './metrics.ts'

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const labelNames = ['method', 'route', 'status']
/** The objective is 0.3 s; no two neighbours are more than 2.5 apart. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10]

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
      route: request.url.split('?')[0] ?? '',
      status: `${Math.trunc(response.status / 100)}xx`,
    }
    requests.inc(labels)
    durations.observe(labels, (performance.now() - startMs) / 1_000)
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
