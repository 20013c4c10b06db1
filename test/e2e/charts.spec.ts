/** Charts of the incident room: exact values, one time range for all, the traces behind them, and panels of one's own. */
import type { Locator } from 'playwright/test'
import { expect, test } from './app.ts'
import { showPanel, startShift } from './incident-screens.ts'
import { slow } from './shift-steps.ts'

async function plotOf(chart: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.locator('.u-over').boundingBox()
  if (box === null) throw new Error('the chart is not drawn')
  return box
}

test('a chart tells exact values, sets the range of all, and opens the trace behind a duration', async ({ window: page }) => {
  await startShift(page, 'pool-exhaustion')
  const chart = page.getByRole('figure').filter({ hasText: 'Services: p95 duration' })
  await expect(chart.locator('canvas')).toBeVisible(slow)

  await test.step('the pointer', async () => {
    const { x, y, width, height } = await plotOf(chart)
    await page.mouse.move(x + width / 2, y + height - 4)
    await expect(chart.getByText(/^\d\d:\d\d:\d\d$/)).toBeVisible()
    await expect(chart.getByText(/^0\.\d{3,} s$/).first()).toBeVisible()
  })

  await test.step('a drag', async () => {
    const { x, y, width, height } = await plotOf(chart)
    await page.mouse.move(x + width * 0.3, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 5 })
    await page.mouse.up()
    await expect(page.getByText(/^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d$/)).toBeVisible()
    await showPanel(page, 'Traces')
    await expect(page.getByText(/^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d$/)).toBeVisible()
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await expect(page.getByRole('radio', { name: '30 min' })).toBeChecked()
    await showPanel(page, 'Dashboards')
  })

  await test.step('the traces behind it', async () => {
    await page.getByRole('button', { name: 'Traces behind "Services: p95 duration"' }).click(slow)
    await page.getByRole('menuitem', { name: /^[\d.]+ s at .*POST \/orders/ }).first().click()
    await expect(page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').filter({ hasText: 'orders' }).first()).toBeVisible(slow)
  })
})

test('a query is kept as a panel, with the next shift too, and a part leads to its charts', async ({ window: page }) => {
  await startShift(page, 'stuck-saga')
  await page.getByRole('button', { name: 'order saga' }).click()
  await expect(page.getByRole('figure').filter({ hasText: 'saga_stuck_instances' }).locator('canvas')).toBeVisible(slow)
  await showPanel(page, 'Metrics')
  const field = page.getByRole('combobox', { name: 'PromQL' })
  await field.fill('sum(saga_stuck_instances)')
  await field.press('Enter')
  await page.getByRole('button', { name: 'Keep as a panel' }).click()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const kept = page.getByRole('figure').filter({ hasText: 'sum(saga_stuck_instances)' })
  await expect(kept.locator('canvas')).toBeVisible(slow)
  await page.getByRole('link', { name: 'Briefing' }).click()
  await page.getByRole('button', { name: 'Start a new shift' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start a new shift' }).click()
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible(slow)
  await page.getByRole('combobox', { name: 'Dashboard' }).selectOption({ label: 'Your panels' })
  await expect(kept.locator('canvas')).toBeVisible(slow)
  await kept.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByText('You have made no panel yet')).toBeVisible()
})
