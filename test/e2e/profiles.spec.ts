/** Several learners on one computer: each with progress and settings of their own. */
import type { Locator, Page } from 'playwright/test'
import { expect, test, visit } from './app.ts'
import { solveRightIndex } from './workspace.ts'

/** Adds a second profile in Settings and switches to it; returns the list of profiles. */
async function goOnAsGrace(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add a profile' }).click()
  await page.getByRole('dialog', { name: 'Add a profile' }).getByLabel('Name').fill('Grace')
  await page.keyboard.press('Enter')
  const profiles = page.getByRole('region', { name: 'Profiles' })
  await profiles.getByRole('button', { name: 'Switch to Grace' }).click()
  await expect(page.getByRole('button', { name: 'Profile: Grace' })).toBeVisible()
  return profiles
}

test('each profile has its own progress and settings; a removed one comes back', async ({ window: page }) => {
  await solveRightIndex(page)
  await visit(page, '/settings')
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click()
  const profiles = await goOnAsGrace(page)
  await expect(page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'System' })).toBeChecked()

  await visit(page, '/exercises')
  const row = page.getByRole('row', { name: /One index, on the right table/ })
  await expect(row).toContainText('Not tried')
  // From the status bar, as one does between two people.
  await page.getByRole('button', { name: 'Profile: Grace' }).click()
  await page.getByRole('menuitemcheckbox').or(page.getByRole('menuitemradio')).or(page.getByRole('menuitem')).first().click()
  await expect(row).toContainText('Passed 100%')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await visit(page, '/settings')
  await profiles.getByRole('button', { name: 'Remove Grace' }).click()
  await expect(profiles.getByText('Grace')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(profiles.getByRole('button', { name: 'Switch to Grace' })).toBeVisible()
})

test('a profile that is left alone is not greeted, and the removed one comes back', async ({ window: page }) => {
  await visit(page, '/settings')
  const profiles = await goOnAsGrace(page)
  await profiles.getByRole('button', { name: 'Remove Learner' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(profiles.getByRole('button', { name: 'Switch to Learner' })).toBeVisible()
})

test('a profile needs a name, and can be renamed', async ({ window: page }) => {
  await visit(page, '/settings')
  await page.getByRole('button', { name: /^Rename/ }).click()
  const naming = page.getByRole('dialog', { name: /^Rename/ })
  await naming.getByLabel('Name').fill('  ')
  await naming.getByRole('button', { name: 'Rename' }).click()
  await expect(naming).toContainText('A profile needs a name of 1 to 60 characters.')
  await naming.getByLabel('Name').fill('Ada')
  await naming.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('button', { name: 'Profile: Ada' })).toBeVisible()
})
