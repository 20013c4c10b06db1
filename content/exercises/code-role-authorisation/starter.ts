import { findRoute } from './http.ts'
import type { Request, Response, Route, VerifyToken } from './http.ts'

/** Answers requests: finds the route, decides whether the caller may use it, and calls its handler. */
export function createApp(routes: readonly Route[], verifyToken: VerifyToken): (request: Request) => Promise<Response> {
  return async (request) => {
    const route = findRoute(routes, request)
    if (route === undefined) return { status: 404, body: { error: 'not found' } }
    const token = request.headers['authorization']?.split(' ')[1] ?? ''
    const session = await verifyToken(token)
    if (session === null) return { status: 401, body: { error: 'please log in' } }
    return route.handler(request, session)
  }
}
