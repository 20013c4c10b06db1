/** Plans, hints and the worked answer. */
import { expect, test } from './app.ts'
import { checksPanel, openExercise, rightIndex, runSql, showTab, writeAnswer } from './workspace.ts'

test('a plan is a tree that flags scans, and shows what an index changed', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await writeAnswer(page, 'SELECT total_cents FROM orders WHERE user_id = 7 ORDER BY created_at;')
  await page.keyboard.press('ControlOrMeta+e')
  const tree = page.getByRole('tree', { name: 'Query plan' })
  const scan = tree.getByRole('treeitem').filter({ hasText: 'SCAN orders' })
  await expect(scan).toContainText(/Full scan|Reads every row|scan/)
  await expect(tree.getByRole('treeitem').filter({ hasText: 'USE TEMP B-TREE' })).toBeVisible()
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(tree.getByRole('treeitem').nth(1)).toBeFocused()

  await runSql(page, rightIndex)
  await expect(page.getByText('1 statement in')).toBeVisible()
  const workload = await showTab(page, 'Workload')
  await expect(workload.getByText('Plan changed')).toBeVisible()
  await expect(workload.getByRole('treeitem').filter({ hasText: 'SEARCH o USING INDEX orders_user_id' })).toBeVisible()
})

test('hints come one by one, say their cost before and after, and lower the score', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  const hints = page.getByRole('region', { name: /^Hints/ })
  await expect(hints).toContainText('0 of 3 shown')
  await hints.getByRole('button', { name: 'Show hint 1, for 5% of the score' }).click()
  await expect(hints.getByRole('listitem')).toHaveCount(1)
  await expect(hints.getByRole('listitem').first()).toContainText('cost 5%')
  await page.keyboard.press('ControlOrMeta+.')
  await expect(hints.getByRole('listitem')).toHaveCount(2)
  await expect(hints.getByRole('button')).toContainText('Show hint 3, for 20% of the score')
  await writeAnswer(page, rightIndex)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 3 of 3 goals met, 85%')
  await expect(page.getByRole('region', { name: 'Brief' })).toContainText('Passed, best 85%')
})

test('the worked answer opens after an honest try; a wrong try says what is not met', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  const worked = page.getByRole('region', { name: 'Worked answer' })
  await expect(worked).toContainText('It opens after you have checked an answer once.')
  await expect(worked.getByRole('button', { name: 'Show the worked answer' })).toHaveCount(0)
  await writeAnswer(page, 'CREATE INDEX users_by_email ON users (email);')
  await page.getByRole('button', { name: 'Check answer' }).click()
  await expect(checksPanel(page)).toContainText('Not yet: 1 of 3 goals met')
  await expect(checksPanel(page)).toContainText('SCAN o')
  await expect(page.getByRole('region', { name: 'Goals' }).getByRole('listitem').first()).toContainText('not met')
  await worked.getByRole('button', { name: 'Show the worked answer' }).click()
  await expect(worked.locator('pre').last()).toContainText('orders (user_id')
})

test('who is stuck is asked first, and a pass after that says so', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await page.getByRole('button', { name: 'I am stuck' }).click()
  const question = page.getByRole('dialog', { name: 'See the worked answer without trying?' })
  await expect(question).toContainText('adds less to your skills')
  await question.getByRole('button', { name: 'Keep trying' }).click()
  await expect(question).toBeHidden()
  await page.getByRole('button', { name: 'I am stuck' }).click()
  await question.getByRole('button', { name: 'Show the worked answer' }).click()
  await expect(page.getByRole('region', { name: 'Worked answer' }).getByRole('button', { name: 'Copy the reference answer' })).toBeVisible()
})
