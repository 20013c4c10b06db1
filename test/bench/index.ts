/** `npm run bench [-- --json] [-- --only NAME]`: the budgets that exist so far. JSON alone on stdout with --json. */
import { dirname, join } from 'node:path'
import { measureCodeWindow } from './code-window.ts'
import { contentOf, measureGrading } from './grading.ts'
import { measureBundle } from './bundle.ts'
import { measureIncidents } from './incident.ts'
import type { Measurement } from './measure.ts'
import { withinBudget } from './measure.ts'
import { measureSimulator } from './simulator.ts'
import { measureWindow } from './window.ts'

const root = dirname(dirname(import.meta.dirname))
const parts: Record<string, () => Promise<Measurement[]> | Measurement[]> = {
  bundle: () => measureBundle(join(root, 'dist', 'renderer')),
  window: measureWindow,
  grading: () => measureGrading(contentOf(root)),
  code: () => measureCodeWindow(contentOf(root)),
  incident: () => measureIncidents(contentOf(root)),
  simulator: measureSimulator,
}

const args = process.argv.slice(2)
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
if (only !== undefined && !Object.hasOwn(parts, only)) {
  console.error(`There is no bench "${only}". Known: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
const measured: Measurement[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && name !== only) continue
  console.error(`Measuring ${name}...`)
  measured.push(...(await measure()))
}
const rows = measured.map((row) => ({ ...row, value: row.value === null ? null : Math.round(row.value * 10) / 10, withinBudget: withinBudget(row) }))
if (args.includes('--json')) console.log(JSON.stringify({ node: process.version, platform: process.platform, arch: process.arch, measurements: rows }, null, 2))
else {
  for (const row of rows) {
    const budget = row.budget === null ? '' : ` (budget ${row.bound === 'most' ? 'at most' : 'at least'} ${row.budget})`
    console.log(`${row.withinBudget === false ? 'OVER ' : 'ok   '} ${row.what}: ${row.value ?? 'not measured'} ${row.unit}${budget}. ${row.note}`)
  }
}
