/** Refuses everything that the course does not need: permissions, foreign pages, new windows, embedded web views. */
import type { WebContents } from 'electron'
import { appOrigin } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'

/** True for pages of the app itself. */
export function isOwnPage(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`)
}

/** Links to the outside open in the learner's own browser; only https, so that content cannot start programs. */
export function isSafeOutside(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

/** Applies to every window there will ever be. */
export function harden({ app, session, shell }: ElectronModule): void {
  // Clipboard writing is what "Copy" buttons need; every other permission is refused.
  session.defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write' && isOwnPage(contents.getURL())),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => permission === 'clipboard-sanitized-write' && isOwnPage(origin))
  session.defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, shell))
}

function hardenContents(contents: WebContents, shell: ElectronModule['shell']): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isSafeOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
