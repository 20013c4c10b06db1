import { describe, expect, it } from 'vitest'
import { Forks, compareWithForks, makeDebrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { openShift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import { readSmall } from '../../../../../exercises/simulator/incident/testing/small.ts'
import { forkRows, forkSeries } from '../result/fork-series.ts'
import { timelineLines } from './timeline-lines.ts'

const second = 1_000_000
function run<T>(work: Generator<number, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
const shift = run(openShift(readSmall(), { id: 'one', seed: 7, level: 'guided' }))
if (shift === null) throw new Error('nobody is paged')
shift.add({ type: 'acknowledged' })
shift.add({ type: 'asked', kind: 'promql', query: 'rate(db_rows_examined_total[1m])' })
shift.runTo(shift.pageUs + 60 * second)
shift.add({ type: 'typed', line: 'kubectl get pods', exitCode: 0 })
shift.add({ type: 'supposed', hypothesis: { id: 'h', cause: 'traffic', component: 'db', confidence: 40, supports: [], against: [], note: '' } })
shift.act({ action: 'add-index', target: 'db', table: 't', index: 'pk' }, 'console')
shift.runTo(shift.pageUs + 400 * second)
shift.add({ type: 'ended' })
const debrief = makeDebrief(shift)
const comparison = run(compareWithForks(shift, new Forks(shift), debrief.mine))
const { epochMs } = shift.world.telemetry

describe('the timeline of a debrief', () => {
  const lines = timelineLines(debrief, shift.entries, epochMs)
  it('tells what happened, what could be seen and what was done, in order', () => {
    expect(lines.map(({ atUs }) => atUs)).toEqual(lines.map(({ atUs }) => atUs).toSorted((one, other) => one - other))
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
    expect(lines[0]).toMatchObject({ track: 'world', state: 'crit', atUs: 180 * second })
    expect(lines.find(({ title }) => title === 'UsersFail fires')).toMatchObject({ track: 'signal', detail: 'the page', atUs: shift.pageUs })
    expect(lines.find(({ title }) => title.startsWith('Could be known: many rows'))?.detail).toMatch(/^you saw it \+\d\d:\d\d later$/)
    expect(lines.find(({ title }) => title === 'Could be known: requests fail')?.detail).toBe('you did not open, ask or pin it')
    expect(lines.find(({ title }) => title === 'The objective holds again')?.atUs).toBe(debrief.mine.mitigatedUs)
  })
  it('holds the questions that a room leaves out, and names causes', () => {
    const titles = lines.filter(({ track }) => track === 'you').map(({ title, detail }) => `${title}: ${detail}`)
    expect(titles).toContain('Asked metrics: rate(db_rows_examined_total[1m])')
    expect(titles).toContain('Typed: kubectl get pods')
    expect(titles).toContain('Hypothesis: more users (40%)')
  })
})

describe('the fork', () => {
  it('is one curve up to the page and three after it', () => {
    const { timesSeconds, columns } = forkSeries(debrief, comparison, epochMs)
    expect(columns.map(({ length }) => length)).toEqual([timesSeconds.length, timesSeconds.length, timesSeconds.length])
    expect([...timesSeconds]).toEqual([...timesSeconds].toSorted((one, other) => one - other))
    const atPage = timesSeconds.indexOf((epochMs + debrief.pageUs / 1000) / 1000)
    expect(new Set(columns.map((column) => column[atPage])).size).toBe(1)
    expect(columns.map((column) => column.at(-1))).toEqual([comparison.nobody.failed, debrief.mine.failed, comparison.expert.failed])
  })
  it('can be read by the minute', () => {
    const rows = forkRows(debrief, comparison)
    expect(rows.map(({ minute }) => minute)).toEqual(rows.map((_, index) => index))
    expect(rows[0]?.mine).toBe(rows[0]?.nobody)
    expect(rows.at(-1)?.nobody).toBeGreaterThan(rows.at(-1)?.mine ?? 0)
  })
})
