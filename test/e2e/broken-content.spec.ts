/** A file that an author broke takes down nothing but itself, and the app says where to look. */
import { expect, openHome, openWindow, startApp, test as base, visit } from './app.ts'
import { copyApp } from './copied-app.ts'
import type { CopiedApp } from './copied-app.ts'
import { answerOpeningCheck, openExercise } from './workspace.ts'

const chapterFile = 'chapters/07-databases/chapter.md'

const test = base.extend<{ copy: CopiedApp }>({
  // oxlint-disable-next-line no-empty-pattern
  copy: async ({}, provide) => {
    const copy = await copyApp()
    await provide(copy)
    await copy.remove()
  },
})

test('a chapter that does not compile is listed with file and line; the rest works; mended, nothing is lost', async ({ page, copy, dataDir }) => {
  const sound = await startApp(dataDir, { root: copy.root })
  await openHome(page, sound)
  await answerOpeningCheck(page)
  await page.goto('about:blank')
  await sound.stop()

  await copy.edit(chapterFile, (text) => text.replace('id: ch07', 'id: ch07\nwhatever: 3'))
  const broken = await startApp(dataDir, { root: copy.root })
  await openWindow(page, broken)
  await expect(page.getByRole('region', { name: 'Chapters' })).toContainText('Cannot be shown')
  await visit(page, '/chapters')
  const card = page.getByRole('article').filter({ hasText: 'does not compile' })
  await expect(card.getByText(/^chapters\/07-databases\/chapter\.md:\d+$/)).toBeVisible()
  await expect(card).toContainText('whatever')
  await expect(card).toContainText('Your progress in it is kept.')
  await visit(page, '/chapters/ch07')
  await expect(page.getByText(/^chapters\/07-databases\/chapter\.md:\d+$/)).toBeVisible()
  await openExercise(page, 'sql-right-index')
  await visit(page, '/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.goto('about:blank')
  await broken.stop()

  await copy.edit(chapterFile, (text) => text.replace('\nwhatever: 3', ''))
  const mended = await startApp(dataDir, { root: copy.root })
  await openWindow(page, mended)
  await visit(page, '/chapters/ch07/opening')
  await expect(page.getByRole('form', { name: /Which step comes first/ }).getByRole('button', { name: 'Answer again' })).toBeVisible()
  await page.goto('about:blank')
  await mended.stop()
})

test('a part with an error is left out, and the chapter around it can be read', async ({ page, copy, dataDir }) => {
  await copy.edit(chapterFile, (text) => text.replace('#unique-already type="choice"', '#unique-already type="guess"'))
  await copy.edit('exercises/sql-partial-index/exercise.yaml', () => 'nonsense: [')
  const app = await startApp(dataDir, { root: copy.root })
  await openHome(page, app)
  await visit(page, '/chapters')
  await expect(page.getByText(/^exercises\/sql-partial-index\/exercise\.yaml:\d+$/)).toBeVisible()
  await visit(page, '/chapters/ch07')
  await expect(page.getByRole('heading', { level: 1, name: /^Databases/ })).toBeVisible()
  const errors = page.getByText(/parts? of this chapter (has an error|have errors)/)
  await errors.click()
  await expect(page.getByText(/^chapters\/07-databases\/chapter\.md:\d+$/).first()).toBeVisible()
  await visit(page, '/exercises/sql-partial-index')
  await expect(page.getByText('This exercise cannot be opened', { exact: true })).toBeVisible()
  await visit(page, '/exercises')
  await expect(page.getByRole('row', { name: /One index, on the right table/ })).toBeVisible()
  await page.goto('about:blank')
  await app.stop()
})
