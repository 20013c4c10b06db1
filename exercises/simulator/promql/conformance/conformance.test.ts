/** Prometheus' own tests, where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runTestFile } from './run.ts'

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'promqltest')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test')) : []
if (files.length === 0) console.warn('Skipped the PromQL conformance files: ../shared/promqltest is not here.')

describe.skipIf(files.length === 0)("Prometheus' test files", () => {
  it.each(files)('%s', (name) => {
    const { evals, unreadable } = runTestFile(readFileSync(join(folder, name), 'utf8'))
    expect(unreadable).toBeNull()
    expect(evals.filter(({ status }) => status === 'failed')).toEqual([])
    expect(evals.filter(({ status }) => status === 'passed').length).toBeGreaterThan(evals.length / 3)
    for (const { status, detail } of evals) if (status === 'skipped') expect(['native histogram', 'experimental function']).toContain(detail)
  })
})

describe('the runner', () => {
  const run = (text: string): string[] => runTestFile(text).evals.map(({ status, detail }) => (detail === '' ? status : `${status}: ${detail}`))

  it('tells a wrong value, a missing series and a failure that did not come', () => {
    const load = 'load 1m\n  a{x="1"} 1 2 3\n'
    expect(run(`${load}eval instant at 1m a\n  a{x="1"} 2\n`)).toEqual(['passed'])
    expect(run(`${load}eval instant at 1m a\n  a{x="1"} 4\n`)).toEqual([expect.stringContaining('expected 4')])
    expect(run(`${load}eval instant at 1m a\n  a{x="1"} 2\n  b 1\n`)).toEqual([expect.stringContaining('expected 2 series')])
    expect(run(`${load}eval instant at 1m a\n  expect fail\n`)).toEqual([expect.stringContaining('expected a failure')])
    expect(run(`${load}eval range from 0 to 2m step 1m a * 2\n  {x="1"} 2 4 6\n`)).toEqual(['passed'])
    expect(run(`${load}eval range from 0 to 2m step 1m a\n  a{x="1"} 1 _ 3\n`)).toEqual([expect.stringContaining('expected 2 points')])
  })

  it('skips what meets a native histogram or needs an experimental function, and nothing else', () => {
    const load = 'load 1m\n  a{x="1"} 1 2 3\n  a{x="2"} {{schema:0 count:1}}x2\n'
    expect(run(`${load}eval instant at 1m a\n  a{x="1"} 2\n`)).toEqual(['skipped: native histogram'])
    expect(run(`${load}eval instant at 1m a{x="1"}\n  a{x="1"} 2\n`)).toEqual(['passed'])
    expect(run(`${load}eval instant at 1m limitk(1, a)\n`)).toEqual(['skipped: experimental function'])
    expect(run(`load_with_nhcb 1m\n  h_bucket{le="+Inf"} 1 2\neval instant at 1m histogram_count(h)\n  {} 2\n`)).toEqual(['skipped: native histogram'])
  })

  it('names the line that it cannot read', () => {
    expect(runTestFile('load 1m\n  a 1\nevil instant at 1m a\n').unreadable).toContain('line 3')
    expect(runTestFile('load 1m\n  a 1 2z3\n').unreadable).toContain('line 2')
  })
})
