/** A shift from its page to its postmortem: what it was worth, what it was, how it went. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { expect, test } from './app.ts'
import { barriers } from './axe.ts'
import { pauseClock, showPanel, startShift } from './incident-screens.ts'

const slow = { timeout: 60_000 }

async function act(page: Page, words: RegExp, done: string): Promise<void> {
  await showPanel(page, 'Actions')
  await page.getByRole('region', { name: 'Near at hand' }).getByRole('button', { name: words }).click(slow)
  await page.getByRole('button', { name: 'Do it in production' }).click()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(done)
}

/** Lets simulated time pass until the clock shows so many minutes after the page, or more where the machine is busy. */
async function waitUntil(page: Page, minute: number): Promise<void> {
  await page.getByRole('radio', { name: '10x' }).click()
  await expect(page.getByLabel('Time in the simulation, UTC')).toContainText(new RegExp(`\\(\\+0[${String(minute)}-9]:`), slow)
  await pauseClock(page)
}

/** Works the pool-exhaustion shift as the debrief's own expert would, and hands over. */
export async function workShift(page: Page): Promise<void> {
  await startShift(page, 'pool-exhaustion')
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Acknowledged')
  await page.getByRole('button', { name: 'Pin "Pools: connections in use" as evidence' }).click(slow)
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Pinned: Pools: connections in use')
  await waitUntil(page, 1)
  await act(page, /timeout 2s/, 'configure orders')
  await act(page, /^toggle charge-after-commit/, 'charge-after-commit')
  await waitUntil(page, 5)
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: 'Hand over' })
  await dialog.getByRole('combobox', { name: 'What was it?' }).selectOption({ label: 'Orders hold a connection of the pool while the payment provider does not answer' })
  await dialog.getByRole('combobox', { name: 'In which part?' }).selectOption('orders')
  await dialog.getByRole('combobox', { name: 'What set it off?' }).selectOption('outside')
  await dialog.getByRole('button', { name: 'End the shift' }).click()
  await expect(page.getByRole('heading', { name: 'The same world under three hands' })).toBeVisible(slow)
}

async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Debrief' }).getByRole('tab', { name }).click()
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([])
}

test('a worked shift is debriefed: three curves, the truth, the timeline, a replay and a postmortem', async ({ window: page }) => {
  test.slow()
  await workShift(page)

  await test.step('result', async () => {
    const fork = page.getByRole('region', { name: 'The same world under three hands' })
    for (const hand of ['Nobody acts', 'You', 'The expert']) await expect(fork.getByRole('button', { name: hand })).toHaveAttribute('aria-pressed', 'true')
    await expect(fork.locator('canvas')).toBeVisible()
    await expect(fork).toContainText(/You saved [\d,]+ requests \([\d,]+ EUR\)/)
    await fork.getByText('Every minute as a table').click()
    await expect(fork.getByRole('row', { name: /^5 / })).toBeVisible()
    const done = page.getByRole('region', { name: 'What you did' })
    await expect(done.getByRole('row').filter({ hasText: 'Right' })).toHaveCount(2)
    await expect(page.getByRole('region', { name: 'Key times' })).toContainText('First named the cause')
    await expectAccessible(page)
  })

  await test.step('cause', async () => {
    await showTab(page, 'Cause')
    const said = page.getByRole('region', { name: 'What you said, and what it was' })
    await expect(said.getByRole('row').filter({ hasText: 'Right' })).toHaveCount(3)
    await expect(page.getByRole('region', { name: 'What you pinned' })).toContainText('Every connection of the pool is in use')
    await expect(page.getByRole('region', { name: 'Its rivals' }).getByRole('row').filter({ hasText: 'mailer' })).toContainText('exclude it')
    await expectAccessible(page)
  })

  await test.step('timeline and replay', async () => {
    await showTab(page, 'Timeline')
    const line = page.getByRole('row').filter({ hasText: 'VisitorsFail fires' }).first()
    await expect(line).toContainText('the page')
    await expect(page.getByRole('row').filter({ hasText: 'hidden during the shift' }).first()).toBeVisible()
    await expectAccessible(page)
    await line.getByRole('button').click()
    const scrubber = page.getByRole('slider', { name: 'Moment of the shift' })
    await expect(scrubber).toHaveAttribute('aria-valuetext', /\+00:00/)
    await expect(page.getByText('Firing: VisitorsFail')).toBeVisible()
    await expectAccessible(page)
    await scrubber.press('End')
    await expect(page.getByRole('region', { name: 'Up to this moment' })).toContainText('Handed over')
    await scrubber.press('Home')
    await expect(page.getByText('No alert fires')).toBeVisible()
    await page.getByRole('button', { name: 'Play at 10x' }).click()
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    const before = Number(await scrubber.inputValue())
    await expect.poll(async () => Number(await scrubber.inputValue())).toBeGreaterThan(before)
    await page.getByRole('button', { name: 'Pause' }).click()
  })

  await test.step('postmortem', async () => {
    await showTab(page, 'Postmortem')
    const text = page.getByRole('textbox', { name: 'Your text' })
    await expect(text).toHaveValue(/the alert VisitorsFail pages/)
    const outline = page.getByRole('navigation', { name: 'Sections of your text' })
    await outline.getByRole('button', { name: /^Detection/ }).click()
    await expect.poll(() => text.evaluate((area: HTMLTextAreaElement) => area.scrollTop)).toBeGreaterThan(0)
    await page.keyboard.insertText('Seen late.')
    await expect(text).toHaveValue(/## Detection\n\n<!--[^>]*-->\nSeen late\.\n\n## Root cause/)
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.keyboard.press('ControlOrMeta+Shift+Enter')
    await expect(page.getByRole('region', { name: 'Checked against what happened' })).toContainText('0 of 8 goals met')
    await text.fill((await text.inputValue()).replace('## Root cause', '## Root cause\n\nIn orders, each order holds a connection of the pool while the payment provider, which is outside of our system, does not answer. The pool is empty after a second, and the event page, which pays for nothing, waits for a connection as well.'))
    await page.getByRole('button', { name: 'Check answer' }).click()
    const checked = page.getByRole('region', { name: 'Checked against what happened' })
    await expect(checked.getByRole('listitem').filter({ hasText: 'Root cause: the part' })).toContainText('Met')
    await expect(page.getByText(/best so far/)).toBeVisible()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as Markdown' }).click()])
    expect(file.suggestedFilename()).toBe('postmortem-pool-exhaustion.md')
    expect(await readFile(await file.path(), 'utf8')).toContain('each order holds a connection')
    await expectAccessible(page)
  })

  await test.step('again', async () => {
    await page.getByRole('button', { name: 'Same incident, another seed' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start the shift' }).click()
    await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible(slow)
  })
})
