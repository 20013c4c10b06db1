/** An exercise of judgement, decided without a pointer. */
import { expect, test, visit } from './app.ts'
import { barriers } from './axe.ts'
import { checksPanel } from './workspace.ts'

test('a decision is taken by keyboard alone, and is kept', async ({ window: page }) => {
  await visit(page, '/exercises/decision-slow-report')
  const questions = page.getByRole('region', { name: 'Questions' })
  const press = async (name: string | RegExp): Promise<void> => {
    await questions.getByRole('button', { name }).focus()
    await page.keyboard.press('Enter')
  }
  await press(/^Look, \d+ min: Print the plan/)
  await expect(questions.getByText('SCAN i', { exact: false }).first()).toBeVisible()
  await press(/^Look, \d+ min: Count the orders/)
  await press(/^Look, \d+ min: Count the rows/)
  await expect(questions).toContainText('5 of 8 minutes spent')

  await questions.getByRole('slider', { name: /reads every item/ }).focus()
  await page.keyboard.press('End')
  await expect(questions).toContainText('Sums to 100%')
  await questions.getByRole('textbox', { name: 'Number' }).focus()
  await page.keyboard.type('1900')
  await questions.getByRole('combobox', { name: 'Unit' }).focus()
  await page.keyboard.press('r')

  await press(/^Leave out: Create the four/)
  await press(/^Leave out: Restart/)
  // Ship is first: it goes to the end, and the focus goes along.
  await questions.getByRole('button', { name: 'Move down: Ship the change' }).focus()
  for (let moves = 0; moves < 4; moves += 1) await page.keyboard.press('Alt+ArrowDown')
  await questions.getByRole('button', { name: /^Move up: Write down/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(checksPanel(page)).toContainText('Passed: 4 of 4 goals met, 100%')
  await expect(checksPanel(page)).toContainText('499,377 / 263')

  expect(await barriers(page)).toEqual([])

  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await visit(page, '/')
  await visit(page, '/exercises/decision-slow-report')
  await expect(questions).toContainText('5 of 8 minutes spent')
  await expect(questions.getByRole('textbox', { name: 'Number' })).toHaveValue('1900')
})
