/** Progress leaves, enters, is backed up, restored and reset, and nothing of it is lost on the way. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, openHome, startApp, test, visit } from './app.ts'
import { answerOpeningCheck, solveRightIndex } from './workspace.ts'

/** Expects the solved exercise to be listed as passed, or as never tried. */
async function expectExercise(page: Page, state: 'Passed 100%' | 'Not tried'): Promise<void> {
  await visit(page, '/exercises')
  await expect(page.getByRole('row', { name: /One index, on the right table/ })).toContainText(state)
}

test('an export enters a fresh data folder, once', async ({ window: page, browser }) => {
  await solveRightIndex(page)
  await visit(page, '/settings')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.jsonl$/)

  const folder = await mkdtemp(join(tmpdir(), 'firedrill-e2e-'))
  const other = await startApp(folder)
  const elsewhere = await browser.newPage()
  await openHome(elsewhere, other)
  await expectExercise(elsewhere, 'Not tried')
  await visit(elsewhere, '/settings')
  const picker = elsewhere.getByLabel('File to import')
  await picker.setInputFiles(await file.path())
  const report = elsewhere.getByRole('dialog', { name: 'Imported' })
  await expect(report).toContainText(/[1-9]\d* added, 0 were here already, 0 left out/)
  await elsewhere.keyboard.press('Escape')
  await picker.setInputFiles(await file.path())
  await expect(report).toContainText(/0 added, [1-9]\d* were here already/)
  await elsewhere.keyboard.press('Escape')
  await expectExercise(elsewhere, 'Passed 100%')
  await elsewhere.close()
  await other.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a file that is no export is refused; lines that are no events are left out and named', async ({ window: page }) => {
  await visit(page, '/settings')
  const picker = page.getByLabel('File to import')
  const give = (text: string): Promise<void> => picker.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await give('{"nonsense":1}\nnot json\n')
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Nothing was imported.')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [header = ''] = (await readFile(await (await download).path(), 'utf8')).split('\n')
  await give(`${header}\n{"nonsense":1}\nnot json\n`)
  const report = page.getByRole('dialog', { name: 'Imported, with lines left out' })
  await expect(report).toContainText('2 left out')
  await expect(report).toContainText('Line 2:')
  await expect(report).toContainText('Line 3:')
})

test('a backup is restored, and the restore can be taken back', async ({ window: page }) => {
  await solveRightIndex(page)
  await visit(page, '/settings')
  const backups = page.getByRole('region', { name: 'Backups' })
  await backups.getByRole('button', { name: 'Back up now' }).click()
  await expect(backups.getByText(/^Made by you/)).toHaveCount(1)

  await page.getByRole('region', { name: 'Reset progress' }).getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
  await expectExercise(page, 'Not tried')

  await visit(page, '/settings')
  const restore = async (kind: RegExp): Promise<void> => {
    await backups.getByText(kind).first().locator('xpath=ancestor::*[.//button][1]').getByRole('button', { name: /^Restore/ }).click()
    await page.getByRole('dialog', { name: /^Restore/ }).getByRole('button', { name: 'Restore', exact: true }).click()
  }
  await restore(/^Made by you/)
  await expect(backups.getByText(/^Before a restore/)).toHaveCount(1)
  await expectExercise(page, 'Passed 100%')
  await visit(page, '/settings')
  await restore(/^Before a restore/)
  await expect(backups.getByText(/^Before a restore/)).toHaveCount(2)
  await expectExercise(page, 'Not tried')
})

test('a reset asks, hides, and can be undone at once or later', async ({ window: page }) => {
  await solveRightIndex(page)
  await answerOpeningCheck(page)
  await visit(page, '/settings')
  const resets = page.getByRole('region', { name: 'Reset progress' })
  const question = page.getByRole('dialog', { name: /^Reset progress in/ })
  await resets.getByLabel('What to reset').selectOption({ label: 'One index, on the right table' })
  await resets.getByRole('button', { name: 'Reset', exact: true }).click()
  await question.getByRole('button', { name: 'Reset', exact: true }).click()
  await expectExercise(page, 'Not tried')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectExercise(page, 'Passed 100%')

  await visit(page, '/settings')
  await resets.getByLabel('What to reset').selectOption({ label: 'The whole course' })
  await resets.getByRole('button', { name: 'Reset', exact: true }).click()
  await question.getByRole('button', { name: 'Reset', exact: true }).click()
  await expect(resets.getByRole('button', { name: 'Undo this reset' })).toBeVisible()
  await page.reload()
  await expectExercise(page, 'Not tried')
  await visit(page, '/settings')
  await resets.getByRole('button', { name: 'Undo this reset' }).click()
  await expectExercise(page, 'Passed 100%')
  await visit(page, '/chapters/ch07')
  await expect(page.getByRole('form', { name: /Which step comes first/ }).getByRole('button', { name: 'Answer again' })).toBeVisible()
})
