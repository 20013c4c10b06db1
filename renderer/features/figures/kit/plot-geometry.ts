/** Where the parts of a chart lie. */
import type { Line, Tone } from './plot.tsx'
import { pushApart } from './scale.ts'

/** The picture's scales and edges, in pixels. */
export interface Placed {
  x(value: number): number
  y(value: number): number
  left: number
  right: number
  top: number
  bottom: number
}

/** Far outside of the picture, where browsers still draw without error. */
const far = 1e5

/** The path of a line; gaps where a value is not finite. `closed` goes down to the axis and back. */
export function linePath({ points, stepped = false }: Line, placed: Placed, closed = false): string {
  const parts: string[] = []
  let run: string[] = []
  let first = 0
  let last = 0
  const end = (): void => {
    if (run.length > 0) parts.push(run.join('') + (closed ? `V${placed.bottom}H${first}Z` : ''))
    run = []
  }
  for (const [valueX, valueY] of points) {
    if (!Number.isFinite(valueY)) {
      end()
      continue
    }
    const x = Math.round(placed.x(valueX) * 10) / 10
    const y = Math.round(Math.max(-far, Math.min(far, placed.y(valueY))) * 10) / 10
    if (run.length === 0) {
      run.push(`M${x} ${y}`)
      first = x
    } else if (stepped) run.push(`H${x}V${y}`)
    else run.push(`L${x} ${y}`)
    last = x
  }
  if (closed && run.length === 1) run.push(`H${last + 1}`)
  end()
  return parts.join('')
}

/** Names at the ends of lines, pushed apart. A line that leaves the picture is named where it leaves. */
export function endLabels(lines: readonly Line[], placed: Placed, gap: number): { name: string; tone: Tone; x: number; y: number; at: number }[] {
  const ends = lines.flatMap(({ name, tone, points }) => {
    const inside = points.filter(([x, y]) => Number.isFinite(y) && placed.y(y) >= placed.top - 1 && placed.y(y) <= placed.bottom + 1 && placed.x(x) <= placed.right + 1)
    const last = inside.at(-1)
    return last === undefined ? [] : [{ name, tone, x: placed.x(last[0]), y: placed.y(last[1]) }]
  })
  const places = pushApart(
    ends.map(({ y }) => y),
    gap,
    placed.top,
    placed.bottom,
  )
  return ends.map((end, index) => ({ ...end, at: places[index] ?? end.y }))
}
