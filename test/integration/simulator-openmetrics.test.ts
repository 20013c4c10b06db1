/** Real Prometheus reads what the simulator exports, sample for sample. Skipped where `promtool` is not installed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Telemetry } from '../../exercises/simulator/telemetry/index.ts'
import { recordHour } from '../bench/simulator-telemetry.ts'

const installed = spawnSync('promtool', ['--version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'firedrill-openmetrics-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!installed)('the OpenMetrics export', () => {
  it('becomes a block of Prometheus with the same samples', () => {
    const telemetry = new Telemetry({ traceSampleRate: 0.1 })
    const labels = { path: 'C:\\new "x"\n', empty: '' }
    const gone = telemetry.target({ job: 'gone' }, 0)
    const odd = gone.gauge('odd_value', 'A "help"\nwith \\ escapes.', labels)
    const steps = [1e-7, -1e25, 0.1, Infinity]
    telemetry.counter('old_exporter_reads', 'A counter without the suffix.', {}).add(7)
    for (const [at, value] of steps.entries()) {
      odd.set(value)
      telemetry.scrape((at + 1) * 250_000)
    }
    gone.remove()
    recordHour(telemetry, 20 * 300)

    const text = join(folder, 'export.txt')
    const file = openSync(text, 'w')
    for (const chunk of telemetry.exportOpenMetrics()) writeSync(file, chunk)
    closeSync(file)
    const data = join(folder, 'data')
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', text, data], { stdio: 'pipe' })
    // promtool 2.42 dumps only folders that have a write-ahead log.
    mkdirSync(join(data, 'wal'))
    const dump = execFileSync('promtool', ['tsdb', 'dump', data], { encoding: 'utf8', maxBuffer: 2 ** 28 })

    const key = (pairs: readonly (readonly [string, string])[], timeMs: number): string => `${JSON.stringify([...pairs].sort(([left], [right]) => (left < right ? -1 : 1)))} ${timeMs}`
    const stored = new Map(dump.trimEnd().split('\n').map((line) => {
      const [, inside = '', value = '', time = ''] = /^\{(.*)\} (\S+) (\d+)$/.exec(line) ?? []
      const pairs = [...inside.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name = '', quoted = '']) => [name, String(JSON.parse(quoted))] as const)
      return [key(pairs, Number(time)), Number(value.replace('Inf', 'Infinity'))]
    }))
    const recorded = new Map<string, number>()
    for (const samples of telemetry.series.select([], -Infinity, Infinity)) {
      const pairs = Object.entries(samples.labels)
      for (let at = 0; at < samples.length; at += 1) if (samples.stale?.[at] !== 1) recorded.set(key(pairs, samples.timesMs[at]!), samples.values[at]!)
    }
    expect(recorded.size).toBeGreaterThan(5_000)
    expect(stored).toEqual(recorded)
  })
})
