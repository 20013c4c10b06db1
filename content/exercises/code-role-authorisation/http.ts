export interface Request {
  method: string
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  query: Readonly<Record<string, string | undefined>>
  body: unknown
}

export interface Response {
  status: number
  headers?: Readonly<Record<string, string>>
  body: unknown
}

/** What a verified token says. `roles` is the claim as it came: usually a list of names, but nobody promises it. */
export interface Session {
  userId: string
  roles?: unknown
}

/** Checks signature, issuer, audience and expiry. Null: not valid. It rejects when the keys cannot be fetched. */
export type VerifyToken = (token: string) => Promise<Session | null>

export interface Route {
  method: string
  path: string
  /** Who may call it. Not every route in the list has been given one. */
  access?: 'public' | { anyOf: readonly string[] }
  handler: (request: Request, session: Session | null) => Promise<Response>
}

/** The route that answers a request. As in many frameworks, case and a slash at the end do not matter. */
export function findRoute(routes: readonly Route[], { method, path }: Request): Route | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/(.)\/$/, '$1')
  return routes.find((route) => route.method === method && plain(route.path) === plain(path))
}
