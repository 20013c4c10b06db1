/** Whether a real Prometheus can be had here: on the path, or from Debian's package when we are root. */
import { spawnSync } from 'node:child_process'

export type Availability = { readonly available: true; readonly version: string } | { readonly available: false; readonly reason: string }

function version(): string | null {
  const server = spawnSync('prometheus', ['--version'], { encoding: 'utf8' })
  const tool = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
  if (server.status !== 0 || tool.status !== 0) return null
  return /version (\S+)/.exec(server.stdout + server.stderr)?.[1] ?? 'unknown'
}

/** Looks for `prometheus` and `promtool`; installs them where root may and FIREDRILL_NO_INSTALL is not set. */
export function findPrometheus(): Availability {
  const found = version()
  if (found !== null) return { available: true, version: found }
  if (process.env['FIREDRILL_NO_INSTALL']) return { available: false, reason: 'prometheus is not on the path and FIREDRILL_NO_INSTALL is set' }
  if (process.getuid?.() !== 0) return { available: false, reason: 'prometheus is not on the path and only root could install it' }
  const installed = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'prometheus'], { encoding: 'utf8', timeout: 180_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (installed.error || installed.status !== 0) return { available: false, reason: 'prometheus is not on the path and apt-get could not install it' }
  const now = version()
  return now === null ? { available: false, reason: 'prometheus was installed but does not start' } : { available: true, version: now }
}
