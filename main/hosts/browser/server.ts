/** The loopback server of the browser host: the window's files over HTTP, the API over one WebSocket a window. */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { frameBytesMax, otherLaunchHeader, requestFrameSchema } from '../../api/index.ts'
import type { Core, ServerFrame } from '../../api/index.ts'
import { securityHeaders } from '../shared/content-security-policy.ts'
import { readWindowFile } from '../shared/window-files.ts'
import { createGuard } from './guard.ts'
import type { Guard } from './guard.ts'

/** Lets development put Vite in front of the built files. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface BrowserServer {
  /** The address to open, with this launch's secret in it. */
  readonly entryUrl: string
  readonly origin: string
  /** Windows connected now. */
  windows(): number
  /** Called each time the number of windows changes. */
  onWindows(listener: (count: number) => void): void
  readonly http: Server
  close(): Promise<void>
}

export interface BrowserServerOptions {
  core: Core
  /** Folder of the built window. */
  windowDir: string
  /** 0 lets the system choose. */
  port: number
  middleware?: Middleware
}

/** Listens on 127.0.0.1 only. Rejects with the system's error when the port is taken. */
export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const secret = randomBytes(32).toString('base64url')
  const http = createServer()
  await listen(http, options.port)
  const port = (http.address() as AddressInfo).port
  const guard = createGuard(port, secret)
  const listeners: ((count: number) => void)[] = []
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameBytesMax, perMessageDeflate: false })
  const announce = (): void => {
    for (const listener of listeners) listener(sockets.clients.size)
  }

  http.on('request', (request, response) => {
    answer(request, response, guard, options, port).catch(() => refuse(response, 500, 'Something broke while reading a file. Reload the window.'))
  })
  http.on('upgrade', (request, socket, head) => {
    if (request.url !== '/api' || request.headers['sec-websocket-protocol'] !== undefined) {
      // Another protocol on the same server is Vite's reload channel, in development only.
      if (!options.middleware) socket.destroy()
      return
    }
    if (!guard.hostAllowed(request) || !guard.originAllowed(request) || !guard.authenticated(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (window) => {
      attach(window, options.core)
      announce()
      window.on('close', announce)
    })
  })

  return {
    entryUrl: `http://127.0.0.1:${port}/?key=${secret}`,
    origin: `http://127.0.0.1:${port}`,
    http,
    windows: () => sockets.clients.size,
    onWindows: (listener) => void listeners.push(listener),
    async close() {
      for (const window of sockets.clients) window.close(1001, 'Firedrill is closing')
      sockets.close()
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen({ host: '127.0.0.1', port }, () => {
      http.off('error', reject)
      resolve()
    })
  })
}

function attach(window: WebSocket, core: Core): void {
  const send = (frame: ServerFrame): void => {
    if (window.readyState === window.OPEN) window.send(JSON.stringify(frame))
  }
  const unsubscribe = core.subscribe((push, payload) => send({ push, payload }))
  const id = randomUUID()
  window.on('close', () => {
    unsubscribe()
    core.windowGone(id)
  })
  window.on('error', unsubscribe)
  window.on('message', (data, isBinary) => {
    const frame = requestFrameSchema.safeParse(isBinary ? null : parseJson(String(data)))
    if (!frame.success) {
      window.close(1008, 'malformed frame')
      return
    }
    void core.call(frame.data.name, frame.data.input, id).then((result) => send({ id: frame.data.id, result }))
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, guard: Guard, options: BrowserServerOptions, port: number): Promise<void> {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
  for (const [name, value] of Object.entries(securityHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]))) response.setHeader(name, value)
  if (!guard.hostAllowed(request)) return refuse(response, 403, 'This address is not Firedrill’s.')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only reading is possible here.')
  if (url.pathname === '/' && guard.secretMatches(url.searchParams.get('key'))) return enter(response, guard)
  if (!guard.authenticated(request)) {
    response.setHeader(otherLaunchHeader, 'other-launch')
    return refuse(response, 403, 'This window was not opened by Firedrill. Run `npm start` and use the address that it prints.')
  }
  if (options.middleware) return options.middleware(request, response, () => refuse(response, 404, 'No such file.'))
  const file = await readWindowFile(options.windowDir, url.pathname)
  if (!file) return refuse(response, 404, 'No such file.')
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': file.body.length,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

/**
 * Trades the secret in the address for a cookie. A refresh instead of a redirect, because a Strict cookie is not sent
 * along a redirect that began on another site (a terminal in a browser, say).
 */
function enter(response: ServerResponse, guard: Guard): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': guard.cookie, 'Cache-Control': 'no-store' })
  response.end('<!doctype html><meta charset="utf-8"><title>Firedrill</title><link rel="icon" href="/icon.svg"><meta http-equiv="refresh" content="0;url=/">')
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.end()
    return
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${message}\n`)
}
