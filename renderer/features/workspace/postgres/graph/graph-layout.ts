/** Where the boxes and arrows of a wait-for graph lie. Pure; coordinates in the units of the drawing. */

export interface Point {
  x: number
  y: number
}

export const box = { width: 150, height: 56 }
const small = { width: 540, height: 232 }
/** More than four boxes stand in rows of four. */
const perRow = 4
const rowStep = { x: box.width + 36, y: box.height + 44 }

/** How large the drawing of so many boxes is. */
export function drawingOf(count: number): { width: number; height: number } {
  if (count <= 4) return small
  return { width: perRow * rowStep.x, height: Math.ceil(count / perRow) * rowStep.y }
}
/** How far an arrow bulges to its left where another runs against it. */
const bulge = 40
/** How far its label stands off it. */
const labelGap = 12

/** Centres of so many boxes: up to four around the drawing, more in rows that turn at their ends. */
export function boxCentres(count: number): Point[] {
  const { width, height } = drawingOf(count)
  const [left, right, top, bottom] = [box.width / 2 + 4, width - box.width / 2 - 4, box.height / 2 + 4, height - box.height / 2 - 4]
  const middle = { x: width / 2, y: height / 2 }
  if (count === 1) return [middle]
  if (count === 2) return [{ x: left, y: middle.y }, { x: right, y: middle.y }]
  if (count === 3) return [{ x: left, y: top }, { x: right, y: top }, { x: middle.x, y: bottom }]
  const corners = [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }]
  if (count <= 4) return corners.slice(0, count)
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / perRow)
    const column = row % 2 === 0 ? index % perRow : perRow - 1 - (index % perRow)
    return { x: (column + 0.5) * rowStep.x, y: (row + 0.5) * rowStep.y }
  })
}

interface Edge {
  from: string
  to: string
}

/** The waits that say all: one that follows from others, as in a queue, is left out. Rings stay whole. */
export function withoutShortcuts<E extends Edge>(edges: readonly E[]): E[] {
  const reaches = (from: string, to: string, seen: ReadonlySet<string>): boolean =>
    edges.some((edge) => edge.from === from && !seen.has(edge.to) && (edge.to === to || reaches(edge.to, to, new Set([...seen, edge.to]))))
  return edges.filter(({ from, to }) => {
    const others = edges.filter((edge) => edge.from === from && edge.to !== to)
    return reaches(to, from, new Set()) || !others.some((edge) => edge.to === to || reaches(edge.to, to, new Set([from, edge.to])))
  })
}

/** Names in the order of their waits: those who wait for nobody first, those at the end of a queue last. */
export function inOrderOfWaits(names: readonly string[], edges: readonly Edge[]): string[] {
  const depthOf = (name: string, seen: readonly string[]): number =>
    Math.max(0, ...edges.filter((edge) => edge.from === name && !seen.includes(edge.to)).map((edge) => 1 + depthOf(edge.to, [...seen, edge.to])))
  const depths = new Map(names.map((name) => [name, depthOf(name, [name])]))
  return [...names].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0))
}

export interface Arrow {
  from: Point
  /** Of a quadratic curve. */
  control: Point
  to: Point
  /** Where the label stands, and which of its ends is there. */
  label: Point & { anchor: 'start' | 'middle' | 'end' }
}

/** An arrow between two boxes, from border to border; bent where another one runs back. */
export function arrowBetween(from: Point, to: Point, isBent: boolean): Arrow {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const bend = isBent ? bulge * 2 : 0
  const [aside, above] = [dy / length, -dx / length]
  const control = { x: (from.x + to.x) / 2 + aside * bend, y: (from.y + to.y) / 2 + above * bend }
  const start = onBorder(from, isBent ? control : to, 2)
  const end = onBorder(to, isBent ? control : from, 8)
  // The middle of a quadratic curve.
  const label: Arrow['label'] = {
    x: (start.x + 2 * control.x + end.x) / 4 + aside * labelGap,
    y: (start.y + 2 * control.y + end.y) / 4 + above * labelGap,
    anchor: Math.abs(aside) < 0.3 ? 'middle' : aside > 0 ? 'start' : 'end',
  }
  return { from: start, control, to: end, label }
}

/** Where the line from a box's centre to a point leaves the box, and a little further. */
function onBorder(centre: Point, towards: Point, gap: number): Point {
  const [dx, dy] = [towards.x - centre.x, towards.y - centre.y]
  const share = Math.min(box.width / 2 / Math.abs(dx || 1e-9), box.height / 2 / Math.abs(dy || 1e-9))
  const length = Math.hypot(dx, dy) || 1
  return { x: centre.x + dx * share + (dx / length) * gap, y: centre.y + dy * share + (dy / length) * gap }
}
