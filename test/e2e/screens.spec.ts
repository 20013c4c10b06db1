/** Every screen in both themes and three window sizes: pictures in test-results/screens; nothing overflows, is cut, or is closed to anyone. */
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, openWindow, projectRoot, test } from './app.ts'
import { barriers, paint } from './axe.ts'
import { incidentScreens } from './incident-screens.ts'
import { codeScreens, layers, pages, readerScreens, workspaceScreens } from './screens.ts'

const folder = join(projectRoot, 'test-results', 'screens')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 700 },
] as const

/** Words of what overflows the window sideways or is cut off without a sign; empty when all is well. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const of = (element: Element): string => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 60)}"`
    for (const element of [document.documentElement, document.body, ...document.querySelectorAll('main, main > *, aside > :not([role="separator"]), nav, footer, [role="dialog"]')]) {
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) found.push(`overflows: ${of(element)}`)
    }
    for (const element of document.querySelectorAll<HTMLElement>('button, a, h1, h2, h3, label, p, li, dt, dd, th, td, summary')) {
      if (element.closest('.monaco-editor, .visually-hidden, [aria-hidden="true"], svg') !== null || element.clientWidth <= 1) continue
      const style = getComputedStyle(element)
      const cuts = (style.overflowX === 'hidden' || style.overflowX === 'clip') && style.textOverflow !== 'ellipsis'
      if (cuts && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${of(element)}`)
    }
    return found
  })
}

/** Looks at what is shown now, in every size and theme. */
async function look(page: Page, name: string): Promise<void> {
  const wrong: string[] = []
  for (const [index, size] of sizes.entries()) {
    await page.setViewportSize(size)
    // Each size begins with the theme that is there: a change of theme paints the whole screen anew.
    for (const theme of index % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const)) {
      await paint(page, theme)
      const found = await misfits(page)
      if (size === sizes[0]) found.push(...(await barriers(page, { onlyColours: theme === 'dark' })))
      wrong.push(...found.map((what) => `${String(size.width)} ${theme}: ${what}`))
      await page.screenshot({ path: join(folder, `${name}-${String(size.width)}-${theme}.png`), animations: 'disabled' })
    }
  }
  await page.setViewportSize(sizes[0])
  expect.soft(wrong, name).toEqual([])
}

test('greeting', async ({ app, page }) => {
  await openWindow(page, app)
  await expect(page.getByRole('dialog', { name: 'Welcome to Firedrill' })).toBeVisible()
  await look(page, 'greeting')
})

for (const [group, screens] of [['pages', pages], ['layers', layers], ['reader', readerScreens], ['workspace', workspaceScreens], ['code', codeScreens], ['incident', incidentScreens]] as const) {
  test(group, async ({ window: page }) => {
    test.slow()
    for (const screen of screens) {
      await screen.show(page)
      await look(page, screen.name)
      if (screens === layers) await page.keyboard.press('Escape')
    }
    if (group !== 'workspace') return
    // Once something is done, Home and the lists look different.
    for (const screen of pages.slice(0, 3)) {
      await screen.show(page)
      await look(page, `${screen.name}-begun`)
    }
  })
}
