import { describe, expect, it } from 'vitest'
import { mm1, mmc, mmck, mg1 } from '../../exercises/simulator/theory/index.ts'
import { runCommandLine } from './index.ts'

async function sim(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(['sim', ...argv], { workingDir: '.', contentDir: '.', print: (text) => out.push(text), complain: (text) => err.push(text), progress: () => undefined })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const rates = ['--arrival-rate', '3.2', '--service-rate', '1']

describe('sim', () => {
  it('prints one JSON object with what was measured', async () => {
    const { code, out, err } = await sim('mmc', '--servers', '4', ...rates, '--requests', '200000', '--seed', '7', '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const result = JSON.parse(out) as Record<string, number>
    expect(Object.keys(result)).toEqual(['meanWait', 'meanInSystem', 'utilisation', 'lossProbability', 'throughput', 'requests', 'wallSeconds', 'requestsPerSecond'])
    expect(result['requestsPerSecond']! * result['wallSeconds']!).toBeCloseTo(200_000, 3)
    const again = JSON.parse((await sim('mmc', '--servers=4', ...rates, '--requests=200000', '--seed=7', '--json')).out) as Record<string, number>
    expect(again['meanWait']).toBe(result['meanWait'])
  })

  it.each([
    [['mm1', '--arrival-rate', '60', '--service-rate', '100'], mm1({ arrivalRate: 60, serviceRate: 100 })],
    [['mmc', '--servers', '4', '--arrival-rate', '2.4', '--service-rate', '1'], mmc({ arrivalRate: 2.4, serviceRate: 1, servers: 4 })],
    [['mmck', '--servers', '2', '--capacity', '6', ...rates], mmck({ arrivalRate: 3.2, serviceRate: 1, servers: 2, capacity: 6 })],
    [['mg1', '--cv2', '0', '--arrival-rate', '0.7', '--service-rate', '1'], mg1({ arrivalRate: 0.7, serviceRate: 1, cv2: 0 })],
    [['mg1', '--cv2', '2.5', '--arrival-rate', '0.5', '--service-rate', '1'], mg1({ arrivalRate: 0.5, serviceRate: 1, cv2: 2.5 })],
  ])('%j is near theory', async (argv, theory) => {
    const result = JSON.parse((await sim(...argv, '--requests', '500000', '--json')).out) as Record<string, number>
    for (const key of ['meanWait', 'meanInSystem', 'utilisation', 'throughput'] as const) expect(Math.abs(result[key]! / theory[key] - 1)).toBeLessThan(0.04)
    expect(Math.abs(result['lossProbability']! - theory.lossProbability)).toBeLessThan(0.01)
  })

  it('prints a table with theory beside', async () => {
    const { code, out } = await sim('mmck', '--servers', '2', '--capacity', '2', ...rates, '--requests', '20000')
    expect(code).toBe(0)
    expect(out).toMatch(/^mmck: arrival rate 3\.2, service rate 1, 2 servers, capacity 2, seed 1\n +simulated +theory\nmean wait +0 \+- 0 +0\n/)
    expect(out).toMatch(/\nloss probability +0\.5\d+ +0\.54936\n/)
    expect(out).toMatch(/\n20000 requests, the first 2000 as warm-up, in /)
  })

  it('explains itself, the warm-up too', async () => {
    const { code, out } = await sim('--help')
    expect(code).toBe(0)
    expect(out).toContain('a tenth of N when left out')
  })

  it.each([
    [[], 'Name a queue: mm1, mmc, mmck, mg1'],
    [['mm2'], '"mm2" is not a queue'],
    [['mm1', '--service-rate', '1'], '--arrival-rate is missing'],
    [['mm1', '--arrival-rate', 'fast', '--service-rate', '1'], '--arrival-rate takes a number, not "fast"'],
    [['mm1', '--arrival-rate', '', '--service-rate', '1'], '--arrival-rate takes a number, not ""'],
    [['mm1', '--arrival-rate', '0', '--service-rate', '1'], '--arrival-rate must be above 0'],
    [['mm1', '--arrival-rate', '2', '--service-rate', '1'], 'grow without end'],
    [['mmc', ...rates], '--servers is missing'],
    [['mmc', ...rates, '--servers', '3'], 'raise --service-rate or --servers'],
    [['mmc', ...rates, '--servers', '2.5'], '--servers must be a whole number from 1'],
    [['mmc', ...rates, '--servers', '4', '--capacity', '9'], '--capacity does not belong to mmc. mmck has it.'],
    [['mmck', ...rates, '--servers', '4', '--capacity', '3'], '--capacity must be a whole number from 4'],
    [['mg1', '--arrival-rate', '1', '--service-rate', '2', '--cv2', '-1'], '--cv2 must be from 0'],
    [['mg1', '--arrival-rate', '1', '--service-rate', '2'], '--cv2 is missing'],
    [['mm1', '--arrival-rate', '1e-30', '--service-rate', '1'], 'too far apart'],
    [['mm1', '--arrival-rate', '1', '--service-rate', '2', '--requests', '5'], '--requests must be a whole number from 100'],
    [['mm1', '--arrival-rate', '1', '--service-rate', '2', '--requests', '1000', '--warm-up', '1000'], '--warm-up must be a whole number from 0 to 980'],
    [['mm1', '--arival-rate', '1'], '"--arival-rate" is not an option here'],
  ])('%j is refused with what to write', async (argv, message) => {
    const { code, out, err } = await sim(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain('Usage: firedrill sim ')
  })
})
