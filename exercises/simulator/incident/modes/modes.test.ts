import { describe, expect, it } from 'vitest'
import { queryLogs } from '../../logql/index.ts'
import { createWorld } from '../../model/index.ts'
import { instantQuery } from '../../promql/index.ts'
import { makeDebrief } from '../debrief/index.ts'
import { readIncident, verifyMode } from '../index.ts'
import type { Incident, ReadOptions } from '../index.ts'
import { openShift, readShiftRecord } from '../shift/index.ts'
import { falseIncident, falseTopology, files, incident, topology } from '../testing/small.ts'

const minute = 60_000_000
// A service beside the path, with a pod to spare.
const roomy = topology.replace('other: { replicas: 1', 'other: { replicas: 2').replace('  users: {', '  lookers: { rate: 10/s, call: other GET / }\n  users: {')
const read = (options: ReadOptions, changed: Readonly<Record<string, string>> = {}) => readIncident('incidents/small', (name) => ({ ...files, 'topology.yaml': roomy, ...changed })[name] ?? null, options)

function taken(options: ReadOptions, changed: Readonly<Record<string, string>> = {}): Incident {
  const outcome = read(options, changed)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}

describe('an incident without a mode', () => {
  it('is what its files say', () => {
    const plain = taken({ seed: 4 })
    expect(plain).toMatchObject({ mode: null, second: null })
    expect(plain.topology.telemetry.missing).toBeNull()
    expect(plain.topology.alerts.map(({ name }) => name)).toEqual(['UsersFail'])
  })
})

describe.each(['noisy', 'blind', 'double'] as const)('an incident that is %s', (mode) => {
  it('can be solved, and is the same for the same seed', () => {
    expect(verifyMode(taken({ seed: 3, mode }), 3)).toEqual([])
    expect(taken({ seed: 3, mode }).topology).toEqual(taken({ seed: 3, mode }).topology)
  })
  it('says why when its author leaves it out', () => {
    const outcome = read({ mode }, { 'incident.yaml': `${incident}\nmodes: { without: { ${mode}: the alert would never fire } }\n` })
    expect(outcome.ok ? '' : outcome.error[0]?.message).toBe(`It is not offered in the mode "${mode}". the alert would never fire`)
  })
})

describe('noisy', () => {
  it('has alerts that fire in the well world too', () => {
    const { topology: noisy } = taken({ seed: 2, mode: 'noisy' })
    const world = createWorld(noisy, { seed: 2, withoutFaults: true })
    world.runUntil(6 * minute)
    expect(world.telemetry.alerts.transitions().some(({ rule, to }) => rule !== 'UsersFail' && to === 'firing')).toBe(true)
  })
})

describe('blind', () => {
  const { spec, topology: blind } = taken({ seed: 2, mode: 'blind' })
  const world = createWorld(blind, { seed: 2 })
  world.runUntil(6 * minute)
  const { telemetry } = world
  const from = telemetry.epochMs * 1000
  const missing = blind.telemetry.missing
  it('scrapes one part no more, which its own series say, while it works on', () => {
    const answer = instantQuery(telemetry.series, `max(up{job="${missing?.jobs[0] ?? ''}"})`, telemetry.epochMs + world.nowUs / 1000)
    expect(answer.ok && answer.result.type === 'vector' && answer.result.samples.map(({ value }) => value)).toEqual([0])
  })
  it('leaves evidence against each rival, and none that nobody can see', () => {
    const told = new Set(spec.truth.evidence.flatMap(({ tellsApartFrom }) => tellsApartFrom))
    expect(spec.rivals.every(({ id }) => told.has(id))).toBe(true)
    expect(spec.truth.evidence.some(({ kind }) => kind === 'trace')).toBe(false)
  })
  it('has log lines three minutes late in the log store, and at once at the pod', () => {
    const lines = (logs: typeof telemetry.logs): number => {
      const answer = queryLogs(logs, '{service="api"}', { fromUs: from, toUs: from + world.nowUs, limit: 1, direction: 'newest-first' })
      return answer.ok ? (answer.value.rows[0]?.timeUs ?? 0) - from : 0
    }
    expect(lines(telemetry.logs)).toBeLessThanOrEqual(world.nowUs - 3 * minute)
    expect(lines(telemetry.podLogs)).toBeGreaterThan(world.nowUs - minute)
  })
  it('has no trace from then on', () => expect([...telemetry.traces.traces(from + (missing?.fromUs ?? 0), from + world.nowUs)]).toEqual([]))
})

describe('double', () => {
  it('slows one pod of a part that is not the cause, soon after the first fault', () => {
    const { second, topology: twice } = taken({ seed: 5, mode: 'double' })
    expect(second).toMatchObject({ component: 'other', label: 'One pod of other is slow' })
    const added = twice.faults.at(-1)
    expect(added).toMatchObject({ change: 'slow', target: 'other', args: { factor: 5, pods: 1 } })
    expect((added?.atUs ?? 0) - 3 * minute).toBeGreaterThanOrEqual(15_000_000)
    expect((added?.atUs ?? 0) - 3 * minute).toBeLessThanOrEqual(75_000_000)
  })
  it('strikes where its author says', () => expect(taken({ mode: 'double' }, { 'incident.yaml': `${incident}\nmodes: { second: api }\n` }).second?.component).toBe('api'))
  it('strikes beside a false alarm as well, since its absence would tell of one', () => {
    expect(taken({ seed: 2, mode: 'double' }, { 'incident.yaml': falseIncident, 'topology.yaml': falseTopology }).second).toMatchObject({ component: 'other', label: 'The pod of other is slow' })
  })
  it('is kept in the record, told in the debrief, and credited when the notebook names its part', () => {
    const line = (...components: readonly string[]) => {
      const opening = openShift(taken({ seed: 5, mode: 'double' }), { id: 'one', seed: 5, level: 'on-call', mode: 'double' })
      let step = opening.next()
      while (!step.done) step = opening.next()
      const shift = step.value
      if (shift === null) throw new Error('nobody is paged')
      for (const component of components) shift.add({ type: 'supposed', hypothesis: { id: component, cause: '', component, confidence: 50, supports: [], against: [], note: '' } })
      shift.add({ type: 'ended' })
      expect(readShiftRecord(JSON.stringify(shift.record()))?.mode).toBe('double')
      const { truth, processLines } = makeDebrief(shift)
      expect(truth).toMatchObject({ mode: 'double', second: { component: 'other' }, component: 'db' })
      return processLines.find(({ id }) => id === 'second')
    }
    expect(line('db', 'other')).toMatchObject({ earned: 1, points: 1 })
    expect(line('db')).toMatchObject({ earned: 0, points: 0 })
    expect(line('db', 'other', 'api', 'users')).toMatchObject({ earned: 0, points: 0 })
  })
})
