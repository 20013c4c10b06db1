/** Prints the chapter on screen, or its cheat sheet: in the light theme, with every figure drawn and the pages numbered. */

import type { PrintedPart } from './printing.ts'

/** Id of the section that a cheat sheet stands in. */
export const sheetSection = 'cheat-sheet'

/** Figures that are not drawn by then print as their words. */
const waitAtMostMs = 5000
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
    const untilMs = performance.now() + waitAtMostMs
    do await pause(lookAgainMs)
    while (root.querySelector('[data-drawing]') !== null && performance.now() < untilMs)
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

/** A text as CSS writes one. */
function cssString(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/\s+/g, ' ')}"`
}
