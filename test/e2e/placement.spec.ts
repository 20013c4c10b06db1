/** The placement test: left and resumed, judged at the end, and heeded by paths, Home and chapters until a mark is taken back. */
import type { Page } from 'playwright/test'
import { expect, test, visit } from './app.ts'
import { answerPlacement } from './placement.ts'

const question = (page: Page, number: number) => expect(page.getByRole('heading', { level: 2, name: `Question ${String(number)} of 30` })).toBeFocused()

test('a test is resumed where it was left, and what it passes is passed over until it is unmarked', async ({ window: page }) => {
  await visit(page, '/paths')
  await page.getByRole('link', { name: 'Take the placement test' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await question(page, 1)
  await page.keyboard.press('ControlOrMeta+Enter')
  // In the main region: a moment later the same words are spoken.
  await expect(page.getByRole('main').getByText('Choose one first. Or say that you do not know.')).toBeVisible()
  await page.getByRole('radio').nth(1).check()
  await page.keyboard.press('Enter')
  await question(page, 2)
  await page.keyboard.press('3')
  await page.keyboard.press('ControlOrMeta+Enter')
  await question(page, 3)

  await visit(page, '/')
  await visit(page, '/placement')
  await expect(page.getByText('You are at question 3 of 30.')).toBeVisible()
  await page.keyboard.press('Enter')
  await question(page, 3)
  await page.keyboard.press('p')
  await question(page, 2)
  await expect(page.getByRole('radio').nth(2)).toBeChecked()
  await expect(page.getByText(/Right|Not this|Not yet/)).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+Enter')
  await answerPlacement(page, 3)

  await expect(page.getByRole('heading', { level: 2, name: '1 of 15 chapters passed' })).toBeVisible()
  await expect(page.getByText('Taught in')).toHaveCount(28)
  const missed = page.getByRole('group').first()
  await missed.locator('summary').click()
  await expect(missed.getByText('You said that you do not know.')).toBeVisible()
  await expect(missed.getByText('Right', { exact: true })).toBeVisible()

  await visit(page, '/paths/whole-course')
  await expect(page.getByRole('link', { name: 'Read it anyway: Thinking like a problem solver' })).toBeVisible()
  await visit(page, '/')
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible()
  await expect(page.getByText(/^Chapter 2, /)).toBeVisible()

  await visit(page, '/chapters/ch01')
  const article = page.getByRole('article')
  await expect(article.getByText('Known from the placement test')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Contents' }).getByText('Known from the placement test')).toBeVisible()
  await article.getByRole('button', { name: 'Unmark' }).click()
  await expect(page.getByText('Known from the placement test')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(article.getByText('Known from the placement test')).toBeVisible()
  await article.getByRole('button', { name: 'Unmark' }).click()

  await visit(page, '/placement')
  await expect(page.getByText('Passed, mark taken back')).toBeVisible()
  await page.getByRole('button', { name: 'Take the test again' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await question(page, 1)
})
