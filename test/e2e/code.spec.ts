/** An exercise of writing code: types while writing, tests with what they saw, limits that hold, a grade that is kept. */
import type { GradeCheck } from '../../exercises/core/grade.ts'
import { CodeGrader } from '../../main/services/grading/code-grader.ts'
import { loadExercise } from '../../main/services/library/exercise-files.ts'
import { join } from 'node:path'
import { appRoot, expect, openHome, startApp, test, visit } from './app.ts'
import { barriers } from './axe.ts'
import { codeEditor, endlessFlight, endlessStep, openCode, proofOf, runTests, writeCode } from './code.ts'
import { copyApp } from './copied-app.ts'
import { checksPanel } from './workspace.ts'

const id = 'code-single-flight'

test('the compiler is in the editor: problems, hover, completion', async ({ window: page }) => {
  await openCode(page, id)
  await writeCode(page, `${proofOf(id, 'reference')}\nconst wait: number = 'soon'\nconst list = [1, 2, 3]\n`)
  const answer = page.getByRole('region', { name: 'Your answer' })
  await answer.getByRole('button', { name: '1 problem' }).click()
  const problem = page.getByRole('tabpanel', { name: /^Problems/ }).getByRole('button', { name: /Type 'string' is not assignable to type 'number'/ })
  await expect(problem).toContainText('TS2322')
  await expect(page.locator('.squiggly-error')).toHaveCount(1)
  await expect(page.getByRole('tab', { name: 'single-flight.ts 1 problem' })).toBeVisible()
  await problem.click()
  await expect(codeEditor(page)).toBeFocused()
  await page.locator('.squiggly-error').hover({ force: true })
  const hover = page.locator('.monaco-hover:not(.hidden)')
  await expect(hover).toContainText("Type 'string' is not assignable to type 'number'. (TS2322)")
  await expect(hover).toContainText('const wait: number')

  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('list.toSor')
  await expect(page.locator('.suggest-widget')).toContainText('toSorted')
  await page.keyboard.press('Escape')
  await expect(page.locator('.suggest-widget.visible')).toHaveCount(0)
  // The words of the sandbox and of the test kit are known, those of a page are not.
  await page.keyboard.type('\n// .\ndocument;')
  await expect(page.getByRole('tabpanel', { name: /^Problems/ })).toContainText("Cannot find name 'document'")

  await page.getByRole('tab', { name: 'single-flight.test.ts (given)' }).click()
  await codeEditor(page).focus()
  await page.keyboard.type('x')
  await expect(page.getByRole('region', { name: 'Your answer' }).getByText('This file is given')).toBeVisible()
})

test('a failing test shows its values, its place, its console and its schedule', async ({ window: page }) => {
  await openCode(page, id)
  await writeCode(page, proofOf(id, 'check-then-await').replace('run(', "run(").replace('{\n', "{\n  said = console.log('made')\n"))
  const panel = await runTests(page)
  const row = panel.getByRole('button', { name: /^Not met A thousand callers, one load/ })
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await expect(panel).toContainText('loads for 1,000 callers')
  await expect(panel.locator('dl')).toHaveText('Expected1Got1000')
  await expect(panel).toContainText("expect(database.calls.length, 'loads for 1,000 callers').toBe(1)")
  await expect(panel).toContainText('Console')
  await expect(panel.getByRole('figure', { name: 'A thousand callers, one load' }).locator('svg[id^="diagram"]')).toBeAttached()
  await panel.getByText(/^Timeline, /).click()
  await expect(panel.getByRole('table')).toContainText('database answers call 999')
  await panel.getByRole('button', { name: /^single-flight.test.ts, line/ }).click()
  await expect(page.getByRole('tab', { name: 'single-flight.test.ts (given)' })).toHaveAttribute('aria-selected', 'true')
  expect(await barriers(page)).toEqual([])
})

