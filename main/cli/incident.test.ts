import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './index.ts'

const topologies = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'topologies')

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'firedrill-incident-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function firedrill(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(argv, { workingDir: dir, contentDir: dir, print: (text) => out.push(text), complain: (text) => err.push(text), progress: () => undefined })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('incident run', () => {
  it('draws a row of bars for each signal of each part, and marks the fault', async () => {
    const { code, out, err } = await firedrill('incident', 'run', join(topologies, 'checkout.yaml'), '--until', '12m', '--plot', '--seed', '3')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const part of ['gateway', 'orders', 'orders-db', 'shoppers']) expect(out).toMatch(new RegExp(`^${part} +throughput +\\S`, 'm'))
    expect(out).toMatch(/^ +10m \^ fault {2}drop-index orders-db/m)
    expect(out).toMatch(/^gateway[^]*?errors +[ ▁▂▃▄▅▆▇█]+ 0\.00 % \.\. [1-9]/m)
  })
  it('prints one JSON value, the same for the same seed', async () => {
    const run = async (seed: string): Promise<{ fingerprint: string; requests: number; summary: { parts: { part: string; errors: number[] }[] } }> => {
      const { code, out } = await firedrill('incident', 'run', join(topologies, 'checkout.yaml'), '--until', '11m', '--json', '--seed', seed)
      expect(code).toBe(0)
      return JSON.parse(out) as never
    }
    const [one, again, other] = [await run('5'), await run('5'), await run('6')]
    expect(again.fingerprint).toBe(one.fingerprint)
    expect(other.fingerprint).not.toBe(one.fingerprint)
    expect(one.requests).toBeGreaterThan(60_000)
    expect(one.summary.parts.map(({ part }) => part)).toEqual(['gateway', 'orders', 'orders-db', 'shoppers'])
  })
  it('leaves faults out when told to', async () => {
    const { out } = await firedrill('incident', 'run', join(topologies, 'checkout.yaml'), '--until', '12m', '--without-faults')
    expect(out).toMatch(/gateway: \d+\.\d requests\/s, 0\.0% errors/)
  })
  it('names file and line of what is wrong, and exits 1', async () => {
    writeFileSync(join(dir, 'wrong.yaml'), 'services:\n  api:\n    thread: 4\n    endpoints: { GET /: [{ cpu: 1ms }] }\n')
    const { code, out } = await firedrill('incident', 'run', 'wrong.yaml')
    expect(code).toBe(1)
    expect(out).toMatch(/^wrong\.yaml:3: error: "thread" is not known here\. Did you mean "threads"\?/)
  })
  it.each([[['incident']], [['incident', 'stop', 'x']], [['incident', 'run']], [['incident', 'run', 'no-such-file']], [['incident', 'run', 'x', '--until', 'soon']]])('%j exits 2', async (argv) => {
    expect(await firedrill(...argv)).toMatchObject({ code: 2, out: '' })
  })
})
