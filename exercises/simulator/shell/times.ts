const second = 1_000_000

/** An age as kubectl shows it: `47s`, `5m12s`, `34m`, `3h5m`, `26h`, `12d`. Source: apimachinery duration.HumanDuration. @param us microseconds */
export function age(us: number): string {
  const seconds = Math.max(0, Math.floor(us / second))
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  return days < 8 ? withRest(days, 'd', hours % 24, 'h') : `${days}d`
}

/** A Go duration, such as `90s`, `1h30m` or `250ms`, in microseconds; null when it is none. */
export function durationUs(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|us|h|m|s))+$/.test(text)) return null
  const units: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: second, m: 60 * second, h: 3600 * second }
  let us = 0
  for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|h|m|s)/g)) us += Number(amount) * (units[unit] ?? 0)
  return us
}

/** `2026-03-03T09:12:00Z`. @param us microseconds since the Unix epoch */
export function isoSeconds(us: number): string {
  return `${new Date(us / 1000).toISOString().slice(0, 19)}Z`
}

/** `Tue, 03 Mar 2026 09:12:00 +0000`, as kubectl describe shows a time. */
export function longTime(us: number): string {
  return new Date(us / 1000).toUTCString().replace('GMT', '+0000')
}

/** Microseconds since the Unix epoch of a simulation time. */
export function wallUs(world: { readonly telemetry: { readonly epochMs: number } }, us: number): number {
  return world.telemetry.epochMs * 1000 + us
}

function withRest(amount: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${amount}${unit}` : `${amount}${unit}${rest}${restUnit}`
}
