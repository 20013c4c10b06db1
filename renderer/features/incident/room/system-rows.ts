/** The parts of a system in one column: callers above those they call, with lines between them. */
import type { ServiceMap, ServiceNode } from '../../../../exercises/simulator/traces/index.ts'
import { columnsOf } from '../panels/traces/map-layout.ts'
import { stateOf } from '../panels/traces/map-state.ts'

export interface SystemRow {
  readonly name: string
  readonly kind: string
  /** From the traces of the last minutes; null for a part without calls there. */
  readonly now: ServiceNode | null
  /** The 95th percentile on a normal day; null where it is not known. */
  readonly normalP95Us: number | null
  readonly state: 'ok' | 'warn' | 'crit' | 'unknown'
  /** Whom it calls. */
  readonly calls: readonly string[]
}

/** From one row to another, by their places. */
export interface SystemLine {
  readonly from: number
  readonly to: number
  readonly state: 'ok' | 'warn' | 'crit'
}

interface Part {
  readonly name: string
  readonly kind: string
}

/** Parts that traces know come first, in the order of calls; the others follow in the order of the topology. */
export function systemRows(parts: readonly Part[], now: ServiceMap | null, normal: ServiceMap | null): { rows: readonly SystemRow[]; lines: readonly SystemLine[] } {
  const nodes = new Map((now ?? normal)?.nodes.map((node) => [node.service, node]))
  const normals = new Map(normal?.nodes.map((node) => [node.service, node.p95Us]))
  const edges = (now ?? normal)?.edges ?? []
  const depth = columnsOf([...nodes.values()], edges)
  const rows = parts
    .map(({ name, kind }, place) => ({ name, kind, place, node: nodes.get(name) ?? null }))
    .toSorted((one, other) => (depth.get(one.name) ?? Infinity) - (depth.get(other.name) ?? Infinity) || one.place - other.place)
    .map(({ name, kind, node }): SystemRow => {
      const normalP95Us = normals.get(name) ?? null
      return { name, kind, now: node, normalP95Us, state: node === null ? 'unknown' : worse(stateOf(node.failureShare), latencyState(node.p95Us, normalP95Us)), calls: edges.filter(({ from }) => from === name).map(({ to }) => to) }
    })
  const placeOf = new Map(rows.map(({ name }, place) => [name, place]))
  const lines = edges.flatMap(({ from, to, failureShare }): SystemLine[] => {
    const [start, end] = [placeOf.get(from), placeOf.get(to)]
    return start === undefined || end === undefined || start === end ? [] : [{ from: start, to: end, state: stateOf(failureShare) }]
  })
  return { rows, lines }
}

/** Slow beside its own normal day: by a factor, and by an amount that somebody would notice. */
export function latencyState(p95Us: number, normalUs: number | null): 'ok' | 'warn' | 'crit' {
  if (normalUs === null) return 'ok'
  const more = p95Us - normalUs
  if (p95Us > 5 * normalUs && more > 100_000) return 'crit'
  return p95Us > 2 * normalUs && more > 20_000 ? 'warn' : 'ok'
}

function worse(one: 'ok' | 'warn' | 'crit', other: 'ok' | 'warn' | 'crit'): 'ok' | 'warn' | 'crit' {
  if (one === 'crit' || other === 'crit') return 'crit'
  return one === 'warn' || other === 'warn' ? 'warn' : 'ok'
}
