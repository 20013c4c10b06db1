/** Exercises in which one draws: written, drawn beside the text, judged as in Node, and nothing gets out of the picture. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { parse } from 'yaml'
import { gradeDiagram } from '../../exercises/kinds/diagram/grade.ts'
import { diagramExerciseSchema } from '../../exercises/kinds/diagram/schema.ts'
import { loadMermaidParser } from '../../main/validation/mermaid.ts'
import { expect, projectRoot, test, visit } from './app.ts'
import { barriers } from './axe.ts'
import { checksPanel } from './workspace.ts'

const exercises = join(projectRoot, 'content', 'exercises')
const contentFile = (id: string, name: string): Promise<string> => readFile(join(exercises, id, name), 'utf8')
const drawing = (page: Page): Locator => page.getByRole('region', { name: 'Your drawing' })
const editor = (page: Page): Locator => page.getByRole('textbox', { name: 'Mermaid editor' })

async function open(page: Page, id: string): Promise<void> {
  await visit(page, `/exercises/${id}`)
  await expect(editor(page)).toBeVisible({ timeout: 30_000 })
  await expect(drawing(page).getByRole('img')).toBeVisible({ timeout: 30_000 })
}

/** Replaces what the editor holds. Without indentation, since the editor indents what is typed. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text.replaceAll(/^[ \t]+/gm, ''))
}

async function check(page: Page): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  return checksPanel(page)
}

test('a diagram is drawn by keyboard, told what is wrong, and kept', async ({ window: page }) => {
  await open(page, 'diagram-product-page')
  await write(page, await contentFile('diagram-product-page', 'proof/nobody-fills.mmd'))
  await expect(drawing(page).getByText('Recommendation').first()).toBeVisible()
  await expect(await check(page)).toContainText('Not yet: 5 of 6 goals met', { timeout: 20_000 })
  await expect(checksPanel(page)).toContainText('Who fills the cache after a miss? I read: Product API -> Cache, "get" (line 10). Its words do not say that.')

  // An error keeps the last good drawing, and leads to its line.
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.insertText('\napi -> oops')
  await expect(drawing(page)).toContainText('An arrow of a flowchart has two dashes')
  await expect(drawing(page).getByRole('img')).toBeVisible()
  await drawing(page).getByRole('button', { name: /^Go to line/ }).press('Enter')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.insertText('api -->|store after a miss| cache')
  await expect(drawing(page).getByText('store after a miss').first()).toBeVisible()
  await expect(drawing(page)).not.toContainText('Not drawn yet')
  await expect(await check(page)).toContainText('Passed: 6 of 6 goals met', { timeout: 20_000 })

  await page.keyboard.press('Alt+3')
  const read = page.getByRole('region', { name: 'What the grader reads' })
  await expect(read).toContainText('Product database taken for the product database, a store, inside Product')
  await expect(read).toContainText('Product API -> Cache, "store after a miss"')
  await read.getByRole('button', { name: /store after a miss/ }).press('Enter')
  await expect(editor(page)).toBeFocused()

  expect(await barriers(page)).toEqual([])

  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await visit(page, '/')
  await open(page, 'diagram-product-page')
  await expect(drawing(page).getByText('store after a miss').first()).toBeVisible()
})

test('pieces are inserted, names are completed, and a step is undone', async ({ window: page }) => {
  await open(page, 'diagram-deadlock')
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+End')
  await page.getByRole('button', { name: 'Insert' }).press('Enter')
  await page.getByRole('menuitem', { name: /^Alternatives/ }).press('Enter')
  await expect(drawing(page).getByText('when it is so').first()).toBeVisible()
  await editor(page).focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(drawing(page).getByText('when it is so')).toHaveCount(0)

  await write(page, 'flowchart LR\npayment --> ledger')
  await page.keyboard.press('Enter')
  await page.keyboard.type('ledger --> pay')
  await page.keyboard.press('ControlOrMeta+Space')
  await expect(page.locator('.suggest-widget.visible')).toContainText('payment')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(drawing(page)).toContainText('2 nodes and 2 arrows')
})

test('Enter after a whole word is a new line, whatever completion offers', async ({ window: page }) => {
  await open(page, 'diagram-product-page')
  await write(page, 'flowchart LR')
  for (const line of ['api[API]', 'subgraph product [Product]', 'api --> cache', 'end', 'api --> cache', 'api --> rec']) {
    await page.keyboard.press('Enter')
    await page.keyboard.type(line, { delay: 40 })
    await page.waitForTimeout(300)
  }
  await expect(drawing(page)).toContainText('3 nodes and 3 arrows')
})

test('a text that does not parse is said once, and judges no goal', async ({ window: page }) => {
  await open(page, 'diagram-product-page')
  await write(page, 'flowchart LR\nsubgraph product [Product]\napi --> cache')
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  const panel = checksPanel(page)
  await expect(panel).toContainText('Not judged: the text has an error')
  await expect(panel.getByText(/1 block is opened and none closed/)).toHaveCount(1)
  await expect(panel).not.toContainText('sixth node')
})

test('the drawing is saved as SVG and PNG, and stands beside the worked answer', async ({ window: page }) => {
  await open(page, 'diagram-incident-lifecycle')
  for (const [name, starts] of [['Drawing as SVG', '<svg'], ['Drawing as PNG', '\u0089PNG']] as const) {
    await page.getByRole('button', { name: 'Save as' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()])
    const saved = await readFile(await download.path(), 'latin1')
    expect(saved.slice(0, starts.length)).toBe(starts)
  }
  await page.getByRole('button', { name: 'I am stuck' }).click()
  await page.getByRole('button', { name: 'Show the worked answer' }).click()
  const worked = page.getByRole('region', { name: 'Worked answer', exact: true })
  await expect(worked.getByText('Mitigation').first()).toBeVisible()
  await expect(drawing(page).getByText('Investigation').first()).toBeVisible()
})

test('a hostile text opens nothing, fetches nothing and changes nothing', async ({ window: page }) => {
  // Requests to another machine fail every test: see app.ts.
  await open(page, 'diagram-product-page')
  const refused: readonly [string, string][] = [
    ['flowchart LR\na --> b\nclick a href "javascript:document.title=1"', 'delete the click line'],
    ['%%{init: {"securityLevel": "loose", "theme": "forest"}}%%\nflowchart LR\na --> b', 'Settings in %%{ }%% are not taken here'],
    ['flowchart LR\na["<img src=https://example.org/x onerror=document.title=1>Cache"] --> b', 'is read as HTML'],
    ['flowchart LR\na --> __proto__', 'cannot draw something called __proto__'],
    ['flowchart LR\na@{ img: "https://example.org/a.png" } --> b', 'Images and icons are not taken here'],
    ['flowchart LR\na --> b\nstyle a fill:url(https://example.org/x)', 'Styles may set colours'],
    [`flowchart LR\n${Array.from({ length: 90 }, (_, index) => `n${String(index)}`).join(' & ')}`, '90 nodes'],
  ]
  for (const [text, words] of refused) {
    await write(page, text)
    await expect(drawing(page)).toContainText(words)
  }
  await write(page, 'flowchart LR\na["#lt;img src=https://example.org/x onerror=document.title=1#gt;Cache"] --> b["constructor"]')
  await expect(drawing(page)).toContainText('2 nodes and 1 arrows')
  await expect(drawing(page).getByText('onerror').first()).toBeVisible()
  await expect(drawing(page).locator('img, iframe, script, a, foreignObject')).toHaveCount(0)
  expect(await page.title()).not.toBe('1')
})

test('the window grades as Node does', async ({ window: page }) => {
  test.setTimeout(180_000)
  const parser = await loadMermaidParser()
  const ids = (await readdir(exercises)).filter((id) => id.startsWith('diagram-'))
  expect(ids.length).toBeGreaterThanOrEqual(7)
  for (const id of ids) {
    const exercise = diagramExerciseSchema.parse(parse(await contentFile(id, 'exercise.yaml')))
    await open(page, id)
    const proofs = [exercise.proof.alternatives[0], exercise.proof.wrong[0]?.file].map((file) => file?.replace('file:', '') ?? '')
    for (const file of proofs) {
      // The editor gets lines without indentation, and so does Node.
      const answer = (await contentFile(id, file)).replaceAll(/^[ \t]+/gm, '')
      await write(page, answer)
      const grade = await gradeDiagram(exercise, answer, parser)
      const panel = await check(page)
      await expect(panel).toContainText(`${grade.passed ? 'Passed' : 'Not yet'}: ${String(grade.checks.filter((one) => one.passed).length)} of ${String(grade.checks.length)} goals met`, { timeout: 20_000 })
      const evidence = await panel.locator('pre').allTextContents()
      // The panel draws what stands between backticks as code, without them, and what is not met first.
      expect(evidence, `${id} ${file}`).toEqual(grade.checks.toSorted((one, other) => Number(one.passed) - Number(other.passed)).map((one) => one.evidence.replaceAll('`', '')))
    }
  }
})
