/** The terminal of the incident room, by keyboard. */
import type { Locator, Page } from 'playwright/test'
import { expect, test } from './app.ts'
import { barriers } from './axe.ts'
import { showPanel, startShift } from './incident-screens.ts'

/** Opens a shift and its terminal; returns what the terminal shows. */
async function openTerminal(page: Page): Promise<Locator> {
  await startShift(page, 'pool-exhaustion')
  await showPanel(page, 'Terminal')
  const rows = page.locator('.xterm-rows')
  await expect(rows).toContainText('oncall@bastion:~$')
  return rows
}

const run = async (page: Page, line: string): Promise<void> => {
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

test('a learner asks, completes, scales, and sees it among the changes', async ({ window: page }) => {
  const rows = await openTerminal(page)
  await run(page, 'kubectl get pods | grep -c ^orders-')
  await expect(rows).toContainText(/grep -c \^orders-\s*3/)

  await page.keyboard.type('kubectl sca')
  await page.keyboard.press('Tab')
  await expect(rows).toContainText('kubectl scale')
  await page.keyboard.type('deployment ord')
  await page.keyboard.press('Tab')
  await expect(rows).toContainText('kubectl scale deployment orders')
  await page.keyboard.type('--replicas=4')
  await page.keyboard.press('Enter')
  await expect(rows).toContainText('deployment.apps/orders scaled')
  await expect(rows).toContainText(/takes effect within about \d+ s/)

  await page.getByRole('button', { name: 'Pin last output' }).click()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Pinned: kubectl scale deployment orders --replicas=4')
  await showPanel(page, 'Changes')
  await expect(page.getByRole('tabpanel')).toContainText('scale orders replicas=4')

  // What was printed is still there, and so is the history.
  await showPanel(page, 'Terminal')
  await expect(rows).toContainText('deployment.apps/orders scaled')
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused()
  await page.getByRole('radio', { name: '10x' }).click()
  await page.locator('.xterm').click()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Home')
  await run(page, 'sleep 10; ')
  await expect(rows).toContainText(/sleep 10; kubectl get pods \| grep -c \^orders-\s*5/, { timeout: 20_000 })
})

test('a loop without an end is stopped, and the keyboard is not caught', async ({ window: page }) => {
  const rows = await openTerminal(page)
  await run(page, 'while true; do :; done')
  await expect(rows).toContainText('stopped after 4,000 commands')
  await run(page, 'sleep 600')
  await page.keyboard.press('Control+c')
  await run(page, 'echo "ended with $?"; man kubectl | head -2')
  await expect(rows).toContainText('KUBECTL(1)')

  await page.keyboard.press('Control+r')
  await page.keyboard.type('while')
  await expect(rows).toContainText("(reverse-i-search)'while': while true")
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Clear' })).toBeFocused()

  expect(await barriers(page, { within: '[aria-label="Signals"]' })).toEqual([])
})

test('what is typed while the terminal is fetched is kept, and psql asks real tables', async ({ window: page }) => {
  await startShift(page, 'userservice-latency')
  await showPanel(page, 'Terminal')
  await page.keyboard.type('kubectl get pods | head -2')
  await page.keyboard.press('Enter')
  const rows = page.locator('.xterm-rows')
  await expect(rows).toContainText(/\$ kubectl get pods \| head -2\s*NAME[\s\S]*Running/, { timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible()

  const slow = `psql -c "EXPLAIN ANALYZE SELECT * FROM users WHERE id::text = '4711'"`
  await run(page, slow)
  await expect(rows).toContainText(/Seq Scan on users[\s\S]*Execution Time/, { timeout: 60_000 })
  await run(page, 'clear')
  await run(page, 'psql -c "CREATE INDEX by_cast ON users ((id::text))"')
  await expect(rows).toContainText('Then it is built in about 4 s', { timeout: 30_000 })
  await page.getByRole('radio', { name: '10x' }).click()
  await page.locator('.xterm').click()
  await run(page, `sleep 20; ${slow}`)
  await expect(rows).toContainText('on by_cast', { timeout: 30_000 })
  await run(page, 'kubectl logs -f deployment/user-service --tail=1')
  await expect(rows).toContainText(/q or Ctrl\+C ends it\.\s*\{"ts"/, { timeout: 30_000 })
  await page.keyboard.press('q')
  await run(page, 'echo "ended with $?"')
  await expect(rows).toContainText('ended with')
})
