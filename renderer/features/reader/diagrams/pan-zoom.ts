/** Where a picture lies in its window: pure arithmetic in CSS pixels, so that it can be tested without a browser. */

export interface Size {
  width: number
  height: number
}

/** The picture's top left corner in the window, and its magnification. */
export interface Placement {
  x: number
  y: number
  scale: number
}

/** Under a quarter nothing can be read; over eight a label fills the window. */
export const minScale = 0.25
export const maxScale = 8
/** One press of a zoom key. */
export const zoomStep = 1.25
/** One press of an arrow key, in px. */
export const panStepPx = 48
/** At least this much of the picture stays in the window, in px. */
const keepPx = 48

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high))

/** The whole picture, centred, never larger than life. */
export function fitPicture(picture: Size, viewport: Size): Placement {
  if (picture.width <= 0 || picture.height <= 0 || viewport.width <= 0 || viewport.height <= 0) return { x: 0, y: 0, scale: 1 }
  const scale = clamp(Math.min(viewport.width / picture.width, viewport.height / picture.height, 1), 0.05, 1)
  return { x: (viewport.width - picture.width * scale) / 2, y: (viewport.height - picture.height * scale) / 2, scale }
}

function keepInView(placement: Placement, picture: Size, viewport: Size): Placement {
  const width = picture.width * placement.scale
  const height = picture.height * placement.scale
  return {
    scale: placement.scale,
    x: clamp(placement.x, Math.min(0, keepPx - width), viewport.width - keepPx),
    y: clamp(placement.y, Math.min(0, keepPx - height), viewport.height - keepPx),
  }
}

/** Moves the picture by a number of px; a part of it always stays in sight. */
export function panPicture(placement: Placement, dx: number, dy: number, picture: Size, viewport: Size): Placement {
  return keepInView({ ...placement, x: placement.x + dx, y: placement.y + dy }, picture, viewport)
}

/** Magnifies by `factor` and keeps the point of the picture under (`atX`, `atY`) where it is. */
export function zoomPicture(placement: Placement, factor: number, atX: number, atY: number, picture: Size, viewport: Size): Placement {
  const lowest = Math.min(minScale, fitPicture(picture, viewport).scale)
  const scale = clamp(placement.scale * factor, lowest, maxScale)
  const applied = scale / placement.scale
  return keepInView({ scale, x: atX - (atX - placement.x) * applied, y: atY - (atY - placement.y) * applied }, picture, viewport)
}

/** Labels are drawn at 14 px: below this scale they are hard to read. */
export const readableScale = 0.8

/**
 * The height to give a picture in the text: as tall as it is when fitted to the width. One that is taller than `usualPx`
 * is shown smaller, as long as its labels can be read, and never taller than `mostPx`.
 */
export function windowHeight(picture: Size, widthPx: number, { usualPx, mostPx }: { usualPx: number; mostPx: number }): number {
  if (picture.width <= 0 || picture.height <= 0) return 160
  const fitted = picture.height * Math.min(1, widthPx / picture.width)
  const readable = Math.min(fitted, picture.height * readableScale)
  return Math.round(clamp(Math.min(fitted, Math.max(usualPx, readable)), 120, mostPx))
}

/** A guess at the height of a picture that has not been drawn, so that the text below it hardly moves. */
export function guessHeight(source: string): number {
  const lines = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('%%'))
  const head = lines[0] ?? ''
  const steps = lines.length - 1
  if (head.startsWith('sequenceDiagram')) return clamp(120 + steps * 46, 200, 640)
  if (/^(flowchart|graph)\s+(LR|RL)/.test(head)) return clamp(80 + steps * 28, 160, 420)
  return clamp(80 + steps * 44, 200, 640)
}
