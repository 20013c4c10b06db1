/** The phases of a request as `curl -w` prints them, from what the world has measured. */
import type { World } from '../../model/index.ts'
import { Name } from '../../model/parts/names/name.ts'
import { Resolver } from '../../model/parts/names/resolver.ts'
import { Certificate } from '../../model/parts/certificates/certificate.ts'
import type { Invocation } from '../command.ts'
import { ratePerSecond } from '../readings.ts'
import { wallUs } from '../times.ts'
import { wayTo } from './ping.ts'

/** What a file of curl's formats usually holds. */
export const usualFormat = ['time_namelookup', 'time_connect', 'time_appconnect', 'time_starttransfer', 'time_total'].map((name) => `${name.padStart(20)}:  %{${name}}\\n`).join('')

/** Seconds from the start until each phase has ended. */
export interface Phases {
  readonly time_namelookup: number
  readonly time_connect: number
  readonly time_appconnect: number
  readonly time_pretransfer: number
  readonly time_starttransfer: number
  readonly time_total: number
}

/** Time that a lookup of a host takes on average at present, with those that get no answer and are asked again. */
function lookupSeconds(world: World, host: string, nowUs: number): number {
  const name = world.part(host)
  const resolver = name instanceof Name ? world.part(name.spec.resolver) : world.parts.find((part) => part instanceof Resolver)
  if (!(resolver instanceof Resolver)) return 0
  const served = ratePerSecond(world, 'coredns_dns_request_duration_seconds_count', { resolver: resolver.name }, nowUs, 60_000_000)
  const mean = served === 0 ? 0 : ratePerSecond(world, 'coredns_dns_request_duration_seconds_sum', { resolver: resolver.name }, nowUs, 60_000_000) / served
  return mean + (resolver.drop * resolver.spec.timeout) / 1e6
}

/** How long the newest request to this endpoint took of which a trace was kept; null when there is none of the last minutes. */
function servedSeconds(world: World, service: string, path: string, nowUs: number): number | null {
  let newest: { readonly atUs: number; readonly seconds: number } | null = null
  for (const { spans } of world.telemetry.traces.traces(wallUs(world, Math.max(0, nowUs - 300_000_000)), wallUs(world, nowUs))) {
    for (const { service: by, kind, attributes, startUs, durationUs } of spans) if (by === service && kind === 'server' && attributes['http.route'] === path && (newest === null || startUs > newest.atUs)) newest = { atUs: startUs, seconds: durationUs / 1e6 }
  }
  return newest?.seconds ?? null
}

/** Phases of a request to a host. A path that no trace tells of takes no time in the service. */
export function phasesOf(invocation: Invocation, host: string, service: string, path: string, isTls: boolean): Phases {
  const { world, nowUs } = invocation
  const isLocal = host === 'localhost' || host === '127.0.0.1'
  const lookup = isLocal ? 0 : lookupSeconds(world, host, nowUs)
  const way = isLocal ? null : wayTo(invocation, host)
  const trip = way === null || 'exitCode' in way || way.tripMs === null ? 0 : way.tripMs / 1000
  const connected = lookup + trip
  // TLS 1.3 needs one more round trip.
  const secured = isTls ? connected + trip : 0
  const ready = isTls ? secured : connected
  const first = ready + trip + (servedSeconds(world, service, path, nowUs) ?? 0)
  return { time_namelookup: lookup, time_connect: connected, time_appconnect: secured, time_pretransfer: ready, time_starttransfer: first, time_total: first }
}

/** The certificate of a host, as `curl -v` tells it; nothing where the topology has none for it. */
export function tlsLines(world: World, host: string): readonly string[] {
  const certificate = world.parts.find((part) => part instanceof Certificate && part.spec.of.includes(host))
  const part = world.part(host)
  if (!(certificate instanceof Certificate) || part === undefined) return []
  const shown = certificate.servedBy(part.index, 0)
  return ['* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384', '* Server certificate:', `*  subject: CN=${shown.hasName ? host : `old.${host}`}`, `*  expire date: ${new Date(wallUs(world, shown.untilUs) / 1000).toUTCString()}`, `*  issuer: CN=${shown.isTrusted ? 'Firedrill Issuing CA' : 'unknown'}`]
}
