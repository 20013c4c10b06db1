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

const boxWidth = 184
const boxHeight = 48
const columnGap = 56
const rowGap = 16
const margin = 4

/** Boxes and lines in px. A circle of calls does not make it endless. */
export function layOutMap({ nodes, edges }: ServiceMap): { boxes: readonly MapBox[]; lines: readonly MapLine[]; width: number; height: number } {
  const column = new Map(nodes.map(({ service }) => [service, 0]))
  // As often as there are services: the longest way without a circle is no longer.
  for (let turn = 0; turn < nodes.length; turn += 1) {
    for (const { from, to } of edges) {
      const wanted = (column.get(from) ?? 0) + 1
      if (from !== to && wanted > (column.get(to) ?? 0) && wanted < nodes.length) column.set(to, wanted)
    }
  }
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
  const columns = Math.max(0, ...column.values()) + 1
  return { boxes, lines, width: 2 * margin + columns * boxWidth + (columns - 1) * columnGap, height: 2 * margin + mostRows * boxHeight + (mostRows - 1) * rowGap }
}