test('what does not end is ended, with its line, and the next answer passes and is kept', async ({ window: page }) => {
  await openCode(page, id)
  await writeCode(page, endlessFlight)
  const panel = await runTests(page)
  await expect(panel.getByRole('button', { name: /^Ran out of time/ })).toHaveCount(4)
  await expect(panel).toContainText('Stopped after 1,500,000 jumps and calls')
  await panel.getByRole('button', { name: /^single-flight.ts, line [456]/ }).click()

  await writeCode(page, endlessStep)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(checksPanel(page)).toContainText('it did not come to an end', { timeout: 30_000 })

  await writeCode(page, proofOf(id, 'reference'))
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 8 of 8 goals met, 100%')
  await page.getByRole('tab', { name: 'Attempts' }).click()
  await expect(page.getByRole('list', { name: 'Checked answers, newest first' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await visit(page, '/exercises')
  await expect(page.getByRole('link', { name: /One load for a thousand misses/ }).locator('..').locator('..')).toContainText('100%')
  await openCode(page, id)
  await expect(page.locator('.view-lines')).toContainText('#flights')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Reset the answer to its start' }).click()
  await expect(page.locator('.view-lines')).not.toContainText('#flights')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.view-lines')).toContainText('#flights')
})

test('the window judges as Node does', async ({ window: page }) => {
  const { exercise } = loadExercise(join(appRoot, 'content'), id)
  if (exercise?.kind !== 'code') throw new Error(`${id} is no code exercise.`)
  const grader = new CodeGrader(exercise)
  await openCode(page, id)
  for (const answer of [exercise.starter, proofOf(id, 'remembers'), proofOf(id, 'removes-any'), endlessFlight, endlessStep, 'export class SingleFlight {}\n']) {
    await writeCode(page, answer)
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(checksPanel(page)).toContainText('goals met', { timeout: 30_000 })
    const graded = await grader.grade(answer)
    const evidence = await checksPanel(page).locator('li pre').allTextContents()
    const words = await checksPanel(page).locator('li').allTextContents()
    const given: GradeCheck[] = graded.ok ? graded.value.checks : []
    // What is not met stands first.
    const checks = [...given.filter(({ passed }) => !passed), ...given.filter(({ passed }) => passed)]
    expect(evidence).toEqual(checks.map((check) => check.evidence))
    expect(words.map((text) => text.startsWith('Met'))).toEqual(checks.map((check) => check.passed))
    await page.getByRole('tab', { name: 'Tests', exact: true }).click()
  }
  await grader.close()
})

test('an answer of several files is written in tabs', async ({ dataDir, page }) => {
  const copy = await copyApp()
  await copy.edit(`exercises/${id}/exercise.yaml`, (text) => text.replace('  - { name: single-flight.ts }', '  - { name: single-flight.ts }\n  - { name: flights.ts }'))
  await copy.edit(`exercises/${id}/starter.ts`, (text) => `//// single-flight.ts\n${text}\n//// flights.ts\nexport const flights = () => new Set()\n`)
  const app = await startApp(dataDir, { root: copy.root })
  await openHome(page, app)
  await openCode(page, id)
  await writeCode(page, proofOf(id, 'reference').replace('new Map<K, Promise<V>>()', 'flights<K, V>()').replace(/^/, "import { flights } from './flights.ts'\n"))
  await expect(page.getByRole('button', { name: /^\d problems?$/ })).toBeVisible()
  await page.getByRole('tab', { name: 'flights.ts', exact: true }).click()
  await writeCode(page, 'export const flights = <K, V>() => new Map<K, Promise<V>>()\n')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 8 of 8 goals met')
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await visit(page, '/')
  await openCode(page, id)
  await expect(page.locator('.view-lines')).toContainText("from './flights.ts'")
  await page.getByRole('tab', { name: 'flights.ts', exact: true }).click()
  await expect(page.locator('.view-lines')).toContainText('new Map')
  await page.close()
  await app.stop()
  await copy.remove()
})
