/** Places the services of a map in columns: callers left of those they call. */
import type { ServiceMap, ServiceNode } from '../../../../../exercises/simulator/traces/index.ts'

export interface MapBox {
  readonly node: ServiceNode
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MapLine {
  readonly id: string
  readonly path: string
  readonly failureShare: number
}

const boxHeight = 48
const rowGap = 16
const margin = 4

/** Three columns fit the width of a page at their own size; more are drawn narrower, so that they need not shrink. */
const wide = { boxWidth: 184, columnGap: 56 }
const narrow = { boxWidth: 152, columnGap: 28 }

/**
 * The column of each service: one more than the furthest of its callers. A call that closes a circle, such as an event
 * that goes back, counts for nothing.
 */
export function columnsOf(nodes: readonly Pick<ServiceNode, 'service' | 'isEntry'>[], edges: ServiceMap['edges']): ReadonlyMap<string, number> {
  const column = new Map<string, number>()
  const calls = Map.groupBy(edges, ({ from }) => from)
  const place = (service: string, at: number, above: ReadonlySet<string>): void => {
    if (above.has(service) || at <= (column.get(service) ?? -1)) return
    column.set(service, at)
    const way = new Set(above).add(service)
    for (const { to } of calls.get(service) ?? []) place(to, at + 1, way)
  }
  const called = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to))
  for (const { service } of nodes.filter((node) => !called.has(node.service))) place(service, 0, new Set())
  // Who is only in a circle begins where requests enter it.
  for (const { service } of nodes.toSorted((one, other) => Number(other.isEntry) - Number(one.isEntry))) if (!column.has(service)) place(service, 0, new Set())
  return column
}

/** Boxes and lines in px. */
export function layOutMap({ nodes, edges }: ServiceMap): { boxes: readonly MapBox[]; lines: readonly MapLine[]; width: number; height: number } {
  const column = columnsOf(nodes, edges)
  const columns = Math.max(0, ...column.values()) + 1
  const { boxWidth, columnGap } = columns > 3 ? narrow : wide
  const rows = new Map<number, number>()
  const boxes = nodes.map((node): MapBox => {
    const at = column.get(node.service) ?? 0
    const row = rows.get(at) ?? 0
    rows.set(at, row + 1)
    return { node, x: margin + at * (boxWidth + columnGap), y: margin + row * (boxHeight + rowGap), width: boxWidth, height: boxHeight }
  })
  const boxOf = new Map(boxes.map((box) => [box.node.service, box]))
  const lines = edges.flatMap(({ from, to, failureShare }): MapLine[] => {
    const [start, end] = [boxOf.get(from), boxOf.get(to)]
    if (start === undefined || end === undefined || start === end) return []
    const [x1, y1] = [start.x + start.width, start.y + start.height / 2]
    const [x2, y2] = [end.x, end.y + end.height / 2]
    const bend = Math.max(columnGap / 2, (x2 - x1) / 2)
    return [{ id: `${from} ${to}`, failureShare, path: `M${String(x1)} ${String(y1)} C${String(x1 + bend)} ${String(y1)} ${String(x2 - bend)} ${String(y2)} ${String(x2)} ${String(y2)}` }]
  })
  const mostRows = Math.max(1, ...rows.values())
  return { boxes, lines, width: 2 * margin + columns * boxWidth + (columns - 1) * columnGap, height: 2 * margin + mostRows * boxHeight + (mostRows - 1) * rowGap }
}
