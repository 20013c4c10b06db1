/** From the first start to a graded exercise, and back to it after the app was closed. */
import { expect, openWindow, startApp, test } from './app.ts'
import { checksPanel, rightIndex, sqlEditor, workspaceReady } from './workspace.ts'

test('a new learner is greeted, reads, answers, solves an exercise, and finds it all again', async ({ page, dataDir }) => {
  const first = await startApp(dataDir)
  await openWindow(page, first)
  const greeting = page.getByRole('dialog', { name: 'Welcome to Firedrill' })
  await greeting.getByLabel('Your name').fill('Ada')
  await greeting.getByRole('button', { name: 'Start chapter 1' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Thinking like a problem solver' })).toBeVisible()
  await expect(greeting).toBeHidden()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Chapters' }).click()
  await page.getByRole('main').getByRole('link', { name: /^Databases: query/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Databases/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Profile: Ada' })).toBeVisible()

  const check = page.getByRole('form', { name: /Which step comes first/ })
  await check.getByText('Compare the sum of the report with the sum of').click()
  await check.getByRole('button', { name: 'Check answer' }).click()
  await expect(check.getByText('Right', { exact: true }).first()).toBeVisible()

  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: /Five kinds of index/ }).click()
  await page.getByRole('main').getByRole('link', { name: /^Exercise One index, on the right table/ }).click()
  await workspaceReady(page)
  await sqlEditor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(rightIndex, { delay: 5 })
  await page.getByRole('button', { name: 'Check answer' }).click()
  await expect(checksPanel(page).getByText('Passed: 3 of 3 goals met, 100%')).toBeVisible()

  await page.getByRole('region', { name: 'Brief' }).getByRole('link', { name: /Five kinds of index/ }).click()
  const places = page.getByRole('navigation', { name: 'Places' })
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await expect(contents.locator('[aria-current]')).toContainText('Five kinds of index')
  await places.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByText(/^Chapter 7, section \d+ of \d+: Five kinds of index/)).toBeVisible()
  await page.goto('about:blank')
  expect(await first.stop()).toBe(0)

  const second = await startApp(dataDir)
  await openWindow(page, second)
  await expect(page.getByRole('heading', { level: 1, name: /Continue where you left off/ })).toBeVisible()
  await expect(greeting).toBeHidden()
  await page.getByRole('button', { name: /^Resume/ }).click()
  await expect(contents.locator('[aria-current]')).toContainText('Five kinds of index')
  await expect(page.getByRole('region', { name: 'Five kinds of index' })).toBeInViewport()
  await contents.getByRole('link', { name: /^Opening/ }).click()
  await expect(check.getByText('Right', { exact: true }).first()).toBeVisible()
  await expect(check.getByRole('button', { name: 'Answer again' })).toBeVisible()
  await places.getByRole('link', { name: 'Exercises' }).click()
  await expect(page.getByRole('row', { name: /One index, on the right table/ })).toContainText('Passed 100%')
  await page.goto('about:blank')
  expect(await second.stop()).toBe(0)
})

test('Home shows the path of fifteen chapters with the state of each', async ({ window }) => {
  const path = window.getByRole('region', { name: 'Chapters' }).getByRole('listitem')
  await expect(path).toHaveCount(15)
  await expect(path.nth(6)).toContainText(/^7Databases.*Not started$/)
  await expect(path.nth(0)).toContainText(/^1Thinking like a problem solver.*Not started$/)
  await path.nth(6).getByRole('link').click()
  await expect(window.getByRole('heading', { level: 1, name: /^Databases/ })).toBeVisible()
})

test('an exercise opened before its screen was ever loaded stays open', async ({ window: page }) => {
  let held = 0
  await page.route(/\/assets\/workspace-[^/]*\.js/, async (route) => {
    held += 1
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.getByRole('region', { name: 'Chapters' }).getByRole('link', { name: /Databases/ }).click()
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: /Five kinds of index/ }).click()
  await page.getByRole('main').getByRole('link', { name: /^Exercise One index, on the right table/ }).click()
  await workspaceReady(page)
  expect(held).toBe(1)
  expect(page.url()).toContain('/exercises/sql-right-index')
})
