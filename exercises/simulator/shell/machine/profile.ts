/** Where requests spent their time: spans of the traces that were kept, each without those below it. */
import type { World } from '../../model/index.ts'
import type { Span } from '../../traces/source.ts'
import { wallUs } from '../times.ts'

const windowUs = 60_000_000

interface Spot {
  readonly name: string
  readonly spans: number
  readonly us: number
}

/** Time by endpoint and by call of a service in the last minute; of one pod, where traces say which. */
export function spotsOf(world: World, service: string, pod: string | null, nowUs: number): { readonly spots: readonly Spot[]; readonly traces: number } {
  const spots = new Map<string, { name: string; spans: number; us: number }>()
  let traces = 0
  for (const { spans } of world.telemetry.traces.traces(wallUs(world, nowUs - windowUs), wallUs(world, nowUs))) {
    const own = spans.filter((span) => span.service === service && (pod === null || span.attributes['k8s.pod.name'] === undefined || span.attributes['k8s.pod.name'] === pod))
    if (own.length > 0) traces += 1
    for (const span of own) {
      const below = own.filter(({ parentSpanId }) => parentSpanId === span.spanId)
      const us = Math.max(0, span.durationUs - covered(below))
      const name = nameOf(span)
      const spot = spots.get(name) ?? { name, spans: 0, us: 0 }
      spot.spans += 1
      spot.us += us
      spots.set(name, spot)
    }
  }
  return { spots: [...spots.values()].toSorted((one, other) => other.us - one.us), traces }
}

/** The profile as lines of a table. */
export function profileLines(world: World, service: string, pod: string | null, nowUs: number): readonly string[] {
  const { spots, traces } = spotsOf(world, service, pod, nowUs)
  const total = spots.reduce((sum, { us }) => sum + us, 0)
  if (traces === 0) return ['No trace of the last minute was kept for this pod. Others of its deployment may have some.']
  return [
    `Time of requests of ${service}, last minute, ${traces} traces`, '', 'Share    Mean ms   Spans  Where',
    ...spots.map(({ name, spans, us }) => `${`${((us / total) * 100).toFixed(1)}%`.padStart(6)} ${(us / spans / 1000).toFixed(2).padStart(9)} ${String(spans).padStart(7)}  ${name}`),
  ]
}

function nameOf({ kind, name, attributes }: Span): string {
  const peer = attributes['server.address']
  const what = attributes['http.route'] ?? attributes['url.path'] ?? attributes['db.operation.name'] ?? ''
  return kind === 'client' || kind === 'producer' ? `waits for ${String(peer ?? '')} ${[...new Set([name, String(what)])].join(' ')}`.trim() : `its own work and waiting in ${[...new Set([name, String(what)])].join(' ')}`.trim()
}

/** Time that spans cover together, in microseconds. */
function covered(spans: readonly Span[]): number {
  let total = 0
  let untilUs = Number.NEGATIVE_INFINITY
  for (const { startUs, durationUs } of spans.toSorted((one, other) => one.startUs - other.startUs)) {
    const endUs = startUs + durationUs
    total += Math.max(0, endUs - Math.max(startUs, untilUs))
    untilUs = Math.max(untilUs, endUs)
  }
  return total
}
