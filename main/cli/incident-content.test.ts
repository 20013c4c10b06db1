import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { causeChoices, noFaultLabel } from '../../exercises/simulator/incident/index.ts'
import { incidentIds, loadIncident } from './incident-files.ts'
import { runCommandLine } from './index.ts'

const contentDir = join(import.meta.dirname, '..', '..', 'content')

async function firedrill(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(argv, { workingDir: contentDir, contentDir, print: (text) => out.push(text), complain: (text) => err.push(text), progress: () => undefined })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('the incidents of the course', () => {
  it.each(incidentIds(contentDir))('%s can be read', (id) => {
    expect(loadIncident(contentDir, id)).toMatchObject({ ok: true })
  })
  it('offer a false alarm in the same words everywhere, and as many faults where it is one', () => {
    const offered = incidentIds(contentDir).flatMap((id) => {
      const read = loadIncident(contentDir, id)
      return read.ok ? [{ id, labels: causeChoices(read.value.spec).map(({ label }) => label) }] : []
    })
    const alarms = (labels: readonly string[]): readonly string[] => labels.filter((label) => /false alarm/i.test(label))
    expect(new Set(offered.flatMap(({ labels }) => alarms(labels)))).toEqual(new Set([noFaultLabel]))
    for (const { id, labels } of offered) expect({ id, alarms: alarms(labels).length, enough: labels.length >= 5 }).toEqual({ id, alarms: 1, enough: true })
  })
  it('have one that suits a first shift: with a real fault, and none is easier', () => {
    const specs = incidentIds(contentDir).flatMap((id) => {
      const read = loadIncident(contentDir, id)
      return read.ok ? [read.value.spec] : []
    })
    const first = specs.filter((spec) => spec['first-shift'])
    expect(first.map(({ kind, difficulty }) => ({ kind, difficulty }))).toEqual([{ kind: 'fault', difficulty: Math.min(...specs.map(({ difficulty }) => difficulty)) }])
  })
  it('keep their promises on one seed, each on a thread of its own', async () => {
    const { code, out } = await firedrill('incident', 'verify', '--seeds', '1', '--json')
    expect(JSON.parse(out)).toMatchObject({ incidents: incidentIds(contentDir), failed: [] })
    expect(code).toBe(0)
  }, 1_200_000)
})

describe('incident run ID', () => {
  it('prints the score card of the expert', async () => {
    const { code, out } = await firedrill('incident', 'run', 'rebalance-storm', '--policy', 'expert', '--seed', '2', '--json')
    expect(JSON.parse(out)).toMatchObject({ ok: true, incident: 'rebalance-storm', policy: 'expert', seed: '2', restored: true, harmful: 0 })
    expect(code).toBe(0)
  })
  it('tells what is wrong with a play, and in which line', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'firedrill-play-'))
    try {
      const file = join(dir, 'play.yaml')
      writeFileSync(file, '- { after: page, acknowledge: true }\n- { after: soon, acknowledge: true }\n')
      const { code, out } = await firedrill('incident', 'run', 'rebalance-storm', '--policy', file)
      expect(code).toBe(1)
      expect(out).toContain('play.yaml:2: error: 1.after: "soon" is not a moment; write page+2m.')
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
  it.each([[['run', 'rebalance-storm', '--policy', 'no-such-file']], [['run', 'nothing-here', '--policy', 'none']], [['run', 'rebalance-storm', '--plot']], [['verify', 'nothing-here']], [['verify', '--seeds', '0']]])('incident %j exits 2', async (argv) => {
    expect(await firedrill('incident', ...argv)).toMatchObject({ code: 2, out: '' })
  })
})
