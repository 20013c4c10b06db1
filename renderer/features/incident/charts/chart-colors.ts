/** The chart palette of the theme in force, read from its tokens. */

export interface ChartColors {
  readonly series: readonly string[]
  readonly baseline: string
  readonly text: string
  readonly quiet: string
  readonly grid: string
  readonly band: string
  readonly crit: string
  /** Behind the lines. */
  readonly ground: string
  readonly font: string
}

/** Dashes by place in the palette, so that lines differ without colour too. */
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [12, 4]]
/** Series that get a colour of their own; the rest share the baseline's. */
export const mostColors = 6

/** Reads the tokens; call it again when the theme changes. */
export function readChartColors(element: Element): ChartColors {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    series: Array.from({ length: mostColors }, (_, index) => token(`--series-${String(index + 1)}`)),
    baseline: token('--border-strong'),
    text: token('--text-2'),
    quiet: token('--text-3'),
    grid: token('--border'),
    band: token('--crit-soft'),
    crit: token('--crit'),
    ground: token('--surface'),
    font: `12px ${token('--font-ui')}`,
  }
}
