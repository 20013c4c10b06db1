/** Theme, reading size and motion: held at once, kept with the profile. */
import { expect, openWindow, startApp, test, visit } from './app.ts'

test('theme, reading size and motion hold at once and survive a restart', async ({ window: page, app, dataDir }) => {
  await visit(page, '/settings')
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const theme = page.getByRole('radiogroup', { name: 'Theme' })
  await theme.getByText('Light').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  const light = await background()
  await theme.getByText('Dark').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await background()).not.toBe(light)

  await page.getByRole('radiogroup', { name: 'Reading size in pixels' }).getByText('20').click()
  const preview = page.getByText('A connection is busy for as long as it is held.')
  await expect(preview).toHaveCSS('font-size', '20px')
  await page.getByRole('radiogroup', { name: 'Motion' }).getByText('Reduced').click()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')

  // What the host is asked after the choice was sent, it answers after it has kept the choice.
  await visit(page, '/chapters/ch07')
  await expect(page.getByText(/^Monday, 09:04/)).toBeVisible()
  await page.goto('about:blank')
  await app.stop()
  const again = await startApp(dataDir)
  await openWindow(page, again)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  await visit(page, '/chapters/ch07')
  await expect(page.getByText(/^Monday, 09:04/)).toHaveCSS('font-size', '20px')
  await page.goto('about:blank')
  await again.stop()
})

test('the theme and the motion of the system are followed, also when they change', async ({ window: page }) => {
  const longestTransition = (): Promise<number> =>
    page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].flatMap((element) => getComputedStyle(element).transitionDuration.split(',').map(parseFloat))))
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'no-preference' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await longestTransition()).toBeGreaterThan(0)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect.poll(longestTransition).toBe(0)
})

test('the palette changes the theme and the reading size', async ({ window: page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  for (const [words, expected] of [['dark theme', 'dark'], ['light theme', 'light']] as const) {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox').fill(words)
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', expected)
  }
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('reading text larger')
  await page.keyboard.press('Enter')
  await visit(page, '/settings')
  await expect(page.getByRole('radio', { name: '18' })).toBeChecked()
})
