/** Serves the built window under app://firedrill and nothing else. */
import { securityHeaders } from '../shared/content-security-policy.ts'
import { readWindowFile } from '../shared/window-files.ts'
import { appHost, appScheme } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'

/** Must run before the app is ready. */
export function declareAppScheme({ protocol }: ElectronModule): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ])
}

/** Answers requests of the window from `windowDir`, each with the security headers. */
export function serveWindow({ protocol }: ElectronModule, windowDir: string): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url)
    if (url.host !== appHost || (request.method !== 'GET' && request.method !== 'HEAD')) return new Response('Refused.\n', { status: 403 })
    const file = await readWindowFile(windowDir, url.pathname)
    if (!file) return new Response('No such file.\n', { status: 404 })
    return new Response(new Uint8Array(file.body), {
      headers: { ...securityHeaders([]), 'Content-Type': file.type, 'Cache-Control': file.immutable ? 'max-age=31536000, immutable' : 'no-store' },
    })
  })
}
