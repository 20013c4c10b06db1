/** Everything can be reached and done without a pointer. */
import { expect, test } from './app.ts'
import { checksPanel, rightIndex, sqlEditor, workspaceReady } from './workspace.ts'

test('from Home to a graded exercise by keyboard alone', async ({ window: page }) => {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Pages and actions' }).waitFor()
  await page.keyboard.type('one index, on the right')
  await expect(page.getByRole('option').first()).toContainText('One index, on the right table')
  await page.keyboard.press('Enter')
  await workspaceReady(page)

  await page.keyboard.press('Alt+1')
  await expect(sqlEditor(page)).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(rightIndex)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page).getByText('Passed: 3 of 3')).toBeVisible()

  // The way out of the editor is written under it.
  await expect(page.getByText('to leave with Tab')).toBeVisible()
  await page.keyboard.press('Control+m')
  await expect(page.getByText('Tab leaves the editor.', { exact: false }).last()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Check answer' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tab', { name: 'Checks' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'History' })).toBeFocused()
})

test('j, k, n and p walk a chapter; ? lists the keys; g goes to places', async ({ window: page }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1, name: 'Chapters' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('main').getByRole('link', { name: /^Thinking like/ })).toBeFocused()
  await page.keyboard.press('Enter')

  const current = page.getByRole('navigation', { name: 'Contents' }).locator('[aria-current]')
  await expect(current).toContainText('Opening')
  await page.keyboard.press('n')
  await expect(current).toContainText('Which kind of problem is it?')
  await page.keyboard.press('n')
  await expect(current).toContainText('Follow the wait upwards')
  await page.keyboard.press('p')
  await expect(current).toContainText('Which kind of problem is it?')

  const main = page.getByRole('main')
  const top = (): Promise<number> => main.evaluate((element) => element.scrollTop)
  const before = await top()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(top).toBeGreaterThan(before)
  const further = await top()
  await page.keyboard.press('k')
  await expect.poll(top).toBeLessThan(further)

  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys of this view' })
  await expect(keys.getByText('Go to the next section')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page.getByRole('heading', { level: 1, name: /^Good/ })).toBeVisible()
})

test('F6 walks the regions, Ctrl+B and Ctrl+I hide and show the panes', async ({ window: page }) => {
  await page.getByRole('region', { name: 'Chapters' }).getByRole('link', { name: /Databases/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Databases/ })).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  const seen = new Set<string>()
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('F6')
    seen.add(await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'] ?? 'none'))
  }
  expect([...seen].sort()).toEqual(['inspector', 'main', 'rail', 'sidebar', 'status'])
  for (const [key, name] of [['b', 'Sidebar'], ['i', 'Inspector']] as const) {
    const pane = page.getByRole('complementary', { name })
    await expect(pane).toBeVisible()
    await page.keyboard.press(`ControlOrMeta+${key}`)
    await expect(pane).toBeHidden()
    await page.keyboard.press(`ControlOrMeta+${key}`)
    await expect(pane).toBeVisible()
  }
})

test('single keys sleep while typing and can be turned off', async ({ window: page }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const filter = page.getByRole('searchbox', { name: 'Filter by words' })
  await filter.waitFor()
  await page.keyboard.press('/')
  await expect(filter).toBeFocused()
  await page.keyboard.type('gh jk')
  await expect(filter).toHaveValue('gh jk')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('switch', { name: 'Single-letter keys' }).press('Space')
  await expect(page.getByRole('switch', { name: 'Single-letter keys' })).not.toBeChecked()
  await page.keyboard.press('?')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(page.getByRole('dialog', { name: 'Search pages and actions' })).toBeVisible()
})
