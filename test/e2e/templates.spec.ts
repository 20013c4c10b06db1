/** A template is filled in, kept, and taken along. */
import { readFile } from 'node:fs/promises'
import { expect, test, visit } from './app.ts'

test('a template is found, filled in and saved, and is there again', async ({ window: page }) => {
  await visit(page, '/reference')
  await page.getByRole('link', { name: 'Templates' }).click()
  await page.getByRole('link', { name: 'Problem statement' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Problem statement' })).toBeVisible()
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview).toContainText('[value now]')
  await page.getByLabel('Observed').fill('8 s')
  await page.getByLabel('Since').fill('09:00 UTC')
  await expect(preview).toContainText('is 8 s instead of [usual value], since 09:00 UTC')
  await expect(page.getByText('Kept', { exact: true })).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a file' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('problem-statement.md')
  expect(await readFile(await file.path(), 'utf8')).toContain('is 8 s instead of [usual value]')

  await page.reload()
  await expect(page.getByLabel('Observed')).toHaveValue('8 s')
  await page.getByRole('button', { name: 'Show the example' }).click()
  await expect(preview).toContainText('GET /products/{id}')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('Observed')).toHaveValue('8 s')
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByLabel('Observed')).toHaveValue('')
})

test('the palette opens a template', async ({ window: page }) => {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Pages and actions' }).fill('hypothesis card')
  await page.getByRole('option', { name: /Hypothesis card/ }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hypothesis card' })).toBeVisible()
})
