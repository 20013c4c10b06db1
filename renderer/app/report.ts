import type { AppInfo } from './store.ts'

/** What a person can paste into a bug report: versions and the place, nothing about the learner. */
export function reportText(info: AppInfo | null, what: string): string {
  return [
    what,
    '',
    `Firedrill ${info?.version ?? '(unknown version)'}`,
    `Host ${info?.host ?? 'unknown'} on ${info?.platform ?? navigator.platform}`,
    `Window ${String(window.innerWidth)} x ${String(window.innerHeight)} at ${String(window.devicePixelRatio)}`,
    `Screen ${window.location.hash || '#/'}`,
    `Engine ${navigator.userAgent}`,
  ].join('\n')
}
