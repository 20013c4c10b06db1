/** Finding an exercise, and going back to an earlier answer. */
import { expect, test, visit } from './app.ts'
import { checksPanel, openExercise, rightIndex, showTab, writeAnswer } from './workspace.ts'

test('the list is narrowed by kind, chapter and skill, and remembers it', async ({ window: page }) => {
  await visit(page, '/exercises')
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Diagram' })
  const rows = page.locator('tbody tr')
  await expect(rows.filter({ hasNotText: 'Diagram' })).toHaveCount(0)
  const diagrams = await rows.count()
  expect(diagrams).toBeGreaterThan(4)
  await rows.first().getByRole('link').click()
  await expect(page).toHaveURL(/exercises\/diagram-/)
  await expect(page.getByRole('region', { name: 'Brief' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Kind' })).toHaveValue('diagram')
  await expect(rows).toHaveCount(diagrams)
  await page.keyboard.press('Escape')
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: /^Locks and deadlocks/ }).click()
  await expect(page.getByRole('combobox', { name: 'Skill' })).toHaveValue('sql.locks')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Next for you:')).toBeVisible()
})

test('each checked answer is kept, compared and put back', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  const check = async (sql: string, verdict: string): Promise<void> => {
    await writeAnswer(page, sql)
    await page.keyboard.press('ControlOrMeta+Shift+Enter')
    await expect(checksPanel(page)).toContainText(verdict)
  }
  await check('CREATE INDEX wrong ON orders (id);', 'Not yet')
  await check(rightIndex, 'Passed')
  const attempts = await showTab(page, 'Attempts')
  await expect(attempts.getByRole('listitem')).toHaveCount(2)
  await attempts.getByRole('button', { name: 'Attempt 1', exact: true }).click()
  await expect(attempts.getByText('gone: CREATE INDEX wrong')).toBeVisible()
  await attempts.getByRole('tab', { name: 'Checks' }).click()
  await expect(attempts.getByText('Not met').first()).toBeVisible()
  await attempts.getByRole('button', { name: 'Put attempt 1 back into the editor' }).click()
  const editor = page.locator('.monaco-editor .view-lines').first()
  await expect(editor).toContainText('wrong')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(editor).not.toContainText('wrong')
})
