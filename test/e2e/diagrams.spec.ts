/** Diagrams: drawn in the theme, moved and magnified, and readable without seeing them. */
import type { Locator, Page } from 'playwright/test'
import { expect, test, visit } from './app.ts'

function figureOf(page: Page, title: string): Locator {
  return page.getByRole('figure', { name: title })
}

/** How the picture lies in its window. */
async function placement(figure: Locator): Promise<{ x: number; width: number }> {
  const box = await figure.locator('svg[id^="diagram"]').first().boundingBox()
  if (box === null) throw new Error('There is no picture.')
  return { x: box.x, width: box.width }
}

test('a diagram zooms and pans by buttons, keys, wheel and pointer, and fits again', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/tuning-loop-picture')
  const figure = figureOf(page, 'One change a round, and a way out')
  const picture = figure.getByRole('application')
  await expect(picture).toBeVisible()
  await picture.scrollIntoViewIfNeeded()
  const fit = await placement(figure)
  const width = async (): Promise<number> => (await placement(figure)).width
  const left = async (): Promise<number> => (await placement(figure)).x

  await figure.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(width).toBeGreaterThan(fit.width * 1.1)
  await figure.getByRole('button', { name: 'Fit' }).click()
  await expect.poll(width).toBeCloseTo(fit.width, 0)

  await picture.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect.poll(width).toBeGreaterThan(fit.width * 1.3)
  const before = await left()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(left).toBeGreaterThan(before)
  await page.keyboard.press('0')
  await expect.poll(width).toBeCloseTo(fit.width, 0)

  const box = await picture.boundingBox()
  if (box === null) throw new Error('There is no window.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -300)
  await page.keyboard.up('Control')
  await expect.poll(width).toBeGreaterThan(fit.width * 1.5)
  const from = await left()
  await page.mouse.down()
  await page.mouse.move(x - 80, y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(left).toBeLessThan(from - 40)
})

test('the full window takes the focus and gives it back', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/tuning-loop-picture')
  const figure = figureOf(page, 'One change a round, and a way out')
  await expect(figure.getByRole('application')).toBeVisible()
  const open = figure.getByRole('button', { name: 'Open in the full window' })
  await open.click()
  const full = page.getByRole('dialog', { name: 'One change a round, and a way out' })
  await expect(full.getByRole('application')).toBeFocused()
  await full.getByRole('button', { name: 'Outline' }).click()
  await expect(full.getByRole('list', { name: /^Outline/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(full).toBeHidden()
  await expect(open).toBeFocused()
})

test('every diagram is also an outline that can be walked by keyboard', async ({ window: page }) => {
  test.slow()
  await visit(page, '/chapters/ch07')
  // One diagram shows only after its question.
  const question = page.getByRole('form', { name: /default level, which set is complete/ })
  await question.getByRole('radio').first().check()
  await question.getByRole('button', { name: 'Check answer' }).click()
  const figures = page.getByRole('figure').filter({ has: page.getByRole('button', { name: 'Open in the full window' }) })
  await expect(figures).toHaveCount(7)
  for (const figure of await figures.all()) {
    await figure.scrollIntoViewIfNeeded()
    await figure.getByRole('button', { name: 'Outline' }).click()
    const outline = figure.getByRole('list', { name: /^Outline: / })
    await expect(outline).toBeVisible()
    expect(await outline.locator('[data-node]').count()).toBeGreaterThan(1)
    const step = outline.getByRole('button').first()
    await step.press('Enter')
    await expect(outline.locator('[data-node]:focus')).toHaveText(new RegExp(`^${(await step.innerText()).replaceAll(/[^\w ]/g, '.')}`))
    await expect(figure.getByText('In words')).toBeVisible()
    // Spoken name and description of the picture.
    await expect(figure.locator('svg[id^="diagram"]')).toHaveAttribute('role', /img|graphics-document/)
  }
})

test('a diagram is drawn in the colours of the theme', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/deadlock-cycle')
  const figure = figureOf(page, 'Each waits for what the other holds')
  await expect(figure.locator('svg[id^="diagram"]')).toBeVisible()
  /** Relative luminance of the labels, darkest and lightest. */
  const labels = (): Promise<{ darkest: number; lightest: number }> =>
    figure.locator('svg[id^="diagram"]').evaluate((svg) => {
      const luminance = (colour: string): number => {
        const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => (Number(part) / 255) ** 2.2)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      const texts = [...svg.querySelectorAll<Element>('text, foreignObject p, foreignObject span')].filter((element) => element.textContent?.trim() !== '')
      const seen = texts.map((element) => luminance(element instanceof SVGElement ? getComputedStyle(element).fill : getComputedStyle(element).color))
      return { darkest: Math.min(...seen), lightest: Math.max(...seen) }
    })
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(async () => (await labels()).lightest).toBeLessThan(0.2)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(async () => (await labels()).darkest).toBeGreaterThan(0.4)
})
