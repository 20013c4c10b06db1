/** What a learner does in a shift, each step by mouse and keyboard through what is on the screen. */
import type { Page } from 'playwright/test'
import { expect } from './app.ts'
import { pauseClock, showPanel } from './incident-screens.ts'

/** Running a system takes its time on a busy machine. */
export const slow = { timeout: 60_000 }

/** From Home to the room: by the keys to the list, by its link to the briefing, and from there to the page, with the clock standing still. */
export async function enterShift(page: Page, title: string, seed: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByRole('textbox', { name: 'Seed' }).fill(seed)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible(slow)
  await pauseClock(page)
}

export async function acknowledge(page: Page): Promise<void> {
  await page.keyboard.press('a')
  await expectInTimeline(page, 'Acknowledged')
}

export async function expectInTimeline(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(words)
}

/** Asks for a series and keeps what it says. */
export async function pinQuery(page: Page, query: string): Promise<void> {
  await showPanel(page, 'Metrics')
  const field = page.getByRole('combobox', { name: 'PromQL' })
  await field.fill(query)
  await field.press('Escape')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('button', { name: `Pin "${query.slice(0, 120)}" as evidence`, exact: true }).click()
  await expectInTimeline(page, `Pinned: ${query.slice(0, 60)}`)
}

/** Asks for lines with `words` in them, opens the newest and keeps it. */
export async function pinLine(page: Page, selector: string, words: string): Promise<void> {
  await showPanel(page, 'Logs')
  const field = page.getByRole('combobox', { name: 'LogQL' })
  await field.fill(`${selector} |= "${words}"`)
  await field.press('Enter')
  const lines = page.getByRole('list', { name: 'Log lines' }).getByRole('button')
  // The lines of the question before stand there until those of this one are found.
  await expect(lines.filter({ hasNotText: words })).toHaveCount(0, slow)
  await lines.first().click(slow)
  await page.getByRole('button', { name: 'Pin as evidence' }).click()
}

/** Searches, opens the first trace and keeps its first span. */
export async function pinTrace(page: Page, search: string): Promise<void> {
  await showPanel(page, 'Traces')
  await page.getByRole('textbox', { name: 'Search traces' }).fill(search)
  await page.keyboard.press('Enter')
  await page.getByRole('row').nth(1).getByRole('button').click(slow)
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible(slow)
  await page.getByRole('button', { name: 'Pin as evidence' }).click()
}

/** Keeps a change of the list. */
export async function pinChange(page: Page, words: RegExp): Promise<void> {
  await showPanel(page, 'Changes')
  await page.getByRole('row').filter({ hasText: words }).first().getByRole('button', { name: /^Pin "/ }).click()
}

export interface Diagnosis {
  /** Words of the cause, as it is offered. */
  readonly cause: RegExp
  readonly part: string
  readonly trigger: string
}

/** States a cause, and lets the newest pin speak for it. */
export async function suppose(page: Page, { cause, part }: Diagnosis): Promise<void> {
  await showPanel(page, 'Notebook')
  await page.getByRole('button', { name: 'Add one' }).click()
  const choice = page.getByRole('combobox', { name: 'Cause', exact: true })
  await choice.selectOption({ label: await labelOf(page, 'Cause', cause) })
  await page.getByRole('combobox', { name: 'Part', exact: true }).selectOption(part)
  await page.getByRole('combobox', { name: /^What ".*" says of this$/ }).first().selectOption('for')
  await expectInTimeline(page, 'Hypothesis')
}

async function labelOf(page: Page, name: string, words: RegExp): Promise<string> {
  const labels = await page.getByRole('combobox', { name, exact: true }).locator('option').allTextContents()
  const found = labels.find((label) => words.test(label))
  if (found === undefined) throw new Error(`None of ${labels.join(', ')} fits ${String(words)}.`)
  return found
}

/** Does what is near at hand, after it was asked once more. */
export async function act(page: Page, words: RegExp, done: string): Promise<void> {
  await showPanel(page, 'Actions')
  await page.getByRole('region', { name: 'Near at hand' }).getByRole('button', { name: words }).click(slow)
  await page.getByRole('button', { name: 'Do it in production' }).click()
  await expectInTimeline(page, done)
}

/** Sends a message to the channel or the status page. */
export async function tell(page: Page, channel: 'Incident channel' | 'Status page', phase: string, text: string): Promise<void> {
  await showPanel(page, 'Messages')
  await page.getByRole('radio', { name: channel }).click()
  await page.getByRole('combobox', { name: 'Phase' }).selectOption({ label: phase })
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('')
}

/** Lets time pass, ten times as fast, until something is on the screen. */
export async function passUntil(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole('radio', { name: '10x' }).click()
  await expect(page.getByText(words).first()).toBeVisible({ timeout: 90_000 })
  await pauseClock(page)
}

/** Ends the shift with what it was. */
export async function handOver(page: Page, { cause, part, trigger }: Diagnosis): Promise<void> {
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: 'Hand over' })
  await dialog.getByRole('combobox', { name: 'What was it?' }).selectOption({ label: await labelOf(page, 'What was it?', cause) })
  await dialog.getByRole('combobox', { name: 'In which part?' }).selectOption(part)
  await dialog.getByRole('combobox', { name: 'What set it off?' }).selectOption(trigger)
  await dialog.getByRole('slider').focus()
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowRight')
  await dialog.getByRole('button', { name: 'End the shift' }).click()
  await expect(page.getByRole('heading', { name: 'Key times' })).toBeVisible(slow)
}

/** Reads each tab of the debrief, and leaves it on the first. */
export async function readDebrief(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Debrief' })
  await expect(page.getByRole('region', { name: 'What came of it' })).toBeVisible(slow)
  await tabs.getByRole('tab', { name: 'Cause' }).click()
  await expect(page.getByRole('region', { name: 'What you said, and what it was' }).getByRole('row').filter({ hasText: 'Right' })).toHaveCount(3)
  await tabs.getByRole('tab', { name: 'Timeline' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'the page' }).first()).toBeVisible()
  await tabs.getByRole('tab', { name: 'Replay' }).click()
  await page.getByRole('slider', { name: 'Moment of the shift' }).press('End')
  await expect(page.getByRole('region', { name: 'Up to this moment' })).toContainText('Handed over')
  await tabs.getByRole('tab', { name: 'Result' }).click()
}

/** Writes the cause into the postmortem and has it checked. */
export async function submitPostmortem(page: Page, rootCause: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Debrief' }).getByRole('tab', { name: 'Postmortem' }).click()
  const text = page.getByRole('textbox', { name: 'Your text' })
  await expect(text).toHaveValue(/## Root cause/)
  await text.fill((await text.inputValue()).replace('## Root cause', `## Root cause\n\n${rootCause}`))
  await page.getByRole('button', { name: 'Check answer' }).click()
  const checked = page.getByRole('region', { name: 'Checked against what happened' })
  await expect(checked.getByRole('listitem').filter({ hasText: 'Root cause: the part' })).toContainText('Met')
}
