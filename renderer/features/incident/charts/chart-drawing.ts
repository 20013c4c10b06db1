/** What a chart draws beside its lines: markers, the level to hold, traces behind the values. */
import type uPlot from 'uplot'
import type { Exemplar } from '../world/calls/exemplars.ts'
import type { ChartColors } from './chart-colors.ts'
import type { ChartProps, Marker } from './chart.tsx'

/** Markers, and the level to hold, behind the lines. */
export function drawBackground(plot: uPlot, { markers, threshold }: Pick<ChartProps, 'markers' | 'threshold'>, palette: ChartColors): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  const page = markers.find(({ kind }) => kind === 'page')
  if (page !== undefined && page.isCalm !== true) {
    const left = plot.valToPos(page.atMs / 1000, 'x', true)
    ctx.globalAlpha = 0.5
    ctx.fillStyle = palette.band
    ctx.fillRect(Math.max(left, bbox.left), bbox.top, bbox.left + bbox.width - left, bbox.height)
    ctx.globalAlpha = 1
  }
  for (const { atMs, kind } of markers) {
    const left = Math.round(plot.valToPos(atMs / 1000, 'x', true)) + 0.5
    ctx.strokeStyle = kind === 'page' || kind === 'fault' ? palette.crit : palette.quiet
    ctx.fillStyle = ctx.strokeStyle
    ctx.lineWidth = 1
    ctx.beginPath()
    ctx.moveTo(left, bbox.top)
    ctx.lineTo(left, bbox.top + bbox.height)
    ctx.stroke()
    drawFlag(ctx, left, bbox.top, kind)
  }
  if (threshold !== undefined) {
    const top = Math.round(plot.valToPos(threshold, 'y', true)) + 0.5
    ctx.strokeStyle = palette.text
    ctx.setLineDash([4, 4])
    ctx.beginPath()
    ctx.moveTo(bbox.left, top)
    ctx.lineTo(bbox.left + bbox.width, top)
    ctx.stroke()
  }
  ctx.restore()
}

/** A change has a flag, an action of the learner a square, the page a bar; what struck, shown in a debrief, a wedge. */
function drawFlag(ctx: CanvasRenderingContext2D, left: number, top: number, kind: Marker['kind']): void {
  const size = 4 * devicePixelRatio
  ctx.beginPath()
  if (kind === 'change') {
    ctx.moveTo(left, top)
    ctx.lineTo(left + 2 * size, top + size)
    ctx.lineTo(left, top + 2 * size)
  } else if (kind === 'fault') {
    ctx.moveTo(left - size, top)
    ctx.lineTo(left + size, top)
    ctx.lineTo(left, top + 2 * size)
  } else ctx.rect(left - size, top, 2 * size, kind === 'action' ? 2 * size : size)
  ctx.fill()
}

/** CSS px from the middle of an exemplar to its corners. */
const exemplarSize = 4

/** Where an exemplar is drawn, in CSS px inside the plot: one above the axis sits at its upper edge. */
export function exemplarPlace(plot: uPlot, { timeMs, value }: Exemplar): { left: number; top: number } {
  return { left: plot.valToPos(timeMs / 1000, 'x'), top: Math.max(exemplarSize, plot.valToPos(value, 'y')) }
}

/** The exemplar under a place in the plot, in CSS px; null where there is none. */
export function exemplarAt(plot: uPlot, exemplars: readonly Exemplar[], left: number, top: number): Exemplar | null {
  const reach = exemplarSize + 3
  return exemplars.find((exemplar) => {
    const place = exemplarPlace(plot, exemplar)
    return Math.abs(place.left - left) <= reach && Math.abs(place.top - top) <= reach
  }) ?? null
}

/** Diamonds: traces that can be opened. */
export function drawExemplars(plot: uPlot, exemplars: readonly Exemplar[], palette: ChartColors): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  const size = exemplarSize * ratio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = palette.ground
  ctx.strokeStyle = palette.text
  ctx.lineWidth = 1.5 * ratio
  for (const exemplar of exemplars) {
    const place = exemplarPlace(plot, exemplar)
    const [left, top] = [bbox.left + place.left * ratio, bbox.top + place.top * ratio]
    ctx.beginPath()
    ctx.moveTo(left, top - size)
    ctx.lineTo(left + size, top)
    ctx.lineTo(left, top + size)
    ctx.lineTo(left - size, top)
    ctx.closePath()
    ctx.fill()
    ctx.stroke()
  }
  ctx.restore()
}
