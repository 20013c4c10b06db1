export interface Request {
  method: string
  /** With its query: `/users/7/orders?page=2`. */
  url: string
  userId?: string
}
export interface Response {
  status: number
  body?: unknown
}
export interface Route {
  method: string
  /** Such as `/users/{id}/orders`. */
  template: string
  handler: (request: Request) => Promise<Response>
}

/** The route that answers a request; undefined when there is none. */
export function findRoute(routes: readonly Route[], { method, url }: Request): Route | undefined {
  const parts = (url.split('?')[0] ?? '').split('/')
  return routes.find((route) => {
    const wanted = route.template.split('/')
    return route.method === method && wanted.length === parts.length && wanted.every((part, index) => part === parts[index] || (part.startsWith('{') && parts[index] !== ''))
  })
}
