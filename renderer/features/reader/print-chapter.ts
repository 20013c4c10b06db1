/** Prints the chapter on screen: in the light theme, with every figure drawn. */

/** Figures that are not drawn by then print as their words. */
const waitAtMostMs = 5000
const lookAgainMs = 50

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Draws what is missing under `root`, opens the system's print dialog, and puts the theme back. */
export async function printChapter(root: HTMLElement): Promise<void> {
  const page = document.documentElement
  const theme = page.dataset['theme']
  page.dataset['theme'] = 'light'
  // Figures far from the window draw themselves when they hear this.
  window.dispatchEvent(new Event('beforeprint'))
  const untilMs = performance.now() + waitAtMostMs
  do await pause(lookAgainMs)
  while (root.querySelector('[data-drawing]') !== null && performance.now() < untilMs)
  window.print()
  if (theme === undefined) delete page.dataset['theme']
  else page.dataset['theme'] = theme
}
