/** Whatever a learner runs, it ends, says why, and the app can be used on. */
import type { Page } from 'playwright/test'
import { expect, test } from './app.ts'
import { openExercise, runSql, writeAnswer } from './workspace.ts'

const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;'

/** After a stop: the same window still answers, with the data as it was. */
async function expectUsable(page: Page): Promise<void> {
  await expect(page.getByText('Data ready')).toBeVisible({ timeout: 30_000 })
  await runSql(page, 'SELECT count(*) AS orders FROM orders;')
  await expect(page.getByRole('gridcell', { name: '200000' })).toBeVisible()
}

/** Notes every time within the limit that the window says of a run from now on; the answer counts them. */
async function countTimesTold(page: Page, limitSeconds: number): Promise<() => Promise<number>> {
  await page.evaluate((limit) => {
    const told = new Set<string>()
    Object.assign(window, { told })
    new MutationObserver(() => {
      const [, seconds] = /Running for ([\d.]+) s/.exec(document.body.textContent) ?? []
      if (Number(seconds) < limit) told.add(seconds ?? '')
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, limitSeconds)
  return () => page.evaluate(() => (window as unknown as { told: Set<string> }).told.size)
}

test('an endless recursion is stopped at its limit, said so, and the window never freezes', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  const timesTold = await countTimesTold(page, 5)
  await runSql(page, endless)
  await expect(page.getByText(/Running for .* s of at most 5 s/)).toBeVisible()
  // The rest of the app answers meanwhile.
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog', { name: 'Search pages and actions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText(/^Stopped after 5\./)).toBeVisible()
  const told = page.getByRole('alert').filter({ hasText: 'Stopped after' })
  await expect(told).toContainText('The limit of this exercise is 5 s. Your answer is unchanged.')
  await expect(told).toContainText('recursion without an end')
  // A window that froze for these five seconds would have told one of them, and the rest when they were over.
  expect(await timesTold()).toBeGreaterThan(3)
  await expectUsable(page)
})

test('a cross join that explodes can be stopped by Escape, and earlier changes stay', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, "CREATE TABLE kept AS SELECT 'still here' AS word;")
  await expect(page.getByText('1 statement in')).toBeVisible()
  await runSql(page, 'SELECT count(*) FROM orders a, orders b, orders c WHERE a.total_cents + b.total_cents = c.total_cents;')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Stopped by you after')).toBeVisible()
  await expect(page.getByText('1 earlier change is kept')).toBeVisible()
  await expect(page.getByText('Data ready')).toBeVisible({ timeout: 30_000 })
  await runSql(page, 'SELECT word FROM kept;')
  await expect(page.getByRole('gridcell', { name: 'still here' })).toBeVisible()
})

test('a cross join that nobody stops ends at the limit', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await runSql(page, 'SELECT count(*) FROM orders a CROSS JOIN orders b CROSS JOIN users;')
  await expect(page.getByText(/^Stopped after 5\./)).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('A join without a condition', { exact: false })).toBeVisible()
  await expectUsable(page)
})

for (const [what, exercise, sql] of [
  ['a text that doubles', 'sql-right-index', "WITH RECURSIVE grown(text) AS (SELECT 'x' UNION ALL SELECT text || text FROM grown) SELECT max(length(text)) FROM grown;"],
  ['a table that grows', 'sql-infix-search', 'CREATE TABLE big AS SELECT zeroblob(1000000) AS block FROM orders;'],
  ['a sort that grows', 'sql-right-index', 'SELECT max(place) FROM (SELECT row_number() OVER (ORDER BY block) AS place FROM (SELECT zeroblob(1000000) AS block FROM orders));'],
] as const) {
  test(`${what} meets the memory limit, not the end of the window`, async ({ window: page }) => {
    await openExercise(page, exercise)
    await runSql(page, sql)
    await expect(page.getByText(/Stopped: the memory limit was reached|The database ran out of room and was restarted/)).toBeVisible({ timeout: 15_000 })
    await expectUsable(page)
  })
}

test('an endless answer is graded as out of time, and costs nothing', async ({ window: page }) => {
  test.slow()
  await openExercise(page, 'sql-find-slow-part')
  await writeAnswer(page, endless)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  const checks = page.getByRole('tabpanel', { name: 'Checks' })
  await expect(checks.getByText(/^Not yet: \d of 3 goals met/)).toBeVisible({ timeout: 60_000 })
  await expect(checks.getByText('Ran out of time').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check answer' })).toBeEnabled()
})
