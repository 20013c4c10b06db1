/** Damaged files and folders that cannot be written: said plainly, and nothing is lost that can be kept. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, openHome, openWindow, startApp, test, visit } from './app.ts'
import { answerOpeningCheck } from './workspace.ts'

test('a damaged progress file is set aside, the backup restored, and the learner told', async ({ window: page, app, dataDir }) => {
  await answerOpeningCheck(page)
  await visit(page, '/settings')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText(/^Made by you/)).toBeVisible()
  await page.goto('about:blank')
  expect(await app.stop()).toBe(0)

  const file = join(dataDir, 'firedrill.db')
  writeFileSync(file, Buffer.alloc(readFileSync(file).length, 'damaged '))
  const again = await startApp(dataDir)
  await openWindow(page, again)
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('Your progress file was damaged. It is kept as firedrill.damaged-')
  await expect(notice).toContainText(/The backup of .* UTC was restored/)
  expect(readdirSync(dataDir).some((name) => name.startsWith('firedrill.damaged-'))).toBe(true)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).not.toContainText('damaged')
  await visit(page, '/chapters/ch07/opening')
  await expect(page.getByRole('form', { name: /Which step comes first/ }).getByRole('button', { name: 'Answer again' })).toBeVisible()
  await page.goto('about:blank')
  await again.stop()
})

test('a folder that cannot be written: work is kept in memory, said so, and written when it can be', async ({ page, dataDir }) => {
  const inTheWay = join(dataDir, 'file')
  writeFileSync(inTheWay, '')
  const app = await startApp(join(inTheWay, 'data'))
  await openHome(page, app)
  const check = await answerOpeningCheck(page)
  const status = page.getByRole('contentinfo', { name: 'Status bar' })
  await expect(status).toContainText(/in memory/)
  await expect(page.getByRole('alert')).toContainText(/memory/)
  await expect(check.getByText('Right', { exact: true }).first()).toBeVisible()

  rmSync(inTheWay)
  await expect(status).toContainText('Saved on this computer', { timeout: 20_000 })
  await page.goto('about:blank')
  expect(await app.stop()).toBe(0)
  const again = await startApp(join(inTheWay, 'data'))
  await openWindow(page, again)
  await visit(page, '/chapters/ch07/opening')
  await expect(check.getByRole('button', { name: 'Answer again' })).toBeVisible()
  await page.goto('about:blank')
  await again.stop()
})
