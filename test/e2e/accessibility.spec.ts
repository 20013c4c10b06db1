/** axe finds nothing serious in any screen, in both themes (WCAG 2.2 AA). */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, openWindow, test } from './app.ts'
import { incidentScreens } from './incident-screens.ts'
import { codeScreens, layers, pages, readerScreens, workspaceScreens } from './screens.ts'
import type { Screen } from './screens.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** In both themes. A theme changes colours and nothing else, so in the dark only they are looked at again. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  await paint(page, 'light')
  await expectNothingSerious(new AxeBuilder({ page }).withTags(rules), name)
  await paint(page, 'dark')
  await expectNothingSerious(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']), `${name}, dark`)
}

async function paint(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  // A change of theme colours the text of the editor anew, a moment later.
  if ((await page.locator('.monaco-editor').count()) > 0) await expect(page.locator('.view-line [class*="mtk"]:not(.mtk1)').first()).toBeVisible()
}

async function expectNothingSerious(axe: AxeBuilder, name: string): Promise<void> {
  const { violations } = await axe.analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect.soft(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`), name).toEqual([])
}

test.use({ reducedMotion: 'reduce' })

test('greeting', async ({ app, page }) => {
  await openWindow(page, app)
  await expect(page.getByRole('dialog', { name: 'Welcome to Firedrill' })).toBeVisible()
  await expectAccessible(page, 'greeting')
})

const groups: readonly (readonly [string, readonly Screen[]])[] = [
  ['pages', pages],
  ['palette and keys', layers],
  ['reader', readerScreens],
  ['workspace', workspaceScreens],
  ['code', codeScreens],
  ['incident', incidentScreens],
]

for (const [group, screens] of groups) {
  test(group, async ({ window: page }) => {
    test.slow()
    for (const screen of screens) {
      await screen.show(page)
      await expectAccessible(page, screen.name)
      if (screens === layers) await page.keyboard.press('Escape')
    }
  })
}
