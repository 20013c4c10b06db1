/** Reading a chapter: questions that explain themselves, progress that follows, paper. */
import { expect, test, visit } from './app.ts'
import { answerOpeningCheck } from './workspace.ts'

test('a wrong answer costs nothing, says why, and can be tried again', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/opening')
  const check = page.getByRole('form', { name: /Which step comes first/ })
  await check.getByRole('button', { name: 'Check answer' }).click()
  await expect(check).toContainText(/[Cc]hoose/)
  await check.getByText('Approve it. All four columns').click()
  await check.getByRole('button', { name: 'Check answer' }).click()
  await expect(check.getByText('Not yet', { exact: true }).first()).toBeVisible()
  await check.getByText('The other options, explained').click()
  await expect(check.getByText('Right', { exact: true })).toBeVisible()
  expect(await check.getByText('Not this', { exact: true }).count()).toBe(2)
  await check.getByRole('button', { name: 'Try again' }).click()
  await check.getByText('Compare the sum of the report with the sum of').first().click()
  await check.getByRole('button', { name: 'Check answer' }).click()
  await expect(check.getByText('Attempt 2')).toBeVisible()
})

test('numbers and orders are answered too, by keyboard', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/limits')
  const number = page.getByRole('form', { name: /You move the call in front of the transaction/ })
  await number.getByRole('textbox').fill('two hundred')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(number).toContainText(/number/)
  await number.getByRole('textbox').fill('200')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(number.getByText('Right', { exact: true })).toBeVisible()

  await visit(page, '/chapters/ch07/lock-order')
  const order = page.getByRole('form').filter({ hasText: 'Put in order' })
  const items = order.getByRole('listitem')
  const last = await items.last().getByRole('button', { name: /^Move up/ }).getAttribute('aria-label')
  await items.last().getByRole('button', { name: /^Move up/ }).press('Alt+ArrowUp')
  await expect(order.getByRole('button', { name: last ?? '' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(order.getByText(/^(Right|Not yet)$/).first()).toBeVisible()
})

test('the chapter counts at least twelve checks and five diagrams, and marks sections as read', async ({ window: page }) => {
  await visit(page, '/chapters/ch07')
  await expect(page.getByRole('main').getByRole('button', { name: 'Check answer' }).nth(11)).toBeAttached()
  await expect(page.getByRole('main').getByRole('button', { name: 'Open in the full window' }).nth(4)).toBeAttached()
  const contents = page.getByRole('navigation', { name: 'Contents' })
  const first = contents.getByRole('listitem').first()
  await expect(first).toContainText('not read')
  // Read is what was on screen to its end, and for longer than scrolling past takes.
  await page.getByRole('main').hover()
  await expect(async () => {
    await page.mouse.wheel(0, 300)
    await expect(page.getByRole('heading', { level: 2, name: 'Five ways to be the slowest part' })).toBeInViewport({ timeout: 200 })
  }).toPass()
  // Its check was not tried yet.
  await page.waitForTimeout(1500)
  await expect(first).toContainText('not read')
  await contents.getByRole('link', { name: /^Opening/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
  await page.getByRole('button', { name: 'Mark as read' }).click()
  await expect(first).not.toContainText('not read')
  await expect(contents).toContainText(/[1-9]\d* of 31 read/)
})

test('a chapter prints as its text alone, light, with every figure drawn and the answers at the end', async ({ window: page }) => {
  await answerOpeningCheck(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.evaluate(() => {
    window.print = () => {
      const count = (selector: string, under: ParentNode | undefined | null = document.querySelector('main')): number => under?.querySelectorAll(selector).length ?? 0
      const answers = [...document.querySelectorAll('main h2')].find(({ textContent }) => textContent === 'Answers')?.parentElement
      const seen = {
        theme: document.documentElement.dataset['theme'],
        waiting: count('[data-drawing]'),
        drawn: count('figure svg[id^="diagram"]'),
        forms: count('form'),
        answers: count('h3', answers),
        goesOn: document.querySelector('main')?.textContent.match(/The text goes on with the answer to check \d+/g)?.length,
        drawnWithAnswers: count('figure svg[id^="diagram"]', answers),
      }
      Object.assign(window, { printed: seen })
    }
  })
  // Sections far from the reader are drawn in idle moments.
  await expect(page.locator('[data-section]:not(:has([data-section-end]))')).toHaveCount(0)
  const checks = await page.locator('main form').count()
  expect(checks).toBeGreaterThan(10)
  await page.keyboard.press('ControlOrMeta+p')
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { printed?: object }).printed), { timeout: 20_000 })
    .toEqual({ theme: 'light', waiting: 0, drawn: 7, forms: 0, answers: checks, goesOn: 5, drawnWithAnswers: 1 })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('main form')).toHaveCount(checks)

  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  for (const name of ['Places', 'Contents']) await expect(page.getByRole('navigation', { name, includeHidden: true })).toBeHidden()
  await expect(page.getByRole('contentinfo', { name: 'Status bar', includeHidden: true })).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: /^Databases/ })).toBeVisible()
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(15)
})

test('a cheat sheet prints alone, under the chapter’s name', async ({ window: page }) => {
  await visit(page, '/chapters/ch01')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // Kept as it is printed: the window is put back when print() returns.
  await page.evaluate(() => {
    window.print = () => {
      const words = [...document.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join(' ')
      Object.assign(window, { printed: { part: document.documentElement.dataset['printed'], words } })
    }
  })
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Pages and actions' }).fill('cheat sheet')
  await page.getByRole('option', { name: /Print or save as PDF: cheat sheet/ }).click()
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: object }).printed), { timeout: 20_000 }).toMatchObject({ part: 'sheet', words: expect.stringContaining('Chapter 1: ') })
  await expect(page.locator('html')).not.toHaveAttribute('data-printed')

  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  await page.evaluate(() => document.documentElement.setAttribute('data-printed', 'sheet'))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Summary', includeHidden: true })).toBeHidden()
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
})
