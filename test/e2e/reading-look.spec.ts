/** The look of the text is changed in the reader and stays changed. */
import { expect, test, visit } from './app.ts'

test('width, spacing and typeface are chosen in the reader and kept', async ({ window: page }) => {
  await visit(page, '/chapters/ch07')
  const text = page.getByRole('article')
  await expect(text).toBeVisible()
  const before = (await text.boundingBox())?.width ?? 0
  await page.keyboard.press('t')
  const menu = page.getByRole('dialog', { name: 'Look of the text' })
  await menu.getByRole('radio', { name: 'Narrow' }).click()
  await menu.getByRole('radio', { name: 'Very open' }).click()
  await menu.getByRole('radio', { name: 'Distinct' }).click()
  await expect(text).toHaveCSS('line-height', '36px')
  await expect(text).toHaveCSS('font-family', /Atkinson Hyperlegible Next Variable/)
  expect((await text.boundingBox())?.width ?? 0).toBeLessThan(before)
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await page.reload()
  await expect(page.getByRole('article')).toHaveCSS('line-height', '36px')
})

test('in the middle of a chapter the menu opens in view, and Escape leaves the reader at the place', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/joins')
  await expect(page.getByRole('heading', { level: 2, name: /^Joins/ })).toBeInViewport()
  const top = (): Promise<number> => page.getByRole('main').evaluate((main) => main.scrollTop)
  // Until what is drawn above has settled.
  await expect(page.locator('[data-section]:not(:has([data-section-end]))')).toHaveCount(0)
  let before = NaN
  const hasSettled = async (): Promise<boolean> => {
    const last = before
    before = await top()
    return before === last
  }
  await expect.poll(hasSettled, { intervals: [500] }).toBe(true)
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog', { name: 'Look of the text' })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Look of the text' })).toBeHidden()
  expect(await top()).toBe(before)
  await expect(page.getByRole('button', { name: 'Look of the text' })).not.toBeFocused()

  // The contents beside it show where that is.
  await expect(page.getByRole('navigation', { name: 'Contents' }).locator('[aria-current]')).toBeInViewport()
})
