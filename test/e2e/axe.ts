/** What axe finds wrong for people who see, hear or point differently (WCAG 2.2 AA). */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect } from './app.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Beyond what WCAG asks: only what keeps somebody out counts. */
const advice = 'best-practice'
/** A theme changes colours and nothing else, so a page that was looked at in one is asked only these in the other. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/** What is found, as `rule: the elements`. `within` narrows it to a part of the page. */
export async function barriers(page: Page, { within, onlyColours = false }: { within?: string; onlyColours?: boolean } = {}): Promise<string[]> {
  // What passes is not described, and the app has no frames to gather from: half the time of a look.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (within !== undefined) axe.include(within)
  const { violations } = await (onlyColours ? axe.withRules(rulesOfColours) : axe.withTags([...rules, advice])).analyze()
  const found = violations.filter(({ tags, impact }) => !tags.includes(advice) || impact === 'serious' || impact === 'critical')
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`)
}

/** Changes the theme of the system, which the app follows, and waits until it has. */
export async function paint(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  // A change of theme colours the text of the editor anew, a moment later.
  if ((await page.locator('.monaco-editor').count()) > 0) await expect(page.locator('.view-line [class*="mtk"]:not(.mtk1)').first()).toBeVisible()
}
