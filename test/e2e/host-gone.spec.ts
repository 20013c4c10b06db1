/** The host dies at any moment: what was acknowledged is there at the next start, what was not is kept by the window. */
import type { Page } from 'playwright/test'
import { expect, openWindow, startApp, test, visit } from './app.ts'
import { answerOpeningCheck, openExercise, writeAnswer } from './workspace.ts'

// A browser reports the line that breaks; that is what these tests bring about.
test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed|status of 403/] })

async function expectAnswered(page: Page): Promise<void> {
  await visit(page, '/chapters/ch07/opening')
  await expect(page.getByRole('form', { name: /Which step comes first/ }).getByRole('button', { name: 'Answer again' })).toBeVisible()
}

test('killed in the middle of work, it keeps answers and what was being typed', async ({ window: page, app, dataDir }) => {
  await answerOpeningCheck(page)
  await openExercise(page, 'sql-right-index')
  await writeAnswer(page, 'SELECT 42 AS unfinished;')
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await app.stop('SIGKILL')
  await page.goto('about:blank')

  const again = await startApp(dataDir)
  await openWindow(page, again)
  await expectAnswered(page)
  await openExercise(page, 'sql-right-index')
  await expect(page.locator('.view-lines')).toContainText('SELECT 42 AS unfinished')
  await page.goto('about:blank')
  await again.stop()
})

test('the window says that the host is gone, keeps what is done, and sends it when it is back', async ({ window: page, app, dataDir, context }) => {
  await visit(page, '/chapters/ch07/opening')
  const check = page.getByRole('form', { name: /Which step comes first/ })
  await expect(check).toBeVisible()
  await app.stop('SIGKILL')
  const bar = page.getByRole('alert').filter({ hasText: /The core of Firedrill is not answering|Firedrill was started again/ })
  await expect(bar).toBeVisible()
  await expect(page.getByRole('contentinfo', { name: 'Status bar' })).toContainText('Core away')
  await check.getByText('Compare the sum of the report with the sum of').click()
  await check.getByRole('button', { name: 'Check answer' }).click()
  // It stays in view when the chapter is left and opened again, also while nobody has kept it.
  await visit(page, '/')
  await expect(check).toBeHidden()
  await visit(page, '/chapters/ch07/opening')
  await expect(check.getByRole('button', { name: 'Answer again' })).toBeVisible()

  const again = await startApp(dataDir)
  const fresh = await context.newPage()
  await openWindow(fresh, again)
  await expectAnswered(fresh)
  // The window of before joins when it is looked at.
  await page.bringToFront()
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(bar).toHaveCount(0)
  await expectAnswered(page)
  await fresh.close()
  await page.goto('about:blank')
  await again.stop()
})
