/** What a learner does in an exercise: open it, write, run, have it checked. */
import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'
import { visit } from './app.ts'

/** Building the data and loading the editor, on a busy machine. */
const openTimeout = { timeout: 30_000 }

/** Opens an exercise and waits until it can be worked on. */
export async function openExercise(page: Page, id: string): Promise<void> {
  await visit(page, `/exercises/${id}`)
  await workspaceReady(page)
}

/** Waits for the data and the editor. */
export async function workspaceReady(page: Page): Promise<void> {
  await expect(page.getByText('Data ready')).toBeVisible(openTimeout)
  await expect(sqlEditor(page)).toBeVisible(openTimeout)
}

export function sqlEditor(page: Page): Locator {
  return page.getByRole('textbox', { name: 'SQL editor' })
}

/** Replaces what the editor holds, as a paste over everything does. */
export async function writeAnswer(page: Page, sql: string): Promise<void> {
  await sqlEditor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(sql)
}

/** Writes and runs everything in the editor. */
export async function runSql(page: Page, sql: string): Promise<void> {
  await writeAnswer(page, sql)
  await page.keyboard.press('ControlOrMeta+Enter')
}

/** A tab under the editor. */
export async function showTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click()
  return page.getByRole('tabpanel', { name, exact: true })
}

export function checksPanel(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'Checks' })
}

/** An answer that passes `sql-right-index`. */
export const rightIndex = 'CREATE INDEX orders_user_id ON orders (user_id);'

/** Passes `sql-right-index` with the full score. */
export async function solveRightIndex(page: Page): Promise<void> {
  await openExercise(page, 'sql-right-index')
  await writeAnswer(page, rightIndex)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 3 of 3 goals met, 100%', { timeout: 20_000 })
}

/** Answers the first check of chapter 7 right. */
export async function answerOpeningCheck(page: Page): Promise<Locator> {
  await visit(page, '/chapters/ch07/opening')
  const check = page.getByRole('form', { name: /Which step comes first/ })
  await check.getByText('Compare the sum of the report with the sum of').click()
  await check.getByRole('button', { name: 'Check answer' }).click()
  await expect(check.getByRole('button', { name: 'Answer again' })).toBeVisible()
  return check
}
