import { findRoute, type Request, type Response, type Route, type Session, type VerifyToken } from './http.ts'

class Refused extends Error {
  constructor(readonly status: number, readonly headers: Record<string, string> = {}) { super('refused') }
}
interface Call { request: Request; route: Route; session: Session | null }
type Guard = (call: Call) => Promise<void> | void

export function createApp(routes: readonly Route[], verifyToken: VerifyToken) {
  const identify: Guard = async (call) => {
    const [scheme, token, ...more] = (call.request.headers.authorization ?? '').split(' ')
    const wellFormed = scheme?.toLowerCase() === 'bearer' && token && more.length === 0
    const session = wellFormed ? await verifyToken(token).catch(() => { throw new Refused(503) }) : null
    if (!session) throw new Refused(401, { 'www-authenticate': 'Bearer' })
    call.session = session
  }
  const permit: Guard = ({ route, session }) => {
    const wanted = new Set(typeof route.access === 'object' ? route.access.anyOf : [])
    const roles = session?.roles
    const found = Array.isArray(roles) && roles.filter((role) => wanted.has(role)).length > 0
    if (!found) throw new Refused(403)
  }
  return async (request: Request): Promise<Response> => {
    try {
      const route = findRoute(routes, request)
      if (!route) throw new Refused(404)
      const call: Call = { request, route, session: null }
      for (const guard of route.access === 'public' ? [] : [identify, permit]) await guard(call)
      return await route.handler(request, call.session)
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, headers: error.headers, body: null }
      return { status: 500, body: 'Something went wrong.' }
    }
  }
}
