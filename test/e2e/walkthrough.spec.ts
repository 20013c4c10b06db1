/** The slow report, investigated from the first look to the debrief. */
import type { Page } from 'playwright/test'
import { expect, test, visit } from './app.ts'

const stages = [
  { look: "Compare the report's grand total with the sum of orders", wrong: 'Merge the four indexes', right: 'Tell finance not to use the list' },
  { look: 'Count rows before and after each join', wrong: 'Sum ', right: 'Sum the orders per user first' },
  { look: 'Group the money by order status', wrong: 'A higher threshold', right: 'in both parts, and the definition as a comment' },
  { look: 'Time old and new on a copy', wrong: 'A read replica', right: 'The rewrite alone' },
] as const

function investigation(page: Page) {
  return page.getByRole('region', { name: 'The report that is slow, and wrong' })
}

test('an investigation is led to its end, is kept, and can be done again', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/slow-report')
  const all = investigation(page)
  await expect(all).toContainText('0 of 45 min spent')
  await all.getByRole('button', { name: 'Start', exact: true }).click()
  for (const [index, stage] of stages.entries()) {
    await expect(all.getByRole('heading', { name: new RegExp(`^Stage ${String(index + 1)} of 4`) })).toBeFocused()
    const look = all.getByRole('listitem').filter({ hasText: stage.look })
    await look.getByRole('button', { name: /^Look/ }).click()
    await expect(look).toContainText('Looked at')
    const options = all.getByRole('radiogroup')
    if (index === 0) {
      await options.getByText(stage.wrong).click()
      await all.getByRole('button', { name: 'Decide' }).click()
      await expect(all.getByText('Not yet', { exact: true })).toBeVisible()
      await expect(options.getByText('(tried)')).toBeVisible()
    }
    await options.getByText(stage.right).click()
    await all.getByRole('button', { name: 'Decide' }).click()
    const next = all.getByRole('button', { name: index < 3 ? 'Next stage' : 'Debrief' })
    await expect(next).toBeVisible()
    if (index === 1) {
      // Left in the middle, it goes on where it was.
      await visit(page, '/')
      await expect(all).toBeHidden()
      await visit(page, '/chapters/ch07/slow-report')
      await expect(all.getByRole('heading', { name: /^Stage 3 of 4/ })).toBeVisible()
      await all.getByRole('heading', { name: /^Stage 3 of 4/ }).focus()
      continue
    }
    await next.click()
  }
  await expect(all.getByRole('heading', { name: 'Debrief' })).toBeVisible()
  await expect(all).toContainText(/Minutes spent\s*10 of 45/)
  await expect(all).toContainText(/Wrong decisions\s*1/)
  await expect(all).toContainText('Useful, and not looked at:')
  await page.reload()
  await visit(page, '/chapters/ch07/slow-report')
  await expect(all.getByRole('heading', { name: 'Debrief' })).toBeVisible()
  await all.getByRole('button', { name: 'Start again' }).click()
  await expect(all.getByRole('heading', { name: /^Stage 1 of 4/ })).toBeVisible()
  await expect(all).toContainText('0 of 45 min spent')
})
