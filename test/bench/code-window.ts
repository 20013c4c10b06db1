/** How long the window takes to load the compiler, and to grade a `code` exercise. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Page } from 'playwright'
import { loadExercise } from '../../main/services/library/exercise-files.ts'
import { listFolder } from '../../main/services/library/source-files.ts'
import { startApp } from '../e2e/app.ts'
import { openCode, writeCode } from '../e2e/code.ts'
import { gradeTimes } from './grading.ts'
import type { Measurement } from './measure.ts'
import { percentile } from './measure.ts'

/** Grades every `code` exercise's reference three times, after the first, in Chromium. */
export async function measureCodeWindow(contentDir: string): Promise<Measurement[]> {
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
    const times: { id: string; ms: number }[] = []
    const loads: number[] = []
    for (const id of listFolder(contentDir, 'exercises').folders) {
      const { exercise, referenceAnswer } = loadExercise(contentDir, id)
      if (exercise?.kind !== 'code') continue
      const started = performance.now()
      await openCode(page, id)
      loads.push(performance.now() - started)
      await writeCode(page, referenceAnswer)
      await gradeMs(page)
      for (let round = 0; round < 3; round += 1) times.push({ id, ms: await gradeMs(page) })
    }
    return [
      gradeTimes('code-grade-window-p95', 'Code exercise graded in the window, p95', times, 500),
      { id: 'code-open', what: 'Code exercise opened until its types are checked, p50', unit: 'ms', value: percentile(loads, 0.5), budget: null, bound: 'most', note: `${loads.length} exercises; the first ${Math.round(loads[0] ?? 0)} ms` },
    ]
  } finally {
    await browser.close()
    await app.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** From the click to the verdict on screen; measured in the page, so that the driver's round trips are not counted. */
function gradeMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const check = [...document.querySelectorAll('button')].find((button) => button.textContent.startsWith('Check answer'))
        if (check === undefined) return reject(new Error('There is no way to check.'))
        const started = performance.now()
        let left = false
        check.click()
        const look = (): void => {
          const isDone = document.querySelector('[data-tab-panel="checks"]')?.textContent.includes('goals met') === true
          left ||= !isDone
          if (left && isDone) requestAnimationFrame(() => resolve(performance.now() - started))
          else if (performance.now() - started > 30_000) reject(new Error('No grade in 30 s.'))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
  )
}
