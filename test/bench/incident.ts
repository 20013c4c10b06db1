/** How long an incident takes to open, how smoothly its charts move at 10x, and what it holds in memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Page } from 'playwright'
import { listFolder } from '../../main/services/library/source-files.ts'
import { startApp } from '../e2e/app.ts'
import type { Measurement } from './measure.ts'
import { percentile } from './measure.ts'

/** Real time over which redraws are counted. */
const watchedMs = 5_000
/** A learner reads the briefing for longer; the world is run up to its page meanwhile. */
const readingMs = 4_000

/** Opens every incident once, in Chromium; charts are watched in the first. */
export async function measureIncidents(contentDir: string): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'firedrill-bench-'))
  const executablePath = process.env['FIREDRILL_BROWSER']
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const app = await startApp(dataDir)
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(app.url)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('Bench')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const opened: { id: string; ms: number }[] = []
    const hasty: { id: string; ms: number }[] = []
    let redraws: number | null = null
    let heapMb: number | null = null
    for (const id of listFolder(contentDir, 'incidents').folders) {
      opened.push({ id, ms: await openMs(page, id, readingMs) })
      if (redraws !== null) continue
      redraws = await redrawsPerSecond(page)
      heapMb = await heapOf(page)
    }
    for (const id of listFolder(contentDir, 'incidents').folders) hasty.push({ id, ms: await openMs(page, id, 0) })
    const slowest = opened.toSorted((one, other) => other.ms - one.ms)[0]
    return [
      { id: 'incident-open-p95', what: 'Start of a shift to its first chart, p95', unit: 'ms', value: percentile(opened.map(({ ms }) => ms), 0.95), budget: 1_000, bound: 'most', note: `${opened.length} incidents, each once, after ${String(readingMs / 1000)} s with the briefing; p50 ${Math.round(percentile(opened.map(({ ms }) => ms), 0.5))} ms, slowest ${slowest?.id ?? 'none'}; the history of each is what its file says` },
      { id: 'incident-open-at-once-p95', what: 'The same without reading the briefing, p95', unit: 'ms', value: percentile(hasty.map(({ ms }) => ms), 0.95), budget: null, bound: 'most', note: `p50 ${Math.round(percentile(hasty.map(({ ms }) => ms), 0.5))} ms` },
      { id: 'incident-redraws', what: 'Redraws of a chart each second at 10x', unit: '1/s', value: redraws, budget: 30, bound: 'least', note: 'overview of the first incident, mean over its charts in view' },
      { id: 'incident-memory', what: 'JavaScript heap of the window in an incident, without its worker', unit: 'MB', value: heapMb, budget: 450, bound: 'most', note: 'after collection' },
    ]
  } finally {
    await browser.close()
    await app.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }
}

/** From the click to the first line that is drawn. */
async function openMs(page: Page, id: string, waitMs: number): Promise<number> {
  await page.evaluate((route) => (location.hash = route), `/incidents/${id}`)
  const start = page.getByRole('button', { name: /^Start (the|a new) shift/ })
  await start.waitFor()
  await page.waitForTimeout(waitMs)
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const started = performance.now()
        const button = [...document.querySelectorAll('button')].find(({ textContent }) => /^Start (the|a new) shift/.test(textContent))
        button?.click()
        const look = (): void => {
          // A shift that is open is left for the new one.
          document.querySelector<HTMLElement>('[role="dialog"] footer button:last-child')?.click()
          if (document.querySelector('figure canvas') !== null) requestAnimationFrame(() => resolve(performance.now() - started))
          else if (performance.now() - started > 60_000) reject(new Error('No chart was drawn in 60 s.'))
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** Counts how often charts clear their canvas, which each redraw does once. */
async function redrawsPerSecond(page: Page): Promise<number> {
  await page.getByRole('radio', { name: '10x' }).click()
  return page.evaluate(
    (forMs) =>
      new Promise<number>((resolve) => {
        const counts = new Map<CanvasRenderingContext2D, number>()
        const { clearRect } = CanvasRenderingContext2D.prototype
        CanvasRenderingContext2D.prototype.clearRect = function (...area) {
          counts.set(this, (counts.get(this) ?? 0) + 1)
          clearRect.apply(this, area)
        }
        setTimeout(() => {
          CanvasRenderingContext2D.prototype.clearRect = clearRect
          const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
          resolve(total / Math.max(1, counts.size) / (forMs / 1000))
        }, forMs)
      }),
    watchedMs,
  )
}

async function heapOf(page: Page): Promise<number | null> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value
  return heap === undefined ? null : heap / 1024 ** 2
}
