/** Every screen of the app, each brought into the state in which a learner meets it. */
import type { Page } from 'playwright/test'
import { expect, visit } from './app.ts'
import { endlessFlight, openCode, proofOf, runTests, writeCode } from './code.ts'
import { answerPlacement } from './placement.ts'
import { answerOpeningCheck, checksPanel, openExercise, rightIndex, runSql, showTab, writeAnswer } from './workspace.ts'

export interface Screen {
  name: string
  /** Brings the window there; what earlier screens of the same list did stays done. */
  show(page: Page): Promise<void>
}

async function heading(page: Page, name: RegExp | string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Pages that are lists and forms. */
export const pages: readonly Screen[] = [
  { name: 'home', show: async (page) => (await visit(page, '/'), heading(page, /^Good/)) },
  { name: 'chapters', show: async (page) => (await visit(page, '/chapters'), heading(page, 'Chapters')) },
  { name: 'exercises', show: async (page) => (await visit(page, '/exercises'), heading(page, 'Exercises')) },
  { name: 'notes-empty', show: async (page) => (await visit(page, '/notes'), heading(page, 'Notes')) },
  { name: 'paths', show: async (page) => (await visit(page, '/paths'), heading(page, 'Learning paths')) },
  { name: 'path', show: async (page) => (await visit(page, '/paths/database-week'), heading(page, 'Database week')) },
  { name: 'placement', show: async (page) => (await visit(page, '/placement'), expect(page.getByText('two from each chapter')).toBeVisible()) },
  { name: 'placement-question', show: async (page) => (await page.keyboard.press('Enter'), expect(page.getByRole('radio')).toHaveCount(4)) },
  {
    name: 'placement-result',
    show: async (page) => {
      await answerPlacement(page, 1)
      await page.locator('summary').first().click()
      await expect(page.getByText('Right', { exact: true }).first()).toBeVisible()
    },
  },
  { name: 'templates', show: async (page) => (await visit(page, '/templates'), heading(page, 'Templates')) },
  { name: 'template', show: async (page) => (await visit(page, '/templates/hypothesis-card'), expect(page.getByRole('region', { name: 'Preview' })).toContainText('one sentence that can be wrong')) },
  { name: 'settings', show: async (page) => (await visit(page, '/settings'), heading(page, 'Settings')) },
  { name: 'about', show: async (page) => (await visit(page, '/about'), heading(page, 'About Firedrill')) },
  { name: 'not-found', show: async (page) => (await visit(page, '/nowhere'), expect(page.getByText('There is no such page')).toBeVisible()) },
]

/** Layers over Home; each must be closed with Escape. */
export const layers: readonly Screen[] = [
  {
    name: 'palette',
    show: async (page) => {
      await visit(page, '/')
      await heading(page, /^Good/)
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'keys',
    show: async (page) => {
      await visit(page, '/')
      await heading(page, /^Good/)
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keys of this view' })).toBeVisible()
    },
  },
]

/** The reader at places that look different. */
export const readerScreens: readonly Screen[] = [
  {
    name: 'chapter',
    show: async (page) => {
      await visit(page, '/chapters/ch07')
      await heading(page, /^Databases/)
    },
  },
  { name: 'chapter-answered', show: async (page) => void (await answerOpeningCheck(page)) },
  {
    name: 'chapter-diagram',
    show: async (page) => {
      await visit(page, '/chapters/ch07/tuning-loop-picture')
      await expect(page.getByRole('figure', { name: 'One change a round, and a way out' }).locator('svg[id^="diagram"]')).toBeVisible()
    },
  },
  {
    name: 'chapter-walkthrough',
    show: async (page) => {
      await visit(page, '/chapters/ch07/slow-report')
      const start = page.getByRole('button', { name: 'Start', exact: true })
      const look = page.getByRole('button', { name: 'Look', exact: true })
      await start.or(look).first().waitFor()
      if (await start.isVisible()) await start.click()
      await look.first().click()
      await expect(page.getByText('Looked at').first()).toBeVisible()
    },
  },
  {
    name: 'chapter-first',
    show: async (page) => {
      await visit(page, '/chapters/ch01')
      await expect(page.getByRole('heading', { level: 1, name: 'Thinking like a problem solver' })).toBeVisible()
    },
  },
  {
    name: 'appendix',
    show: async (page) => {
      await visit(page, '/chapters/apx-errata')
      await expect(page.getByRole('heading', { level: 1, name: 'What many guides get wrong' })).toBeVisible()
    },
  },
  {
    name: 'reference',
    show: async (page) => {
      await visit(page, '/reference')
      await expect(page.getByRole('link', { name: 'Glossary' })).toBeVisible()
    },
  },
  {
    name: 'glossary',
    show: async (page) => {
      await visit(page, '/glossary/percentile')
      await expect(page.getByText(/^[2-9][0-9]{2} terms/).first()).toBeVisible()
    },
  },
]

/** The workspace with each of its panels. */
export const workspaceScreens: readonly Screen[] = [
  { name: 'workspace', show: (page) => openExercise(page, 'sql-right-index') },
  {
    name: 'workspace-results',
    show: async (page) => {
      await runSql(page, 'SELECT id, user_id, created_at, status, total_cents FROM orders ORDER BY id LIMIT 5000;')
      await expect(page.getByRole('grid')).toBeVisible()
    },
  },
  {
    name: 'workspace-error',
    show: async (page) => {
      await runSql(page, 'SELECT id, user FROM orders;')
      await expect(page.getByText('SQLite refuses this statement')).toBeVisible()
    },
  },
  {
    name: 'workspace-plan',
    show: async (page) => {
      await writeAnswer(page, 'SELECT total_cents FROM orders WHERE user_id = 7 ORDER BY created_at;')
      await page.keyboard.press('ControlOrMeta+e')
      await expect(page.getByRole('treeitem').first()).toBeVisible()
    },
  },
  { name: 'workspace-schema', show: async (page) => void (await showTab(page, 'Schema')) },
  { name: 'workspace-history', show: async (page) => void (await showTab(page, 'History')) },
  {
    name: 'workspace-not-yet',
    show: async (page) => {
      await page.keyboard.press('ControlOrMeta+.')
      await writeAnswer(page, 'CREATE INDEX users_by_email ON users (email);')
      await page.keyboard.press('ControlOrMeta+Shift+Enter')
      await expect(checksPanel(page)).toContainText('Not yet', { timeout: 20_000 })
    },
  },
  {
    name: 'workspace-passed',
    show: async (page) => {
      await writeAnswer(page, rightIndex)
      await page.keyboard.press('ControlOrMeta+Shift+Enter')
      await expect(checksPanel(page)).toContainText('Passed', { timeout: 20_000 })
    },
  },
]

/** The workspace of an exercise that is written in TypeScript. */
export const codeScreens: readonly Screen[] = [
  { name: 'code', show: (page) => openCode(page, 'code-single-flight') },
  {
    name: 'code-problems',
    show: async (page) => {
      await writeCode(page, `${proofOf('code-single-flight', 'reference')}const attempts: number = 'three'\n`)
      await page.getByRole('button', { name: '1 problem' }).click()
    },
  },
  {
    name: 'code-failed',
    show: async (page) => {
      await writeCode(page, proofOf('code-single-flight', 'check-then-await'))
      const panel = await runTests(page)
      await expect(panel.locator('figure svg[id^="diagram"]')).toBeAttached()
    },
  },
  { name: 'code-diagram', show: (page) => page.locator('figure svg[id^="diagram"]').scrollIntoViewIfNeeded() },
  {
    name: 'code-limit',
    show: async (page) => {
      await writeCode(page, endlessFlight)
      await runTests(page)
    },
  },
  {
    name: 'code-not-yet',
    show: async (page) => {
      await writeCode(page, proofOf('code-single-flight', 'removes-any'))
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(checksPanel(page)).toContainText('Not yet', { timeout: 20_000 })
    },
  },
  {
    name: 'code-passed',
    show: async (page) => {
      await writeCode(page, proofOf('code-single-flight', 'reference'))
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(checksPanel(page)).toContainText('Passed: 8 of 8', { timeout: 20_000 })
    },
  },
]
