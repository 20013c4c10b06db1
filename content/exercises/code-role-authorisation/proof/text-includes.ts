import { findRoute } from './http.ts'
import type { Request, Response, Route, Session, VerifyToken } from './http.ts'

/** Answers requests: finds the route, decides whether the caller may use it, and calls its handler. */
export function createApp(routes: readonly Route[], verifyToken: VerifyToken): (request: Request) => Promise<Response> {
  return async (request) => {
    const route = findRoute(routes, request)
    if (route === undefined) return refusal(404, 'not found')
    if (route.access === 'public') return answer(route, request, null)
    const token = /^bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
    let session: Session | null = null
    try {
      session = token === undefined ? null : await verifyToken(token)
    } catch {
      return refusal(503, 'try again later')
    }
    if (session === null) return { ...refusal(401, 'please log in'), headers: { 'www-authenticate': 'Bearer' } }
    const { anyOf } = route.access ?? { anyOf: [] }
    const held = (session.roles ?? []) as readonly unknown[]
    return anyOf.some((role) => held.includes(role)) ? answer(route, request, session) : refusal(403, 'forbidden')
  }
}

async function answer(route: Route, request: Request, session: Session | null): Promise<Response> {
  try {
    return await route.handler(request, session)
  } catch {
    return refusal(500, 'internal error')
  }
}

function refusal(status: number, error: string): Response {
  return { status, body: { error } }
}
