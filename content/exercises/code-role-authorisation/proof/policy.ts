import { findRoute } from './http.ts'
import type { Request, Response, Route, VerifyToken } from './http.ts'

type Caller = { known: false } | { known: true; userId: string; has: (role: string) => boolean }
type Rule = (caller: Caller) => 'allow' | 401 | 403

const anyone: Rule = () => 'allow'
const holders = (roles: readonly string[]): Rule => (caller) => {
  if (!caller.known) return 401
  for (const role of roles) if (caller.has(role)) return 'allow'
  return 403
}

export const createApp = (routes: readonly Route[], verifyToken: VerifyToken) => {
  const rules = new Map<Route, Rule>()
  for (const route of routes) rules.set(route, route.access === 'public' ? anyone : holders(route.access?.anyOf ?? []))
  return (request: Request): Promise<Response> => {
    const route = findRoute(routes, request)
    const rule = route && rules.get(route)
    if (!route || !rule) return Promise.resolve({ status: 404, body: {} })
    const header = request.headers['authorization'] ?? ''
    const token = header.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : ''
    const looked = rule === anyone || token === '' ? Promise.resolve(null) : Promise.resolve().then(() => verifyToken(token))
    return looked.then(
      (session) => {
        const caller: Caller = session === null ? { known: false } : { known: true, userId: session.userId, has: (role) => session.roles instanceof Array && session.roles.indexOf(role) >= 0 }
        const verdict = rule(caller)
        if (verdict === 401) return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: {} }
        if (verdict === 403) return { status: 403, body: {} }
        return Promise.resolve().then(() => route.handler(request, session)).catch(() => ({ status: 500, body: {} }))
      },
      () => ({ status: 503, body: {} }),
    )
  }
}
