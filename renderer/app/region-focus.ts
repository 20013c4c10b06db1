/** Moves the focus to the next (1) or previous (-1) region on screen, as F6 does; returns its name. */
export function focusRegion(direction: 1 | -1): string | null {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((element) => !element.hidden)
  const current = regions.findIndex((element) => element.contains(document.activeElement))
  const start = current === -1 ? (direction === 1 ? -1 : 0) : current
  const next = regions[(start + direction + regions.length) % regions.length]
  next?.focus()
  return next?.dataset['region'] ?? null
}
