/** axe finds nothing serious in any screen, in both themes (WCAG 2.2 AA). */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, openWindow, test } from './app.ts'
import { incidentScreens } from './incident-screens.ts'
import { codeScreens, layers, pages, readerScreens, workspaceScreens } from './screens.ts'
import type { Screen } from './screens.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect.soft(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`), name).toEqual([])
}

const groups: readonly (readonly [string, readonly Screen[]])[] = [
  ['pages', pages],
  ['palette and keys', layers],
  ['reader', readerScreens],
  ['workspace', workspaceScreens],
  ['code', codeScreens],
  ['incident', incidentScreens],
]

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme, reducedMotion: 'reduce' })

    test('greeting', async ({ app, page }) => {
      await openWindow(page, app)
      await expect(page.getByRole('dialog', { name: 'Welcome to Firedrill' })).toBeVisible()
      await expectAccessible(page, 'greeting')
    })

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
  })
}
