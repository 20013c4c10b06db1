/** Every live figure in a chapter: drawn, operable by keyboard, accessible in both themes. */
import { figureTypes } from '../../exercises/content/figure-types.ts'
import { expect, openHome, startApp, test as base, visit } from './app.ts'
import { barriers, paint } from './axe.ts'
import { copyApp } from './copied-app.ts'
import type { CopiedApp } from './copied-app.ts'

const chapterFile = 'chapters/07-databases/chapter.md'

const section = `
## All figures {#all-figures}

${figureTypes.map((type) => `:::figure{#fig-${type} type="${type}" title="Figure ${type}" ask="Move what can be moved."${type === 'littles-law' ? ' rate="80" goal="inside >= 25"' : ''}}\nWhat it shows, in words.\n:::`).join('\n\n')}
`

const test = base.extend<{ copy: CopiedApp }>({
  // oxlint-disable-next-line no-empty-pattern
  copy: async ({}, provide) => {
    const copy = await copyApp()
    await copy.edit(chapterFile, (text) => text + section)
    await provide(copy)
    await copy.remove()
  },
})

test('each figure is drawn, and accessible in both themes', async ({ page, copy, dataDir }) => {
  test.slow()
  const app = await startApp(dataDir, { root: copy.root })
  await openHome(page, app)
  await visit(page, '/chapters/ch07/all-figures')
  await paint(page, 'light')
  for (const type of figureTypes) {
    const figure = page.getByRole('figure', { name: `Figure ${type}` })
    await figure.scrollIntoViewIfNeeded()
    await expect(figure.locator('[data-summary]'), type).not.toBeEmpty()
    const wide = await figure.evaluate((element) => element.scrollWidth - element.clientWidth)
    expect.soft(wide, `${type} keeps within the page`).toBeLessThanOrEqual(1)
  }
  expect.soft(await barriers(page, { within: '[data-figure]' })).toEqual([])
  await paint(page, 'dark')
  expect(await barriers(page, { within: '[data-figure]', onlyColours: true })).toEqual([])
  await page.goto('about:blank')
  await app.stop()
})

test('a figure follows the keyboard, tells its goal, and is as it was left', async ({ page, copy, dataDir }) => {
  const app = await startApp(dataDir, { root: copy.root })
  await openHome(page, app)
  await visit(page, '/chapters/ch07/all-figures')
  const figure = page.getByRole('figure', { name: 'Figure littles-law' })
  await figure.scrollIntoViewIfNeeded()
  const slider = figure.getByRole('slider', { name: 'Requests a second' })
  await slider.focus()
  await expect(figure.locator('[data-summary]')).toContainText('80 requests/s × 250 ms inside = 20')
  await expect(figure).not.toContainText('Done: the figure')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(figure.locator('[data-summary]')).toContainText('100 requests/s × 250 ms inside = 25')
  await expect(figure).toContainText('Done: the figure')
  await expect(page.getByText(/^Goal reached\. 100 requests\/s/)).toBeAttached()

  await visit(page, '/chapters')
  await visit(page, '/chapters/ch07/all-figures')
  await expect(figure.locator('[data-summary]')).toContainText('100 requests/s')
  await figure.getByRole('button', { name: 'Start values' }).click()
  await expect(figure.locator('[data-summary]')).toContainText('80 requests/s')
  await page.goto('about:blank')
  await app.stop()
})
