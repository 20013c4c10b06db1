/** An exercise of writing: template, outline, preview, checks, the model answer beside the text, the self-review. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, projectRoot, test, visit } from './app.ts'
import { barriers } from './axe.ts'
import { checksPanel, showTab } from './workspace.ts'

const id = 'document-slow-catalogue-update'
const proof = (name: string): Promise<string> => readFile(join(projectRoot, 'content', 'exercises', id, 'proof', name), 'utf8')

async function open(page: Page): Promise<void> {
  await visit(page, `/exercises/${id}`)
  await expect(page.getByRole('textbox', { name: 'Your text' })).toBeVisible()
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your text' }).fill(text)
}

async function violations(page: Page): Promise<string[]> {
  return barriers(page)
}

test('the outline counts what is there, jumps to it, and adds what is missing', async ({ window: page }) => {
  await open(page)
  const outline = page.getByRole('navigation', { name: 'Sections of your text' })
  await expect(outline).toContainText('0 of 5 sections begun')
  const text = page.getByRole('textbox', { name: 'Your text' })
  const headings = async (): Promise<readonly string[]> => (await text.inputValue()).match(/^#+ .*$/gm) ?? []
  const before = await headings()
  await outline.getByRole('button', { name: /^Actions/ }).press('Enter')
  // Nothing is selected, so what is typed takes the place of nothing.
  expect(await text.evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart)).toBe(0)
  await page.keyboard.insertText('- Jonas: watch the p99, until 10:20 UTC')
  expect(await headings()).toEqual(before)
  await expect(outline.getByRole('button', { name: /^Actions/ })).toContainText('7 words')
  await expect(outline).toContainText('1 of 5 sections begun')

  await write(page, '## Status\nopen\n')
  await expect(outline.getByRole('button', { name: /^Impact/ })).toContainText('add')
  await outline.getByRole('button', { name: /^Impact/ }).click()
  await page.keyboard.insertText('18% of page views are slow.')
  await expect(page.getByRole('textbox', { name: 'Your text' })).toHaveValue('## Status\nopen\n\n## Impact\n18% of page views are slow.')

  await page.getByRole('radio', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview of your text' })
  await expect(preview.getByRole('heading', { name: 'Impact' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('radio', { name: 'Write' }).click()
  await expect(page.getByRole('textbox', { name: 'Your text' })).toBeVisible()
})

test('a blaming word is pointed at, and the model answer opens only after a pass', async ({ window: page }) => {
  await open(page)
  await write(page, await proof('blame.md'))
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('"forgot" in line 8')
  await checksPanel(page).getByRole('button', { name: 'Go to line 8' }).click()
  await expect(page.getByRole('textbox', { name: 'Your text' })).toBeFocused()
  await expect(await showTab(page, 'Model answer')).toContainText('still closed')

  await write(page, await proof('leads.md'))
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 8 of 8 goals met, 100%')
  const model = await showTab(page, 'Model answer')
  const impact = model.getByRole('region', { name: 'Impact' })
  await expect(impact).toContainText('Nearly one in five')
  await expect(impact).toContainText('About 18%', { ignoreCase: true })
  await expect(impact.locator('mark').first()).toBeVisible()
  expect(await violations(page)).toEqual([])

  const review = await showTab(page, 'Self-review')
  await expect(review.getByRole('region', { name: 'Checked by machine' })).toContainText('They decide the score')
  const question = review.getByRole('radiogroup', { name: /^Which sentence would nobody miss/ })
  await question.getByRole('radio', { name: 'Partly' }).click()
  await expect(review).toContainText('1 of 4 answered')
  expect(await violations(page)).toEqual([])

  await page.waitForTimeout(600)
  await visit(page, '/')
  await open(page)
  await expect((await showTab(page, 'Self-review')).getByRole('radiogroup', { name: /^Which sentence would nobody miss/ }).getByRole('radio', { name: 'Partly' })).toBeChecked()
  await expect(await showTab(page, 'Model answer')).toContainText('Yours')
})
