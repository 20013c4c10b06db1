/** `firedrill promql-conformance DIR`: runs Prometheus' own PromQL test files against our evaluator. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { runTestFile } from '../../exercises/simulator/promql/conformance/index.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'
import type { FileReport } from '../../exercises/simulator/promql/conformance/index.ts'

interface Totals {
  evals: number
  passed: number
  failed: number
  skipped: number
}

function countsOf({ evals }: Pick<FileReport, 'evals'>): Totals {
  const of = (status: string): number => evals.filter((entry) => entry.status === status).length
  return { evals: evals.length, passed: of('passed'), failed: of('failed'), skipped: of('skipped') }
}

function formatTotals({ evals, passed, failed, skipped }: Totals): string {
  return `${evals} evals, ${passed} passed, ${failed} failed, ${skipped} skipped`
}

function testFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`There is no folder ${folder}.`)
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test'))
    .sort()
  if (files.length === 0) throw new UsageError(`There are no .test files in ${folder}.`)
  return files.map((name) => join(folder, name))
}

export const promqlConformanceCommand: Command = {
  name: 'promql-conformance',
  usage: 'promql-conformance DIR [--verbose] [--json]',
  summary: "run Prometheus' .test files against our PromQL; --verbose says why each skipped one is skipped",
  async run({ args, workingDir, print, progress }) {
    const { positional, flags } = parseArguments(args, { flags: ['json', 'verbose'], mostPositional: 1 })
    const [folder] = positional
    if (folder === undefined) throw new UsageError('Name the folder of the .test files.')
    const reports = testFiles(resolve(workingDir, folder)).map((path) => {
      progress(basename(path))
      return { file: basename(path), ...runTestFile(readFileSync(path, 'utf8')) }
    })
    const total = countsOf({ evals: reports.flatMap(({ evals }) => evals) })
    const unreadable = reports.some((report) => report.unreadable !== null)
    if (flags.has('json')) {
      print(JSON.stringify({ ok: total.failed === 0 && !unreadable, total, files: reports.map((report) => ({ ...report, ...countsOf(report) })) }, null, 2))
    } else {
      for (const report of reports) {
        print(`${report.file}: ${formatTotals(countsOf(report))}`)
        if (report.unreadable !== null) print(`  cannot be read, ${report.unreadable}`)
        for (const entry of report.evals) {
          if (entry.status === 'failed') print(`  ${report.file}:${entry.line} ${entry.query}\n      ${entry.detail}`)
          if (entry.status === 'skipped' && flags.has('verbose')) print(`  ${report.file}:${entry.line} skipped (${entry.detail}): ${entry.query}`)
        }
      }
      print(`total: ${formatTotals(total)}`)
    }
    return total.failed === 0 && !unreadable ? 0 : 1
  },
}
