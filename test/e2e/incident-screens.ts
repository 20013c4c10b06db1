/** Screens of an incident, each brought into the state in which a learner meets it. The first opens the shift. */
import type { Page } from 'playwright/test'
import { expect, visit } from './app.ts'
import type { Screen } from './screens.ts'

/** Running the system up to the page, on a busy machine. */
const openTimeout = { timeout: 30_000 }

/** Starts a shift from the briefing, at a seed, with the clock standing still. */
export async function startShift(page: Page, incident: string, seed = 7): Promise<void> {
  await visit(page, `/incidents/${incident}`)
  await page.getByRole('textbox', { name: 'Seed' }).fill(String(seed))
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible(openTimeout)
  await pauseClock(page)
}

/** Pictures and reading want a world that stands still. */
export async function pauseClock(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Speed of the clock' }).getByRole('radio', { name: 'Paused' }).click()
}

/** Shows a panel of the room. */
export async function showPanel(page: Page, name: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Signals' }).getByRole('tab', { name, exact: true }).click()
}

export const incidentScreens: readonly Screen[] = [
  { name: 'incidents', show: async (page) => (await visit(page, '/incidents'), expect(page.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible()) },
  { name: 'briefing', show: async (page) => (await visit(page, '/incidents/pool-exhaustion'), expect(page.getByRole('button', { name: 'Start the shift' })).toBeVisible()) },
  { name: 'room-dashboards', show: async (page) => (await startShift(page, 'pool-exhaustion'), expect(page.getByRole('figure').first().locator('canvas')).toBeVisible(openTimeout)) },
  {
    name: 'room-metrics',
    show: async (page) => {
      await showPanel(page, 'Metrics')
      await page.getByRole('combobox', { name: 'PromQL' }).fill('sum by (state) (db_pool_connections{job="orders"})')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: '{state="used"}' })).toBeVisible(openTimeout)
    },
  },
  {
    name: 'room-logs',
    show: async (page) => {
      await showPanel(page, 'Logs')
      await page.getByRole('list', { name: 'Log lines' }).getByRole('button').first().click()
      await expect(page.getByRole('button', { name: 'Open the trace' })).toBeVisible(openTimeout)
    },
  },
  {
    name: 'room-trace',
    show: async (page) => {
      await page.getByRole('button', { name: 'Open the trace' }).click()
      await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible(openTimeout)
    },
  },
  { name: 'room-actions', show: async (page) => (await showPanel(page, 'Actions'), expect(page.getByRole('heading', { name: 'Near at hand' })).toBeVisible(openTimeout)) },
  {
    name: 'room-notebook',
    show: async (page) => {
      await showPanel(page, 'Notebook')
      await page.getByRole('button', { name: 'Add one' }).click()
      await expect(page.getByRole('combobox', { name: 'Cause' })).toBeVisible()
    },
  },
  { name: 'room-messages', show: async (page) => (await showPanel(page, 'Messages'), expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()) },
  { name: 'room-alerts', show: async (page) => (await showPanel(page, 'Alerts'), expect(page.getByRole('heading', { name: 'History' })).toBeVisible()) },
  { name: 'room-changes', show: async (page) => (await showPanel(page, 'Changes'), expect(page.getByRole('columnheader', { name: 'Who' })).toBeVisible()) },
  { name: 'room-own-panels', show: async (page) => (await showPanel(page, 'Dashboards'), await page.getByRole('combobox', { name: 'Dashboard' }).selectOption({ label: 'Your panels' }), expect(page.getByText('You have made no panel yet')).toBeVisible()) },
]
