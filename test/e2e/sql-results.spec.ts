/** Running SQL and reading what comes back. */
import { readFile } from 'node:fs/promises'
import { expect, test } from './app.ts'
import { openExercise, runSql, showTab, sqlEditor, writeAnswer } from './workspace.ts'

test('a hundred thousand rows scroll, sort and export', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'SELECT id, total_cents, status FROM orders ORDER BY id LIMIT 100000;')
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '100001')
  expect(await grid.getByRole('row').count()).toBeLessThan(100)

  await grid.focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(grid.getByRole('rowheader', { name: '100000', exact: true })).toBeInViewport()
  // Down by wheel from the top: rows are always drawn.
  await page.keyboard.press('ControlOrMeta+Home')
  const blank = await grid.evaluate(async (element) => {
    let blank = 0
    for (let step = 0; step < 60; step += 1) {
      element.scrollTop = (element.scrollHeight / 60) * step
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const box = element.getBoundingClientRect()
      const middle = document.elementFromPoint(box.left + 100, box.top + box.height / 2)
      if (middle?.closest('[role="row"]') === null) blank += 1
    }
    return blank
  })
  expect(blank).toBe(0)

  const head = grid.getByRole('columnheader', { name: 'total_cents' })
  await head.getByText('total_cents').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await head.getByText('total_cents').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('sql-right-index.csv')
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split(/\r?\n/)
  expect(lines).toHaveLength(100_001)
  expect(lines[0]).toBe('id,total_cents,status')
  // Exported as sorted.
  const totals = lines.slice(1, 100).map((line) => Number(line.split(',')[1]))
  expect(totals).toEqual(totals.toSorted((one, other) => other - one))
})

test('an error is told in words and underlined where it is', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'SELECT id FROM users LIMIT 1;\nSELECT nonsense FROM users;')
  const alert = page.getByRole('alert').filter({ hasText: 'SQLite refuses this statement' })
  await expect(alert).toContainText('no such column: nonsense')
  await expect(alert).toContainText('1 statement before it ran')
  const squiggle = page.locator('.squiggly-error')
  await expect(squiggle).toHaveCount(1)
  const under = await squiggle.boundingBox()
  const word = await page.getByText('nonsense', { exact: true }).last().boundingBox()
  const line = await page.locator('.view-line').nth(1).boundingBox()
  expect(under?.y).toBeGreaterThanOrEqual(line?.y ?? Infinity)
  expect(under?.width).toBeGreaterThan(20)
  expect(word).not.toBeNull()
  await alert.getByRole('button', { name: 'Go to line 2' }).click()
  await expect(sqlEditor(page)).toBeFocused()
})

test('the selection runs alone, else the statement at the caret', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await writeAnswer(page, 'SELECT 1 AS one;\nSELECT 2 AS two;')
  await page.keyboard.press('Alt+Enter')
  await expect(page.getByRole('columnheader', { name: 'two' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'one' })).toHaveCount(0)
  await sqlEditor(page).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Alt+Enter')
  await expect(page.getByRole('columnheader', { name: 'one' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'two' })).toHaveCount(0)
})

test('every run is in the history, also after coming back, and can be put back', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'SELECT 41 + 1 AS answer;')
  await expect(page.getByRole('gridcell', { name: '42' })).toBeVisible()
  await runSql(page, 'SELECT oops;')
  await expect(page.getByText('no such column: oops').first()).toBeVisible()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Exercises' }).click()
  await openExercise(page, 'sql-right-index')
  const runs = (await showTab(page, 'History')).getByRole('listitem')
  await expect(runs).toHaveCount(2)
  await expect(runs.nth(0)).toContainText('Failed.')
  await expect(runs.nth(1)).toContainText('SELECT 41 + 1 AS answer;')
  await writeAnswer(page, '')
  await runs.nth(1).getByRole('button', { name: 'Insert' }).click()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('gridcell', { name: '42' })).toBeVisible()
})

test('what is typed is kept, and the answer and the data can be set back', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'DELETE FROM orders;')
  await expect(page.getByText('200,000 rows changed', { exact: true })).toBeVisible()
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await page.reload()
  await openExercise(page, 'sql-right-index')
  await expect(page.locator('.view-lines')).toContainText('DELETE FROM orders')
  // The learner's own changes are made again, and can be thrown away.
  await expect(page.getByRole('region', { name: 'Results', exact: true })).toContainText('The data was built again with your 1 change of an earlier visit.')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Reset the data' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('The data is as it was given.')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Reset the answer to its start' }).click()
  await expect(page.locator('.view-lines')).toContainText('One CREATE INDEX')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.view-lines')).toContainText('DELETE FROM orders')
})

test('completion offers the tables and columns that are there', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'CREATE TABLE made_just_now (some_column INTEGER);')
  await expect((await showTab(page, 'Schema')).getByRole('button', { name: 'Insert made_just_now' })).toBeVisible()
  await writeAnswer(page, '')
  await page.keyboard.type('SELECT * FROM made_j')
  await expect(page.getByRole('option', { name: /made_just_now/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.locator('.view-lines')).toContainText('made_just_now')
})

test('the schema browser and the formatter', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  const schema = await showTab(page, 'Schema')
  await expect(schema.getByText('users_email', { exact: true })).toBeVisible()
  await writeAnswer(page, 'select id from ')
  await schema.getByRole('button', { name: 'Insert orders', exact: true }).click()
  await page.getByRole('button', { name: 'Format the SQL' }).click()
  await expect(page.locator('.view-line').first()).toHaveText('select')
  await expect(page.locator('.view-lines')).toContainText('orders')
})
