/** Exercises on a PostgreSQL server: sessions, waits, a deadlock, plans, grading, and nothing left behind. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright/test'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'
import { appRoot, expect, openHome, startApp, test, visit } from './app.ts'
import { barriers } from './axe.ts'
import { checksPanel, showTab } from './workspace.ts'

const found = findPostgres()
test.skip(!found.ok, found.ok ? '' : found.error)

/** The first start lays a cluster; the machine may be busy. */
const slow = { timeout: 40_000 }

const session = (page: Page, name: string): Locator => page.getByRole('region', { name: `Session ${name}`, exact: true })

async function openExercise(page: Page, id: string): Promise<void> {
  await visit(page, `/exercises/${id}`)
  await expect(page.getByRole('button', { name: /^Run/ }).first()).toBeEnabled(slow)
  await expect(page.locator('.monaco-editor').first()).toBeVisible(slow)
}

/** Replaces what a session's editor holds. */
async function write(place: Locator, page: Page, text: string): Promise<void> {
  await place.locator('.monaco-editor').getByRole('textbox').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

async function run(place: Locator, page: Page, text: string): Promise<void> {
  await write(place, page, text)
  await page.keyboard.press('ControlOrMeta+Enter')
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([])
}

const add = (amount: number, id: number): string => `UPDATE accounts SET balance = balance + ${String(amount)} WHERE id = ${String(id)}`

test('two sessions deadlock, and the graph shows the ring while it lasts and after', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const [a, b] = [session(page, 'A'), session(page, 'B')]
  const waits = await showTab(page, 'Waits')
  await expect(waits).toContainText('No session waits for another.')
  await run(a, page, `BEGIN; ${add(-30, 1)};`)
  await expect(a).toContainText('In transaction')
  await run(b, page, `BEGIN; ${add(-10, 2)};`)
  await expect(b).toContainText('In transaction')
  await run(a, page, `${add(30, 2)};`)
  await expect(a).toContainText('Waits for B')
  await expect(waits).toContainText('A waits for B: ShareLock on transaction')
  // A has looked for a ring by then and found none: the one that B closes lasts until B looks, 1 s later.
  await expect(a).toContainText(/Waits for B, [2-9] s/)
  await run(b, page, `${add(10, 1)};`)
  await expect(waits).toContainText(/Deadlock: [AB] waits for [AB] waits for [AB]\./)
  await expect(waits).toContainText(/PostgreSQL ended the statement of session [AB]/)
  // Which of the two is ended is PostgreSQL's choice.
  const isA = await a.getByText('40P01: deadlock detected').isVisible()
  const [victim, other] = isA ? [a, b] : [b, a]
  await expect(victim).toContainText('Transaction failed')
  await expect(victim).toContainText('run ROLLBACK')
  await expect(other).toContainText('UPDATE 1')
  await expectAccessible(page)
  await run(victim, page, 'ROLLBACK')
  await expect(victim).toContainText('Idle')
  await expect(waits).toContainText('No session waits for another.')
})

test('a wait is stopped with Escape, and a lost session is opened again', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const [a, b] = [session(page, 'A'), session(page, 'B')]
  await run(a, page, `BEGIN; ${add(-30, 1)};`)
  // Each session has a line of its own: B may else come first.
  await expect(a).toContainText('UPDATE 1')
  await run(b, page, `${add(10, 1)};`)
  await expect(b).toContainText('Waits for A')
  await page.keyboard.press('Escape')
  await expect(b).toContainText('57014: canceling statement due to user request')
  await run(b, page, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'A'")
  await expect(a).toContainText('Session lost')
  await run(a, page, 'SELECT sum(balance) FROM accounts')
  await expect(a.getByRole('grid')).toContainText('1000')
})

