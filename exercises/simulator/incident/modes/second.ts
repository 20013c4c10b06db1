/** A second fault, smaller than the first and independent of it: one pod of another service is slow. */
import { RandomStream } from '../../engine/random-stream.ts'
import { parseDurationUs } from '../../topology/quantity.ts'
import type { IncidentSpec } from '../schema.ts'

/** The second fault as the debrief tells it. */
export interface SecondFault {
  readonly component: string
  readonly label: string
  readonly mechanism: string
}

const factor = 5
/** Pods of a service that does not say how many, as its schema has it. */
const unwritten = 2
/** It strikes within this time after the first. */
const firstAfterUs = 15_000_000
const lastAfterUs = 75_000_000

type Written = Readonly<Record<string, unknown>>

/** Chooses where it strikes, and writes it as a fault of a topology. Null where no service can have it. */
export function secondFault(spec: IncidentSpec, topology: unknown, faults: readonly Written[], seed: number | string): { readonly second: SecondFault; readonly fault: Written } | null {
  const services = servicesOf(topology)
  const service = spec.modes.second ?? chosen(spec, Object.keys(services), faults)
  const firstUs = Math.min(...faults.map(({ at }) => parseDurationUs(String(at)) ?? Number.POSITIVE_INFINITY))
  if (service === undefined || !Object.hasOwn(services, service) || !Number.isFinite(firstUs)) return null
  const replicas = Number(services[service]?.['replicas'] ?? unwritten)
  const stream = new RandomStream(seed, `${spec.id}/second`)
  const atUs = firstUs + Math.round((firstAfterUs + stream.uniform() * (lastAfterUs - firstAfterUs)) / 1e6) * 1_000_000
  return {
    fault: { at: `${String(atUs)}us`, slow: service, factor, ...(replicas > 1 ? { pods: 1 } : {}) },
    second: {
      component: service,
      label: replicas > 1 ? `One pod of ${service} is slow` : `The pod of ${service} is slow`,
      mechanism: `Its work takes ${String(factor)} times as long, as on a node that others overcommit. ${replicas > 1 ? `The other ${replicas === 2 ? 'pod works' : `${String(replicas - 1)} pods work`} as before, so it shows in the latency by pod and hides in the mean.` : 'It has nothing to do with the rest.'}`,
    },
  }
}

/** Beside the path of the incident: where a team changed something that is innocent, else any part that is not the cause. */
function chosen({ truth }: IncidentSpec, services: readonly string[], faults: readonly Written[]): string | undefined {
  const isOther = (name: unknown): name is string => typeof name === 'string' && services.includes(name) && name !== truth.component && truth.onset !== `change:${name}`
  return faults.map(({ deploy }) => deploy).findLast(isOther) ?? services.findLast(isOther)
}

function servicesOf(topology: unknown): Readonly<Record<string, Written | null>> {
  return typeof topology === 'object' && topology !== null && 'services' in topology && typeof topology.services === 'object' ? ((topology.services ?? {}) as Record<string, Written | null>) : {}
}
