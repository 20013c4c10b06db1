/** Where the boxes and arrows of a wait-for graph lie. Pure; coordinates in the units of the drawing. */

export interface Point {
  x: number
  y: number
}

export const box = { width: 150, height: 56 }
export const drawing = { width: 540, height: 232 }
/** How far an arrow bulges to its left where another runs against it. */
const bulge = 40
/** How far its label stands off it. */
const labelGap = 12

/** Centres of so many boxes: one in the middle, two side by side, then around the drawing. */
export function boxCentres(count: number): Point[] {
  const { width, height } = drawing
  const [left, right, top, bottom] = [box.width / 2 + 4, width - box.width / 2 - 4, box.height / 2 + 4, height - box.height / 2 - 4]
  const middle = { x: width / 2, y: height / 2 }
  if (count === 1) return [middle]
  if (count === 2) return [{ x: left, y: middle.y }, { x: right, y: middle.y }]
  if (count === 3) return [{ x: left, y: top }, { x: right, y: top }, { x: middle.x, y: bottom }]
  const corners = [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }]
  if (count <= 4) return corners.slice(0, count)
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2
    return { x: middle.x + Math.cos(angle) * (middle.x - left), y: middle.y + Math.sin(angle) * (middle.y - top) }
  })
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