test('the steps of a demonstration are played one by one, and from the start again', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  await run(session(page, 'A'), page, 'DELETE FROM accounts')
  await expect(session(page, 'A')).toContainText('DELETE 3')
  const steps = await showTab(page, 'Steps')
  await expect(steps).toContainText('The database is reset first.')
  await expect(steps.getByRole('listitem').nth(1)).toContainText(/^2[A-D]/)
  await steps.getByRole('button', { name: 'Play the first step' }).click()
  await expect(steps).toContainText('It holds no lock on any row yet.')
  const next = steps.getByRole('button', { name: 'Next step' })
  for (const says of ['A writes row 1', 'Session B opens a transaction', 'One arrow: a wait, no deadlock.']) {
    await next.click()
    await expect(steps).toContainText(says)
  }
  await expect(steps).toContainText('Waits for session A')
  await expect(session(page, 'B')).toContainText('Waits for A')
  await next.click()
  await expect(session(page, 'B')).toContainText('UPDATE 1')
  await expectAccessible(page)
  await steps.getByRole('button', { name: 'Restart' }).click()
  await expect(steps).toContainText('0 of 6 played.')
})

test('a schedule is written by keyboard in a table, played, checked and kept', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const answer = await showTab(page, 'Answer')
  await answer.getByRole('button', { name: 'Delete step 3' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(answer.getByRole('textbox', { name: 'Statement of step 3' })).toHaveValue('BEGIN')
  await answer.getByRole('textbox', { name: 'Statement of step 3' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(answer.getByRole('combobox', { name: 'Session of step 2' })).toHaveValue('B')
  await answer.getByRole('textbox', { name: 'Statement of step 3' }).focus()
  const written = [['B', add(-10, 2)], ['A', add(30, 2)], ['B', add(10, 1)], ['A', 'COMMIT'], ['B', 'ROLLBACK']] as const
  for (const [index, [name, sql]] of written.entries()) {
    await page.keyboard.press('Enter')
    const step = String(4 + index)
    await expect(answer.getByRole('textbox', { name: `Statement of step ${step}` })).toBeFocused()
    await page.keyboard.type(sql)
    await answer.getByRole('combobox', { name: `Session of step ${step}` }).selectOption(name)
    await answer.getByRole('textbox', { name: `Statement of step ${step}` }).focus()
  }
  await expectAccessible(page)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 3 of 3 goals met, 100%', slow)
  await showTab(page, 'Answer')
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await visit(page, '/')
  await visit(page, '/exercises/pg-provoke-deadlock')
  await expect(answer.getByRole('textbox', { name: 'Statement of step 8' })).toHaveValue('ROLLBACK', slow)
  await expect((await showTab(page, 'Attempts')).getByText(/100%/).first()).toBeVisible()
})

test('a plan shows what was expected and what was seen, its pages, and where the planner was wrong', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const a = session(page, 'A')
  await run(a, page, "CREATE TABLE events AS SELECT g AS id, CASE WHEN g % 1000 = 0 THEN 'rare' ELSE 'common' END AS kind, g % 7 AS day FROM generate_series(1, 60000) AS g; CREATE INDEX ON events (id);")
  await expect(a).toContainText('2 statements')
  // Without ANALYZE the planner guesses.
  await write(a, page, "SELECT * FROM events WHERE kind = 'common' AND day < 6 ORDER BY id")
  await page.keyboard.press('ControlOrMeta+e')
  const plan = page.getByRole('tabpanel', { name: 'Plan' })
  const table = plan.getByRole('table', { name: 'Query plan, session A' })
  await expect(table).toContainText('on events')
  await expect(table).toContainText(/Estimate off [\d,.]+ times/)
  await expect(plan).toContainText(/\d+ pages of 8 KiB touched/)
  await expectAccessible(page)
  await write(a, page, 'DELETE FROM events')
  await page.keyboard.press('ControlOrMeta+e')
  await expect(plan).toContainText('Not run, because it changes rows.')
  await run(a, page, 'SELECT count(*) FROM events')
  await expect(a.getByRole('grid')).toContainText('60000')
  await write(a, page, "SELECT * FROM events WHERE id IN (SELECT 1 WHERE false) OR false AND day = 1 UNION ALL SELECT * FROM events WHERE false AND random() < 2 LIMIT 0")
  await page.keyboard.press('ControlOrMeta+e')
  await expect(table).toContainText('Never executed')
})

test('an answer of clients passes with the reference, and its parameters are bound in the sessions', async ({ window: page }) => {
  const reference = await readFile(join(appRoot, 'content', 'exercises', 'pg-last-item-update', 'proof', 'reference.sql'), 'utf8')
  await openExercise(page, 'pg-last-item-update')
  const b = session(page, 'B')
  await run(b, page, "SELECT 'customer ' || :customer AS bound")
  await expect(b.getByRole('grid')).toContainText('customer 2')
  await b.getByRole('textbox', { name: 'Value of :customer in session B' }).fill('17')
  await run(b, page, "SELECT 'customer ' || :customer AS bound")
  await expect(b.getByRole('grid')).toContainText('customer 17')
  const answer = await showTab(page, 'Answer')
  // On one line: the editor closes a bracket before a line break by itself.
  await write(answer, page, reference.replace(/\s*\n\s*/g, ' '))
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText(/Passed: (\d+) of \1 goals met, 100%/, { timeout: 60_000 })
})

test('settings change in their session only', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const settings = await showTab(page, 'Settings')
  await settings.getByRole('combobox', { name: 'lock_timeout in session B' }).selectOption('500ms')
  await expect(session(page, 'B')).toContainText('SET in ')
  await run(session(page, 'A'), page, `BEGIN; ${add(1, 1)};`)
  await expect(session(page, 'A')).toContainText('UPDATE 1')
  await run(session(page, 'B'), page, `${add(1, 1)};`)
  await expect(session(page, 'B')).toContainText('55P03: canceling statement due to lock timeout')
})

test('hostile statements end in a message, and the window goes on', async ({ window: page }) => {
  await openExercise(page, 'pg-provoke-deadlock')
  const a = session(page, 'A')
  await run(a, page, "COPY accounts TO PROGRAM 'id'")
  await expect(a).toContainText('42501: permission denied to COPY to or from an external program')
  await run(a, page, 'SELECT generate_series(1, 2000000000)')
  await expect(a).toContainText('54000: The result has more than 1,000,000 rows.', slow)
  await run(a, page, 'SELECT 42 AS still_here')
  await expect(a.getByRole('grid')).toContainText('42')
})

/** Servers whose watching shell was started by this process. */
async function serversOf(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=', '-ww'])
  const lines = stdout.split('\n').map((line) => line.trim())
  return lines.filter((line) => line.includes('firedrill-postgres') && line.split(/\s+/)[1] === String(pid))
}

const folderOf = (line: string | undefined): string => /(\/\S*firedrill-postgres-\w+)/.exec(line ?? '')?.[1] ?? ''

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed/] })
  test(`no process and no file stays after ${signal}`, async ({ dataDir, page }) => {
    const app = await startApp(dataDir)
    await openHome(page, app)
    await openExercise(page, 'pg-provoke-deadlock')
    const servers = await serversOf(app.process.pid ?? 0)
    expect(servers).toHaveLength(1)
    const folder = folderOf(servers[0])
    expect(existsSync(folder)).toBe(true)
    await run(session(page, 'A'), page, 'SELECT pg_sleep(10)')
    await expect(session(page, 'A')).toContainText('Runs')
    await app.stop(signal)
    await expect.poll(async () => (await promisify(execFile)('ps', ['-eo', 'args=', '-ww'])).stdout.includes(folder)).toBe(false)
    await expect.poll(() => existsSync(folder)).toBe(false)
    expect(await readdir(tmpdir())).not.toContain(basename(folder))
  })
}
