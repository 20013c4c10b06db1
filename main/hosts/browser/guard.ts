/** Who may talk to the loopback server: only the window that was opened with this launch's secret. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Guard {
  /** True when the Host header names this server by a loopback name, which stops DNS rebinding. */
  hostAllowed(request: IncomingMessage): boolean
  /** True when the page that opened the socket is ours. */
  originAllowed(request: IncomingMessage): boolean
  /** True when the request carries the cookie that the entry page set. */
  authenticated(request: IncomingMessage): boolean
  /** True when `candidate` is this launch's secret; compared in constant time. */
  secretMatches(candidate: string | null): boolean
  readonly cookie: string
}

/** Builds the checks for one port and one secret. */
export function createGuard(port: number, secret: string): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  // Cookies are shared between ports of one host, so the port is part of the name.
  const cookieName = `firedrill-${port}`
  const secretMatches = (candidate: string | null): boolean => candidate !== null && timingSafeEqual(digest(candidate), digest(secret))
  return {
    cookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    hostAllowed: (request) => hosts.has(request.headers.host ?? ''),
    originAllowed: (request) => origins.has(request.headers.origin ?? ''),
    authenticated: (request) => secretMatches(readCookie(request.headers.cookie ?? '', cookieName)),
    secretMatches,
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
