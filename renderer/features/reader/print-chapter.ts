/** Prints the chapter on screen, or its cheat sheet: in the light theme, with every figure drawn and the pages numbered. */

import type { PrintedPart } from './printing.ts'

/** Id of the section that a cheat sheet stands in. */
export const sheetSection = 'cheat-sheet'

/** When no figure was drawn for so long, those that are left print as their words. The first one loads what draws. */
const stalledAfterMs = 10_000
const lookAgainMs = 50

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface PrintOptions {
  part: PrintedPart
  /** At the top of each page. */
  title: string
  /** Prints the window as it then is; the system's dialog, or a file. */
  print(): Promise<void> | void
}

/** Draws what is missing under `root`, prints, and puts the window back as it was. */
export async function printChapter(root: HTMLElement, { part, title, print }: PrintOptions): Promise<void> {
  const page = document.documentElement
  const theme = page.dataset['theme']
  page.dataset['theme'] = 'light'
  page.dataset['printed'] = part
  // A style sheet of its own: the words of a page's margin can stand nowhere else.
  const margin = new CSSStyleSheet()
  margin.replaceSync(`@page { @top-left { content: ${cssString(title)}; } }`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, margin]
  try {
    // Figures far from the window draw themselves when they hear this, and the answers come to the end.
    window.dispatchEvent(new Event('beforeprint'))
    await figuresDrawn(root)
    await print()
  } finally {
    // A window that prints into a file tells nobody that it is done.
    window.dispatchEvent(new Event('afterprint'))
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== margin)
    delete page.dataset['printed']
    if (theme === undefined) delete page.dataset['theme']
    else page.dataset['theme'] = theme
  }
}

/** Waits as long as the number of figures that are being drawn falls. */
async function figuresDrawn(root: HTMLElement): Promise<void> {
  let least = Infinity
  let untilMs = performance.now() + stalledAfterMs
  do {
    await pause(lookAgainMs)
    const left = root.querySelectorAll('[data-drawing]').length
    if (left === 0) return
    if (left < least) untilMs = performance.now() + stalledAfterMs
    least = Math.min(least, left)
  } while (performance.now() < untilMs)
}

/** A text as CSS writes one. */
function cssString(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/\s+/g, ' ')}"`
}
