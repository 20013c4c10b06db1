/** "My answer is right", from the button to the author's command line. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, node, projectRoot, test, visit } from './app.ts'
import { checksPanel, openExercise, writeAnswer } from './workspace.ts'

/** Goes through the dialog and gives back the file that was saved. */
async function saveReport(page: Page, reason: string): Promise<{ name: string; text: string }> {
  await checksPanel(page).getByRole('button', { name: 'My answer is right' }).click()
  const dialog = page.getByRole('dialog', { name: 'Why is your answer right?' })
  await expect(dialog.getByRole('button', { name: 'Save the file' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(reason)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the file' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Send the file to the author')
  const saved = await download
  return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), 'utf8') }
}

/** Puts files into a copy of one exercise's folder and runs `firedrill verify` on it. */
async function verifyWith(id: string, files: Record<string, string>): Promise<{ code: number; err: string }> {
  const contentDir = await mkdtemp(join(tmpdir(), 'firedrill-report-'))
  try {
    await cp(join(projectRoot, 'content', 'exercises', id), join(contentDir, 'exercises', id), { recursive: true })
    await cp(join(projectRoot, 'content', 'datasets'), join(contentDir, 'datasets'), { recursive: true })
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(contentDir, 'exercises', id, 'reports'), { recursive: true })
      await writeFile(join(contentDir, 'exercises', id, 'reports', name), text)
    }
    const script = `import { runCommandLine } from ${JSON.stringify(join(projectRoot, 'main', 'cli', 'index.ts'))}
process.exitCode = await runCommandLine(['verify', ${JSON.stringify(id)}], { workingDir: '.', contentDir: ${JSON.stringify(contentDir)}, print() {}, complain: (text) => console.error(text), progress() {} })`
    // A file, since the grader's workers inherit the flags of a script on the command line.
    const file = join(contentDir, 'verify.mjs')
    await writeFile(file, script)
    return await new Promise((resolve) => {
      execFile(node, [file], { cwd: projectRoot }, (error, _out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, err }))
    })
  } finally {
    await rm(contentDir, { recursive: true, force: true })
  }
}

const wrong = (text: string, because: string): string => JSON.stringify({ ...JSON.parse(text), answered: { verdict: 'wrong', because } }, null, 2)

test('a report on SQL fails the proof until the author answers it', async ({ window: page }) => {
  await openExercise(page, 'sql-right-index')
  await writeAnswer(page, 'CREATE INDEX orders_total ON orders (total_cents);')
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Not yet', { timeout: 20_000 })
  const { name, text } = await saveReport(page, 'The query is fast enough for me with this index.')
  expect(name).toBe('firedrill-sql-right-index-report.json')
  expect(JSON.parse(text)).toMatchObject({ exercise: 'sql-right-index', version: 1, reason: 'The query is fast enough for me with this index.', answer: 'CREATE INDEX orders_total ON orders (total_cents);', grade: { passed: false } })

  const open = await verifyWith('sql-right-index', { [name]: text })
  expect(open.code).toBe(1)
  expect(open.err).toContain(`The reported answer reports/${name} (version 1, "The query is fast enough for me with this index.") should pass`)
  expect(await verifyWith('sql-right-index', { [name]: wrong(text, 'The brief asks for orders of one customer.') })).toMatchObject({ code: 0 })
})

test('a report on a document does, and a right one passes as it stands', async ({ window: page }) => {
  const id = 'document-oversold-update'
  const text = await readFile(join(projectRoot, 'content', 'exercises', id, 'proof', 'no-owners.md'), 'utf8')
  await visit(page, `/exercises/${id}`)
  await page.getByRole('textbox', { name: 'Your text' }).fill(text)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  const report = await saveReport(page, 'Everybody in the channel knows who does what.')
  expect(JSON.parse(report.text)).toMatchObject({ exercise: id, answer: text })
  expect((await verifyWith(id, { [report.name]: report.text })).err).toContain('fails actions: Lacks an owner and a due date: line 11')
  const right = await readFile(join(projectRoot, 'content', 'exercises', id, 'proof', 'table.md'), 'utf8')
  expect(await verifyWith(id, { [report.name]: JSON.stringify({ ...JSON.parse(report.text), answer: right }) })).toMatchObject({ code: 0 })
})
