/** Vite in front of the server, so that an edited source shows at once. Development only; never in a build. */
import { createServer as createNetServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Middleware } from './server.ts'

export interface Development {
  middleware: Middleware
  /** Hands Vite's reload channel the socket upgrades that are not the API's. */
  attach(server: Server): void
  close(): Promise<void>
}

/** Starts Vite in middleware mode over renderer/. */
export async function developmentMiddleware(): Promise<Development> {
  // The name is computed so that the bundler leaves Vite out of the shipped program.
  const viteName = ['vi', 'te'].join('')
  const { createServer } = (await import(viteName)) as typeof import('vite')
  // Vite wants a server to listen on for reloads; ours exists only later, so upgrades are forwarded to this one.
  const relay = createNetServer()
  const vite = await createServer({
    configFile: join(import.meta.dirname, '..', '..', '..', 'renderer', 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server: relay } },
    appType: 'spa',
  })
  return {
    middleware: (request, response, next) => {
      // Vite's reload client is an inline script, which the shipped policy rightly refuses.
      response.removeHeader('Content-Security-Policy')
      vite.middlewares(request, response, next)
    },
    attach: (server) => {
      server.on('upgrade', (request, socket, head) => {
        if (request.url !== '/api') relay.emit('upgrade', request, socket, head)
      })
    },
    close: () => vite.close(),
  }
}
