/** A passage is highlighted by keys, another noted by pointer; both are found, changed, taken along and removed. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { expect, test, visit } from './app.ts'
import { barriers } from './axe.ts'

async function highlights(page: Page, name: string): Promise<string[]> {
  return page.evaluate((kind) => [...(CSS.highlights.get(kind)?.values() ?? [])].map(String), name)
}

test('highlights and notes', async ({ window: page }) => {
  await visit(page, '/chapters/ch07/limits')
  const paragraph = page.locator('[data-section="limits"] [data-block="0"]')
  await expect(paragraph).toBeVisible()

  await paragraph.focus()
  await page.keyboard.press('h')
  await expect.poll(() => highlights(page, 'reader-mark')).toHaveLength(1)
  expect((await highlights(page, 'reader-mark'))[0]).toBe((await paragraph.textContent())?.trim())

  const second = page.locator('[data-section="limits"] [data-block][data-kind="p"]').nth(1)
  await second.scrollIntoViewIfNeeded()
  await second.locator('p').first().dblclick({ position: { x: 20, y: 10 } })
  const word = await page.evaluate(() => document.getSelection()?.toString().trim() ?? '')
  expect(word).not.toBe('')
  await page.getByRole('toolbar', { name: 'Selected text' }).getByRole('button', { name: 'Note' }).click()
  const dialog = page.getByRole('dialog', { name: 'Note' })
  await expect(dialog).toContainText(word)
  await dialog.getByLabel('Your words').fill('Ask Ana about this')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => highlights(page, 'reader-note')).toEqual([word])
  await expect(page.getByRole('button', { name: /Ask Ana about this/ })).toBeVisible()

  await visit(page, '/notes')
  await expect(page.getByText('2 in all')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('Search notes').fill('ana ask')
  await expect(page.getByText('1 of 2')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as Markdown' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain(`> ${word}\n\nAsk Ana about this`)

  await page.getByRole('button', { name: /^Remove the note/ }).click()
  await expect(page.getByText('0 of 1')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('1 of 2')).toBeVisible()
  await page.getByRole('link', { name: 'Five ways to be the slowest part' }).click()
  await expect.poll(() => highlights(page, 'reader-note')).toEqual([word])
})
