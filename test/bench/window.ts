/** What the learner waits for in the window: launch, chapters, the first diagram, and the memory of reading. */
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { startApp } from '../e2e/app.ts'
import type { Measurement } from './measure.ts'
import { percentile } from './measure.ts'

const chapter = '#/chapters/ch07'
const readable = '[data-chapter-text] h1, [data-chapter-text] h2'
const diagram = '[data-chapter-text] figure svg[role=img], [data-chapter-text] figure svg[aria-roledescription]'

export async function measureWindow(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'firedrill-bench-'))
  const executablePath = process.env['FIREDRILL_BROWSER']
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    await passGreeting(browser, dataDir)
    const cold = await withoutCompiledContent(() => launchMs(browser, dataDir))
    const launches: number[] = []
    for (let round = 0; round < 5; round += 1) launches.push(await launchMs(browser, dataDir))
    const reading = await measureReading(browser, dataDir)
    return [
      { id: 'launch-cold', what: 'The same without compiled content', unit: 'ms', value: cold, budget: null, bound: 'most', note: 'one launch; the host compiles the course' },
      { id: 'launch-warm', what: 'Start of the host to the first readable chapter, p50', unit: 'ms', value: percentile(launches, 0.5), budget: 1_500, bound: 'most', note: `browser host, by way of the home screen, ${launches.length} launches with a fresh browser context; worst ${Math.round(Math.max(...launches))} ms` },
      ...reading,
    ]
  } finally {
    await browser.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Puts the build's compiled content aside meanwhile. */
async function withoutCompiledContent<T>(work: () => Promise<T>): Promise<T> {
  const cache = join(import.meta.dirname, '..', '..', 'dist', 'content-cache')
  const aside = `${cache}-aside`
  await rename(cache, aside)
  try {
    return await work()
  } finally {
    await rm(cache, { recursive: true, force: true })
    await rename(aside, cache)
  }
}

/** Starts the host, opens the chapter and waits for its heading; ends the host. */
async function launchMs(browser: Browser, dataDir: string): Promise<number> {
  const started = performance.now()
  const app = await startApp(dataDir)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.goto(app.url)
    await page.locator('h1').first().waitFor()
    await page.evaluate((hash) => (location.hash = hash), chapter)
    await page.locator(readable).first().waitFor()
    return performance.now() - started
  } finally {
    await context.close()
    await app.stop()
  }
}

async function passGreeting(browser: Browser, dataDir: string): Promise<void> {
  const app = await startApp(dataDir)
  const page = await browser.newPage()
  await page.goto(app.url)
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('Bench')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.close()
  await app.stop()
}

async function measureReading(browser: Browser, dataDir: string): Promise<Measurement[]> {
  const app = await startApp(dataDir)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.goto(app.url)
    await page.locator('h1').first().waitFor()
    const firstDiagram = await firstDiagramMs(page)
    const switches: number[] = []
    for (let round = 0; round < 20; round += 1) switches.push(await switchMs(page))
    const session = await context.newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    await session.send('Performance.enable')
    const { metrics } = await session.send('Performance.getMetrics')
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? null
    return [
      { id: 'chapter-switch-p95', what: 'Chapter to chapter, p95', unit: 'ms', value: percentile(switches, 0.95), budget: 100, bound: 'most', note: `${switches.length} switches from the list of chapters; median ${Math.round(percentile(switches, 0.5))} ms` },
      { id: 'first-diagram', what: 'First Mermaid diagram of a launch, from the click on the chapter', unit: 'ms', value: firstDiagram, budget: 400, bound: 'most', note: 'drawn when it scrolls into view' },
      { id: 'reading-memory', what: 'JavaScript heap while reading', unit: 'MB', value: heap === null ? null : heap / 1024 ** 2, budget: 200, bound: 'most', note: 'after collection; the budget is for the whole process' },
    ]
  } finally {
    await context.close()
    await app.stop()
  }
}

/** Measured in the page, so that the driver's round trips are not counted. */
async function switchMs(page: Page): Promise<number> {
  await page.evaluate(() => (location.hash = '#/chapters'))
  await page.locator('[data-chapter-text]').waitFor({ state: 'detached' })
  return page.evaluate(untilShown, { hash: chapter, selector: readable })
}

async function firstDiagramMs(page: Page): Promise<number> {
  const openedMs = await page.evaluate(untilShown, { hash: chapter, selector: readable })
  const drawnMs = await page.evaluate(
    ({ selector }) =>
      new Promise<number>((resolve, reject) => {
        const started = performance.now()
        const look = (): void => {
          // Sections above are laid out late and push the figure away.
          document.querySelector('[data-chapter-text] figure')?.scrollIntoView({ block: 'center' })
          if (document.querySelector(selector) !== null) requestAnimationFrame(() => resolve(performance.now() - started))
          else if (performance.now() - started > 30_000) reject(new Error('No diagram was drawn in 30 s.'))
          else requestAnimationFrame(look)
        }
        look()
      }),
    { selector: diagram },
  )
  return openedMs + drawnMs
}

function untilShown({ hash, selector }: { hash: string; selector: string }): Promise<number> {
  return new Promise((resolve) => {
    const started = performance.now()
    location.hash = hash
    const look = (): void => {
      if (document.querySelector(selector) === null) requestAnimationFrame(look)
      else requestAnimationFrame(() => resolve(performance.now() - started))
    }
    look()
  })
}
