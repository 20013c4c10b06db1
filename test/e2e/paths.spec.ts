/** A learning path is chosen, shows its next step, and follows what is really done. */
import { expect, test, visit } from './app.ts'

test('a path is followed from Home, and a step that is done is ticked', async ({ window: page }) => {
  await visit(page, '/')
  const home = page.getByRole('region', { name: 'Learning path' })
  await home.getByRole('link', { name: 'Choose one' }).click()
  await page.getByRole('link', { name: 'Database week' }).click()
  await expect(page.getByRole('heading', { level: 2, name: /the opening$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Follow this path' }).click()
  await expect(page.getByRole('button', { name: 'Stop following' })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Next on your path')
  await expect(home).toContainText('Then: Five ways to be the slowest part')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page.getByRole('listitem').filter({ hasText: 'Database week' })).toContainText('Followed')
  await page.getByRole('link', { name: 'Database week' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Database week' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/chapters\/ch07\/opening$/)
  const place = page.getByRole('navigation', { name: 'Your learning path' })
  await expect(place).toContainText('Database week, Day 1: indexes, step 1 of')
  await place.getByRole('link', { name: 'Next in your path: Five ways to be the slowest part' }).click()
  await expect(page).toHaveURL(/chapters\/ch07\/limits$/)
})

test('a path that does not exist says so', async ({ window: page }) => {
  await visit(page, '/paths/nowhere')
  await expect(page.getByText('There is no path “nowhere”')).toBeVisible()
})
