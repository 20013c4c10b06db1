/** What a learner does in a `code` exercise. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'
import { appRoot, visit } from './app.ts'

/** Loading the compiler, on a busy machine. */
const openTimeout = { timeout: 30_000 }

/** Opens an exercise and waits until the compiler has said something. */
export async function openCode(page: Page, id: string): Promise<void> {
  await visit(page, `/exercises/${id}`)
  await expect(codeEditor(page)).toBeAttached(openTimeout)
  await expect(page.getByRole('region', { name: 'Your answer' }).getByText(/^(No problems|\d+ problems?)$/).last()).toBeVisible(openTimeout)
}

export function codeEditor(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Code editor/ })
}

/** Replaces what the editor holds by a paste over everything: typing would close brackets by itself. */
export async function writeCode(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await codeEditor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+v')
}

/** A proof of an exercise, by the name of its file. */
export function proofOf(id: string, name: string): string {
  return readFileSync(join(appRoot, 'content', 'exercises', id, 'proof', `${name}.ts`), 'utf8')
}

/** Runs the tests that are shown, and waits for their end. */
export async function runTests(page: Page): Promise<Locator> {
  await page.keyboard.press('Alt+Enter')
  const panel = page.getByRole('tabpanel', { name: 'Tests', exact: true })
  await expect(panel).toContainText(/\d+ of \d+ met|Does not compile/, openTimeout)
  return panel
}

/** An answer to `code-single-flight` that never ends, in its line 5. */
export const endlessFlight = `export class SingleFlight<K, V> {
  run(key: K, load: () => Promise<V>): Promise<V> {
    let turns = 0
    while (true) {
      turns += 1
    }
  }
  forget(key: K): void {}
}
`

/** One whose single step of the engine's own never ends: only its thread can be ended. */
export const endlessStep = `export class SingleFlight<K, V> {
  run(key: K, load: () => Promise<V>): Promise<V> {
    Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
    return load()
  }
  forget(key: K): void {}
}
`
