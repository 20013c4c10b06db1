/** Steps of the placement test that several specs take. */
import type { Page } from 'playwright/test'
import { expect } from './app.ts'

/** Answers "I do not know" from question `first`, which is on screen, to the last. */
export async function answerPlacement(page: Page, first: number): Promise<void> {
  for (let number = first; number <= 30; number += 1) {
    await expect(page.getByRole('heading', { level: 2, name: `Question ${String(number)} of 30` })).toBeFocused()
    await page.keyboard.press('u')
  }
  await expect(page.getByRole('heading', { level: 1, name: 'Placement test: result' })).toBeVisible()
}
