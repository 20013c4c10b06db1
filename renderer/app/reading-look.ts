import type { Settings } from '../../main/api/index.ts'

/** Line height as a multiple of the size. */
const spacings: Record<Settings['readingSpacing'], number> = { normal: 1.65, open: 1.9, 'very-open': 2.15 }
/** Widths of a zero; a line holds about a quarter more letters than that. */
const widths: Record<Settings['readingWidth'], number> = { narrow: 54, normal: 68, wide: 84 }
const fonts: Record<Settings['readingFont'], string> = { normal: 'var(--font-ui)', distinct: "'Atkinson Hyperlegible Next Variable', var(--font-ui)" }

export type ReadingSettings = Pick<Settings, 'readingSize' | 'readingWidth' | 'readingSpacing' | 'readingFont'>

/** Line height of a reading size, px, on the 4 px grid. */
export function readingLine(sizePx: number, spacing: Settings['readingSpacing'] = 'normal'): number {
  return Math.round((sizePx * spacings[spacing]) / 4) * 4
}

/** Custom properties of the page that give chapters and briefs the look that the learner has chosen. */
export function readingLook({ readingSize, readingWidth, readingSpacing, readingFont }: ReadingSettings): Record<string, string> {
  return {
    '--size-read': `${String(readingSize)}px`,
    '--line-read': `${String(readingLine(readingSize, readingSpacing))}px`,
    '--measure-read': `${String(widths[readingWidth])}ch`,
    '--font-read': fonts[readingFont],
  }
}
