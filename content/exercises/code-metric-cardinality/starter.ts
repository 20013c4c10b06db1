import { findRoute } from './http.ts'
import type { Request, Response, Route } from './http.ts'
import type { Registry } from './metrics.ts'

/** Answers requests and measures them. */
export function createApp(routes: readonly Route[], registry: Registry): (request: Request) => Promise<Response> {
  const requests = registry.counter('http_requests_total', ['method', 'path', 'status', 'user'])
  return async (request) => {
    const route = findRoute(routes, request)
    const response = route === undefined ? { status: 404 } : await route.handler(request)
    requests.inc({ method: request.method, path: request.url, status: String(response.status), user: request.userId ?? '' })
    return response
  }
}
