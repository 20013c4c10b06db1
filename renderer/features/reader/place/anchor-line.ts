/** Which block is being read, from where blocks lie in the window. Pure arithmetic in px from the top of the text's window. */

/** A block that can be stood on, with its top edge relative to the window; in reading order. */
export interface AnchorEdge {
  topPx: number
}

/** Index of the block that crosses the reading line: the last one that starts at or above it; 0 before the first. */
export function blockAtLine(edges: readonly AnchorEdge[], linePx: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    const edge = edges[middle]
    if (edge !== undefined && edge.topPx <= linePx + 1) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/**
 * Index of the next (`step` 1) or previous (-1) block to put on the line, or null at the ends. Going back from the
 * middle of a block first returns to that block's start.
 */
export function stepFromLine(edges: readonly AnchorEdge[], linePx: number, step: 1 | -1): number | null {
  const at = blockAtLine(edges, linePx)
  const edge = edges[at]
  if (edge === undefined) return null
  if (step === 1) {
    const next = edge.topPx > linePx + 1 ? at : at + 1
    return next < edges.length ? next : null
  }
  if (edge.topPx < linePx - 1) return at
  return at > 0 ? at - 1 : null
}
